import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { createServer, type AddressInfo } from 'node:net'
import { fileURLToPath } from 'node:url'

const MAIN = fileURLToPath(new URL('../apps/lti-tool/src/server/main.ts', import.meta.url))
const READY_WITHIN_MS = 30_000

export type ToolProcess = Readonly<{
  child: ChildProcess
  url: string
  /** Its log so far, and whatever else it printed. */
  said: () => string
  /** Ends it as an operator would, and answers its exit code. */
  stop: () => Promise<number | null>
}>

/** The tool as it runs in production: its own process, told everything by the environment. Resolves when it is ready. */
export async function startTool(
  env: Readonly<Record<string, string>>,
  nodeArguments: readonly string[] = [],
): Promise<ToolProcess> {
  const port = env['LTI_TOOL_PORT'] ?? String(await freePort())
  const child = spawn(process.execPath, [...nodeArguments, MAIN], {
    env: { ...env, LTI_TOOL_PORT: port },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let said = ''
  const ended = once(child, 'exit').then(([code]) => code as number | null)
  const ready = new Promise<void>((resolve, reject) => {
    const hear = (chunk: Buffer) => {
      if (said.length < 5_000_000) said += chunk.toString()
      if (said.includes('the tool is ready')) resolve()
    }
    child.stdout.on('data', hear)
    child.stderr.on('data', hear)
    void ended.then(() => reject(new Error(`The tool ended before it was ready: ${said}`)))
    setTimeout(() => reject(new Error(`The tool was not ready in time: ${said}`)), READY_WITHIN_MS).unref()
  })
  try {
    await ready
  } catch (error) {
    child.kill('SIGKILL')
    throw error
  }
  const stop = () => {
    child.kill('SIGTERM')
    return ended
  }
  return { child, url: `http://127.0.0.1:${port}`, said: () => said, stop }
}

export async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1')
  await once(probe, 'listening')
  const { port } = probe.address() as AddressInfo
  probe.close()
  await once(probe, 'close')
  return port
}
