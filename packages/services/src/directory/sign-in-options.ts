import type { BetterAuthOptions } from 'better-auth'
import type { Db } from '@copractice/store/database'
import type { PersonByEmail } from '@copractice/store/directory'

/** How one app knows its browsers again. Whatever signs in to the same app is given the same. */
export type BrowserSignIn = Readonly<{
  db: Db
  /** Origin of the app; links begin with it. */
  baseUrl: string
  /** At least 32 characters; signs the cookie. */
  secret: string
  /** Two apps on one host need two names: cookies do not tell ports apart. */
  cookiePrefix: string
  staysSignedInDays: number
  /** Who may sign in to this app with the address, in lower case; nobody: no mail is written, the answer is the same. */
  peopleOf: (email: string) => Promise<readonly PersonByEmail[]>
}>

/** A browser is as good as just signed in for this long. */
const FRESH_SECONDS = 3600

/** better-auth's options that every way to sign in has in common. */
export function signInOptions({ db, baseUrl, secret, cookiePrefix, staysSignedInDays }: BrowserSignIn) {
  return {
    baseURL: baseUrl,
    secret,
    telemetry: { enabled: false },
    logger: { disabled: true },
    database: { db, type: 'postgres', schemaName: 'auth' },
    session: { expiresIn: staysSignedInDays * 86_400, disableSessionRefresh: true, freshAge: FRESH_SECONDS },
    advanced: { cookiePrefix, ipAddress: { disableIpTracking: true } },
  } as const satisfies BetterAuthOptions
}
