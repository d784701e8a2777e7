export type Ports = Readonly<{ tool: number; admin: number; canvas: number; moodle: number }>

/** Browser tests that run beside one another, each in a demo of its own. */
export const WORKERS = 2

/** Ports of a worker's own demo, away from the ones a person uses. */
export function portsOf(worker: number): Ports {
  const first = 4300 + 30 * worker
  return { tool: first, admin: first + 1, canvas: first + 10, moodle: first + 20 }
}

/** This worker's. */
export const PORTS = portsOf(Number(process.env['TEST_PARALLEL_INDEX'] ?? 0))

export const TOOL = `http://localhost:${PORTS.tool}`
export const ADMIN = `http://localhost:${PORTS.admin}`
export const CANVAS = `http://127.0.0.1:${PORTS.canvas}`
export const MOODLE = `http://127.0.0.1:${PORTS.moodle}`
