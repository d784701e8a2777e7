import { resolve } from 'node:path'
import * as z from 'zod'

const port = z.coerce.number().int().min(1).max(65_535)
const origin = z.url({ protocol: /^https?$/ }).transform((url) => new URL(url).origin)
const flag = z.stringbool({ truthy: ['1', 'true', 'yes'], falsy: ['0', 'false', 'no', ''] })

const Config = z.object({
  DATABASE_URL: z.url({ protocol: /^postgres(ql)?$/ }),
  /** Where people and LMSs reach this app. */
  LTI_TOOL_URL: origin,
  /** Where people reach the admin app, which shows badges of convenings. */
  ADMIN_URL: origin.optional(),
  LTI_TOOL_PORT: port.optional(),
  PORT: port.optional(),
  /** Signs cookies and seals keys; the same for every process. */
  COPRACTICE_SECRET: z.string().min(32),
  /** Comma-separated secrets of before, which still open what they sealed. */
  COPRACTICE_SECRETS_BEFORE: z.string().default(''),
  /** Without it, mail waits in the database for a process that has it. */
  SMTP_URL: z.url({ protocol: /^smtps?$/ }).optional(),
  MAIL_FROM: z.string().min(3).optional(),
  UPLOAD_FOLDER: z.string().min(1).default('.data/uploads'),
  /** How old the latest signing key gets before the next one is made; 0: until somebody rotates them. */
  KEY_ROTATION_DAYS: z.coerce.number().int().min(0).max(3650).default(90),
  TRUSTED_PROXIES: z.coerce.number().int().min(0).max(10).default(0),
  /** How many logins, and as many launches, one address may send in a minute. */
  LTI_REQUESTS_PER_MINUTE: z.coerce.number().int().min(1).default(3000),
  /** Lets LMSs be on this machine or network, and on http. */
  ALLOW_LOCAL_PLATFORMS: flag.default(false),
})

export type LtiToolConfig = Readonly<{
  databaseUrl: string
  port: number
  publicUrl: string
  adminUrl: string | undefined
  secrets: readonly [string, ...string[]]
  smtp: Readonly<{ smtpUrl: string; from: string }> | undefined
  uploadFolder: string
  keyRotationDays: number
  trustedProxies: number
  ltiRequestsPerMinute: number
  allowLocalPlatforms: boolean
}>

/** The only reader of the environment. Names what cannot be used, never its value. */
export function readConfig(env: NodeJS.ProcessEnv): LtiToolConfig {
  const parsed = Config.safeParse(env)
  if (!parsed.success) {
    const { path, message } = parsed.error.issues[0]!
    throw new Error(`${path.join('.')} cannot be used: ${message}`)
  }
  const found = parsed.data
  const before = found.COPRACTICE_SECRETS_BEFORE.split(',').filter(Boolean)
  if (before.some((secret) => secret.length < 32)) {
    throw new Error('COPRACTICE_SECRETS_BEFORE cannot be used: each secret has 32 characters or more')
  }
  if (found.SMTP_URL && !found.MAIL_FROM) throw new Error('MAIL_FROM cannot be used: it is missing beside SMTP_URL')
  return {
    databaseUrl: found.DATABASE_URL,
    port: found.LTI_TOOL_PORT ?? found.PORT ?? 3000,
    publicUrl: found.LTI_TOOL_URL,
    adminUrl: found.ADMIN_URL,
    secrets: [found.COPRACTICE_SECRET, ...before],
    smtp: found.SMTP_URL && found.MAIL_FROM ? { smtpUrl: found.SMTP_URL, from: found.MAIL_FROM } : undefined,
    uploadFolder: resolve(found.UPLOAD_FOLDER),
    keyRotationDays: found.KEY_ROTATION_DAYS,
    trustedProxies: found.TRUSTED_PROXIES,
    ltiRequestsPerMinute: found.LTI_REQUESTS_PER_MINUTE,
    allowLocalPlatforms: found.ALLOW_LOCAL_PLATFORMS,
  }
}
