import { once } from 'node:events'
import { createServer } from 'node:net'
import type { DemoConfig } from './config.ts'

const VARIABLE: Record<keyof DemoConfig['ports'], string> = {
  tool: 'LTI_TOOL_PORT',
  admin: 'ADMIN_PORT',
  canvas: 'CANVAS_PORT',
  moodle: 'MOODLE_PORT',
}

/** Rejects with one clear line before any work is done when a port is taken. */
export async function claimPorts(ports: DemoConfig['ports']): Promise<void> {
  for (const [use, port] of Object.entries(ports) as [keyof DemoConfig['ports'], number][]) {
    const probe = createServer()
    try {
      probe.listen(port, '127.0.0.1')
      await once(probe, 'listening')
    } catch (error) {
      throw new Error(`Port ${port} is in use. Stop what uses it, or set ${VARIABLE[use]} to another port.`, {
        cause: error,
      })
    }
    probe.close()
    await once(probe, 'close')
  }
}
