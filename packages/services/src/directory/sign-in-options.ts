import type { BetterAuthOptions } from 'better-auth'
import type { InstitutionId, NetworkId } from '@copractice/core/kernel'
import type { Db } from '@copractice/store/database'
import type { PersonByEmail } from '@copractice/store/directory'

/** The institution that vouched for whoever is signed in. What they open is in its network alone. */
export type ProvedBy = Readonly<{ networkId: NetworkId; institutionId: InstitutionId }>

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
  /** The same for an address that an institution vouched for. Left out: such a sign-in is none in this app. */
  peopleThrough?: (email: string, by: ProvedBy) => Promise<readonly PersonByEmail[]>
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
    session: {
      expiresIn: staysSignedInDays * 86_400,
      disableSessionRefresh: true,
      freshAge: FRESH_SECONDS,
      // Network and institution of a sign-in through one; whoever came by mail or passkey has neither.
      additionalFields: {
        provedIn: { type: 'string', required: false, input: false },
        provedBy: { type: 'string', required: false, input: false },
      },
    },
    advanced: { cookiePrefix, ipAddress: { disableIpTracking: true } },
  } as const satisfies BetterAuthOptions
}
