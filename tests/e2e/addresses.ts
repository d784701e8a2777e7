/** Ports of the journeys' own demo, away from the ones a person uses. */
export const PORTS = { tool: 4300, admin: 4301, canvas: 4310, moodle: 4320 }

export const TOOL = `http://localhost:${PORTS.tool}`
export const ADMIN = `http://localhost:${PORTS.admin}`
export const CANVAS = `http://127.0.0.1:${PORTS.canvas}`
export const MOODLE = `http://127.0.0.1:${PORTS.moodle}`
