import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { PORTS, type Ports } from './addresses.ts'

/**
 * Starts the demo as a person would (one process, embedded database). Resolves when it says it is ready; rejects with what it
 * printed when it ends before that.
 */
export async function startDemo(folder: string, ports: Ports = PORTS): Promise<ChildProcess> {
  const root = fileURLToPath(new URL('../..', import.meta.url))
  const demo = spawn(process.execPath, ['apps/demo/src/start.ts'], {
    cwd: root,
    env: {
      ...process.env,
      DATABASE_URL: undefined,
      COPRACTICE_FOLDER: folder,
      LTI_TOOL_PORT: String(ports.tool),
      ADMIN_PORT: String(ports.admin),
      CANVAS_PORT: String(ports.canvas),
      MOODLE_PORT: String(ports.moodle),
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let said = ''
  await new Promise<void>((resolve, reject) => {
    const hear = (chunk: Buffer) => {
      said += chunk.toString()
      if (said.includes('Copractice is ready')) resolve()
    }
    demo.stdout.on('data', hear)
    demo.stderr.on('data', hear)
    demo.once('exit', (code) => reject(new Error(`The demo ended with code ${code}:\n${said}`)))
  })
  return demo
}

export async function stopDemo(demo: ChildProcess, signal: NodeJS.Signals): Promise<number | null> {
  if (demo.exitCode !== null || demo.signalCode !== null) return demo.exitCode
  const ended = once(demo, 'exit')
  demo.kill(signal)
  const [code] = (await ended) as [number | null]
  return code
}
