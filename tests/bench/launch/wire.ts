/** What the servers under test are told, and what they tell. */
export type Settings = Readonly<{
  databaseUrl: string
  /** The one platform they know. */
  platform: Readonly<{ issuer: string; clientId: string; deploymentId: string; jwksUri: string; authorization: string }>
}>
export type Ready = Readonly<{ ready: { port: number; loginPath: string; launchPath: string } }>
export type Usage = Readonly<{ usage: { peakRssMb: number; cpuSeconds: number } }>

/** The child's end: says that it listens, and answers what it has used whenever it is asked. */
export function serveParent(ready: Ready['ready']): void {
  process.on('message', () => {
    const { maxRSS, userCPUTime, systemCPUTime } = process.resourceUsage()
    const usage = { peakRssMb: Math.round(maxRSS / 1024), cpuSeconds: (userCPUTime + systemCPUTime) / 1e6 }
    process.send!({ usage } satisfies Usage)
  })
  // Nobody to serve any more.
  process.on('disconnect', () => process.exit(0))
  process.send!({ ready } satisfies Ready)
}

/** The child's settings, as its parent passed them. */
export const readSettings = (): Settings => JSON.parse(process.argv[2]!) as Settings
