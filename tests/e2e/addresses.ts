export type Ports = Readonly<{ tool: number; admin: number; canvas: number; moodle: number }>

/** Browser tests that run beside one another, each in a demo of its own. */
export const WORKERS = 2

const first = 4300 + 30 * Number(process.env['TEST_PARALLEL_INDEX'] ?? 0)

/** Of this worker's own demo, away from the ones a person uses. */
export const PORTS: Ports = { tool: first, admin: first + 1, canvas: first + 10, moodle: first + 20 }

export const TOOL = `http://localhost:${PORTS.tool}`
export const ADMIN = `http://localhost:${PORTS.admin}`
export const CANVAS = `http://127.0.0.1:${PORTS.canvas}`
export const MOODLE = `http://127.0.0.1:${PORTS.moodle}`
