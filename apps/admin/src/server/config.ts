import * as z from 'zod'

const port = z.coerce.number().int().min(1).max(65_535)
const flag = z.stringbool({ truthy: ['1', 'true', 'yes'], falsy: ['0', 'false', 'no', ''] })
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
  /** Comma-separated secrets of before, which still open the signing keys that they sealed. */
  COPRACTICE_SECRETS_BEFORE: z.string().default(''),
  /** Lets self-tests reach LMSs on this machine or network, and on http. */
  ALLOW_LOCAL_PLATFORMS: flag.default(false),
  /** Only told here: the space's job makes the keys. 0: until somebody rotates them. */
  KEY_ROTATION_DAYS: z.coerce.number().int().min(0).max(3650).default(90),
  TRUSTED_PROXIES: z.coerce.number().int().min(0).max(10).default(0),
})

export type AdminConfig = Readonly<{
  databaseUrl: string
  port: number
  adminUrl: string
  spaceUrl: string
  secret: string
  secretsBefore: readonly string[]
  allowLocalPlatforms: boolean
  keyRotationDays: number
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
  const secretsBefore = found.COPRACTICE_SECRETS_BEFORE.split(',').filter(Boolean)
  if (secretsBefore.some((secret) => secret.length < 32))
    throw new Error('COPRACTICE_SECRETS_BEFORE cannot be used: each secret has 32 characters or more')
  const listens = found.ADMIN_PORT ?? found.PORT ?? 3001
  return {
    databaseUrl: found.DATABASE_URL,
    port: listens,
    adminUrl: found.ADMIN_URL ?? `http://localhost:${listens}`,
    spaceUrl: found.LTI_TOOL_URL,
    secret: found.COPRACTICE_SECRET,
    secretsBefore,
    allowLocalPlatforms: found.ALLOW_LOCAL_PLATFORMS,
    keyRotationDays: found.KEY_ROTATION_DAYS,
    trustedProxies: found.TRUSTED_PROXIES,
  }
}
