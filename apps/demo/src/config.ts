import { resolve } from 'node:path'
import * as z from 'zod'

const port = (fallback: number) => z.coerce.number().int().min(1).max(65_535).default(fallback)

const Config = z.object({
  LTI_TOOL_PORT: port(3000),
  ADMIN_PORT: port(3001),
  CANVAS_PORT: port(3100),
  MOODLE_PORT: port(3200),
  COPRACTICE_FOLDER: z.string().min(1).default('.data'),
  DATABASE_URL: z.url({ protocol: /^postgres(ql)?$/ }).optional(),
})

export type DemoConfig = Readonly<{
  ports: Readonly<{ tool: number; admin: number; canvas: number; moodle: number }>
  /** Holds everything the demo keeps: database, files handed in, simulated LMSs, its secret. */
  folder: string
  databaseUrl: string | undefined
}>

/** The only reader of the environment. Names what is wrong, never its value. */
export function readConfig(env: NodeJS.ProcessEnv): DemoConfig {
  const parsed = Config.safeParse(env)
  if (!parsed.success) {
    const { path, message } = parsed.error.issues[0]!
    throw new Error(`${path.join('.')} cannot be used: ${message}`)
  }
  const found = parsed.data
  return {
    ports: {
      tool: found.LTI_TOOL_PORT,
      admin: found.ADMIN_PORT,
      canvas: found.CANVAS_PORT,
      moodle: found.MOODLE_PORT,
    },
    folder: resolve(found.COPRACTICE_FOLDER),
    databaseUrl: found.DATABASE_URL,
  }
}
