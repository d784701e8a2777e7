import { resolve } from 'node:path'
import * as z from 'zod'
import type { DatabaseLocation } from '@copractice/store/database'

const Config = z.object({
  DATABASE_URL: z.url({ protocol: /^postgres(ql)?$/ }).optional(),
  COPRACTICE_FOLDER: z.string().min(1).default('.data'),
  LTI_TOOL_URL: z.url({ protocol: /^https?$/ }).default('http://localhost:3000'),
  COPRACTICE_SECRET: z.string().min(32).optional(),
  COPRACTICE_SECRETS_BEFORE: z.string().default(''),
  /** Lets a self-test reach an LMS on this machine or network, and on http. */
  ALLOW_LOCAL_PLATFORMS: z.stringbool({ truthy: ['1', 'true', 'yes'], falsy: ['0', 'false', 'no', ''] }).default(false),
})

export type CliConfig = Readonly<{
  location: DatabaseLocation
  /** Where LMSs reach the space, without a slash at the end. */
  spaceUrl: string
  secrets: readonly string[]
  allowLocalPlatforms: boolean
}>

/** What the environment says, for every command that works on a database. Names what cannot be used, never its value. */
export function readConfig(env: NodeJS.ProcessEnv = process.env): CliConfig {
  const parsed = Config.safeParse(env)
  if (!parsed.success) {
    const { path, message } = parsed.error.issues[0]!
    throw new Error(`${path.join('.')} cannot be used: ${message}`)
  }
  const found = parsed.data
  const secrets = [found.COPRACTICE_SECRET ?? '', ...found.COPRACTICE_SECRETS_BEFORE.split(',')]
  return {
    location: found.DATABASE_URL
      ? { url: found.DATABASE_URL, poolSize: 2 }
      : { folder: resolve(found.COPRACTICE_FOLDER) },
    spaceUrl: new URL(found.LTI_TOOL_URL).origin,
    secrets: secrets.filter(Boolean),
    allowLocalPlatforms: found.ALLOW_LOCAL_PLATFORMS,
  }
}
