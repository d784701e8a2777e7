import * as z from 'zod'

const port = z.coerce.number().int().min(1).max(65_535)
const origin = z.url({ protocol: /^https?$/ }).transform((url) => new URL(url).origin)

const Config = z.object({
  DATABASE_URL: z.url({ protocol: /^postgres(ql)?$/ }),
  PORT: port.optional(),
  ADMIN_PORT: port.optional(),
  /** Where people reach this app, and where they reach the space: mailed links begin with them. */
  ADMIN_URL: origin.optional(),
  LTI_TOOL_URL: origin,
  /** Signs cookies; the same for every process. */
  COPRACTICE_SECRET: z.string().min(32),
  TRUSTED_PROXIES: z.coerce.number().int().min(0).max(10).default(0),
})

export type AdminConfig = Readonly<{
  databaseUrl: string
  port: number
  adminUrl: string
  spaceUrl: string
  secret: string
  trustedProxies: number
}>

/** The only reader of the environment. Names what cannot be used, never its value. */
export function readConfig(env: NodeJS.ProcessEnv): AdminConfig {
  const parsed = Config.safeParse(env)
  if (!parsed.success) {
    const { path, message } = parsed.error.issues[0]!
    throw new Error(`${path.join('.')} cannot be used: ${message}`)
  }
  const found = parsed.data
  const listens = found.ADMIN_PORT ?? found.PORT ?? 3001
  return {
    databaseUrl: found.DATABASE_URL,
    port: listens,
    adminUrl: found.ADMIN_URL ?? `http://localhost:${listens}`,
    spaceUrl: found.LTI_TOOL_URL,
    secret: found.COPRACTICE_SECRET,
    trustedProxies: found.TRUSTED_PROXIES,
  }
}
