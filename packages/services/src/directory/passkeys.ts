import { passkey } from '@better-auth/passkey'
import { betterAuth } from 'better-auth'
import { isAPIError } from 'better-auth/api'
import {
  mayAddPasskey,
  type PasskeyMade,
  type PasskeySeen,
  type PasskeyShown,
  type PasskeyToMake,
  type PasskeyToShow,
} from '@copractice/core/directory'
import { ok, refuse, type Refusal, type Result } from '@copractice/core/kernel'
import * as store from '@copractice/store/directory'
import type { PersonByEmail } from '@copractice/store/directory'
import { queueMail } from '../notice/index.ts'
import { limitAttempts, type TooMany } from './limit-attempts.ts'
import { passkeyAddedMail } from './sign-in-mail.ts'
import { signInOptions, type BrowserSignIn } from './sign-in-options.ts'

/** Who is signed in in this browser: the address, its people in each network, and the `cookie` header that says so. */
export type PasskeyOwner = Readonly<{ email: string; people: readonly PersonByEmail[]; cookie: string }>
type Asking = Readonly<{ /** The caller's network address. */ address: string; now: Date }>
type Begun<T> = Readonly<{ options: T; setCookies: string[] }>
type No<Code extends string> = Refusal<Code, Record<string, never>>
type Full = Refusal<'passkey.too_many', { atMost: number }>

export type Passkeys = Readonly<{
  list: (email: string) => Promise<PasskeySeen[]>
  /** `setCookies` bind the challenge to this browser. */
  begin: (
    owner: PasskeyOwner,
    asking: Asking,
  ) => Promise<Result<Begun<PasskeyToMake>, Full | TooMany | No<'passkey.sign_in_again'>>>
  add: (
    owner: PasskeyOwner,
    given: Readonly<{ name: string; made: PasskeyMade }>,
    asking: Asking,
  ) => Promise<Result<null, Full | TooMany | No<'passkey.sign_in_again' | 'passkey.too_late' | 'passkey.not_proved'>>>
  rename: (
    owner: PasskeyOwner,
    given: Readonly<{ id: string; name: string }>,
    now: Date,
  ) => Promise<Result<null, No<'passkey.not_found'>>>
  remove: (owner: PasskeyOwner, id: string, now: Date) => Promise<Result<null, No<'passkey.not_found'>>>
  beginSignIn: (asking: Asking) => Promise<Result<Begun<PasskeyToShow>, TooMany>>
  /** `setCookies` keep this browser signed in. Somebody whose grants have ended gets none. */
  signIn: (
    cookie: string | undefined,
    shown: PasskeyShown,
    asking: Asking,
  ) => Promise<
    Result<
      { setCookies: string[] },
      TooMany | No<'passkey.unknown' | 'passkey.too_late' | 'passkey.not_proved' | 'directory.no_grant'>
    >
  >
}>

/** Both halves of a ceremony count, so one address may try half as often. */
const STEPS_PER_ADDRESS = 80

const MAKING = {
  SESSION_NOT_FRESH: 'passkey.sign_in_again',
  CHALLENGE_NOT_FOUND: 'passkey.too_late',
  FAILED_TO_VERIFY_REGISTRATION: 'passkey.not_proved',
  YOU_ARE_NOT_ALLOWED_TO_REGISTER_THIS_PASSKEY: 'passkey.not_proved',
} as const
const SHOWING = {
  PASSKEY_NOT_FOUND: 'passkey.unknown',
  CHALLENGE_NOT_FOUND: 'passkey.too_late',
  AUTHENTICATION_FAILED: 'passkey.not_proved',
} as const

/**
 * Sign-in with a passkey (WebAuthn) to the app at `baseUrl`: its host is the RP id, its origin the only one an answer may
 * come from. better-auth keeps challenges (one use, five minutes, bound to the browser by a signed cookie) and checks
 * answers and their counters; none of its HTTP routes is mounted. A passkey proves an address, as a mailed link does.
 */
export function openPasskeys({ appName, ...options }: BrowserSignIn & Readonly<{ appName: string }>): Passkeys {
  const { db, baseUrl, secret, peopleOf } = options
  const { api } = betterAuth({
    ...signInOptions(options),
    plugins: [
      passkey({
        rpID: new URL(baseUrl).hostname,
        rpName: appName,
        origin: new URL(baseUrl).origin,
        // Kept by the authenticator together with the account, so that nobody has to type an address first.
        authenticatorSelection: { residentKey: 'required', userVerification: 'preferred' },
        advanced: { webAuthnChallengeCookie: 'passkey' },
      }),
    ],
  })
  const limited = limitAttempts(db, secret)
  const tooMany = ({ address, now }: Asking) => limited({ [`passkey ${address}`]: STEPS_PER_ADDRESS }, now)

  /** Each network in which the address is somebody reads of it in its own log. */
  const audit = async (trx: Parameters<typeof store.insertAuditEntry>[0], of: PasskeyOwner, entry: Entry) => {
    for (const { networkId, personId } of of.people) {
      const subject = `person:${personId}`
      await store.insertAuditEntry(trx, { networkId, actorId: personId, subject, ...entry })
    }
  }

  return {
    list: (email) => store.listPasskeys(db, email),

    begin: async ({ email, cookie }, asking) => {
      const over = await tooMany(asking)
      if (over) return { ok: false, refusal: over }
      const may = mayAddPasskey((await store.listPasskeys(db, email)).length)
      if (!may.ok) return may
      try {
        const headers = new Headers({ cookie })
        const begun = await api.generatePasskeyRegistrationOptions({ query: {}, headers, returnHeaders: true })
        return ok({ options: begun.response as PasskeyToMake, setCookies: begun.headers.getSetCookie() })
      } catch (error) {
        if (codeOf(error) === 'SESSION_NOT_FRESH') return refuse('passkey.sign_in_again', {})
        throw error
      }
    },

    add: async (owner, { name, made }, asking) => {
      const over = await tooMany(asking)
      if (over) return { ok: false, refusal: over }
      const may = mayAddPasskey((await store.listPasskeys(db, owner.email)).length)
      if (!may.ok) return may
      try {
        const headers = new Headers({ cookie: owner.cookie })
        await api.verifyPasskeyRegistration({ body: { name, response: made }, headers })
      } catch (error) {
        return refuse(refusalIn(MAKING, error), {})
      }
      await db.transaction().execute(async (trx) => {
        await audit(trx, owner, { at: asking.now, action: 'passkey.added', facts: { passkey: name } })
        const [first] = owner.people
        if (!first) return
        const mail = passkeyAddedMail({ app: appName, name, url: `${baseUrl}/passkeys` })
        await queueMail(trx, { ...mail, to: owner.email, networkId: first.networkId }, asking.now)
      })
      return ok(null)
    },

    rename: (owner, { id, name }, now) =>
      db.transaction().execute(async (trx) => {
        const before = await store.renamePasskey(trx, { email: owner.email, id, name })
        if (before === undefined) return refuse('passkey.not_found', {})
        if (before !== name)
          await audit(trx, owner, { at: now, action: 'passkey.renamed', facts: { before, passkey: name } })
        return ok(null)
      }),

    remove: async (owner, id, now) => {
      const kept = await api.getSession({ headers: new Headers({ cookie: owner.cookie }) })
      return db.transaction().execute(async (trx) => {
        const keptToken = kept?.session.token ?? ''
        const name = await store.removePasskey(trx, { email: owner.email, id, keptToken })
        if (name === undefined) return refuse('passkey.not_found', {})
        await audit(trx, owner, { at: now, action: 'passkey.removed', facts: { passkey: name } })
        return ok(null)
      })
    },

    beginSignIn: async (asking) => {
      const over = await tooMany(asking)
      if (over) return { ok: false, refusal: over }
      const begun = await api.generatePasskeyAuthenticationOptions({ headers: new Headers(), returnHeaders: true })
      return ok({ options: begun.response as PasskeyToShow, setCookies: begun.headers.getSetCookie() })
    },

    signIn: async (cookie, shown, asking) => {
      const over = await tooMany(asking)
      if (over) return { ok: false, refusal: over }
      try {
        const headers = new Headers({ cookie: cookie ?? '' })
        const verified = await api.verifyPasskeyAuthentication({
          body: { response: shown },
          headers,
          returnHeaders: true,
        })
        const { session, user } = verified.response
        if (!(await peopleOf(user.email)).length) {
          await store.endSignInSession(db, session.token)
          return refuse('directory.no_grant', {})
        }
        await store.markPasskeyUsed(db, shown.id, asking.now)
        return ok({ setCookies: verified.headers.getSetCookie() })
      } catch (error) {
        return refuse(refusalIn(SHOWING, error), {})
      }
    },
  }
}

type Entry = Pick<store.NewAuditEntry, 'at' | 'action' | 'facts'>

const codeOf = (error: unknown) => (isAPIError(error) ? error.body?.code : undefined)

/** Our word for better-auth's refusal; whatever has none is a fault. */
function refusalIn<M extends Readonly<Record<string, string>>>(codes: M, error: unknown): M[keyof M] {
  const code = codeOf(error)
  if (code !== undefined && Object.hasOwn(codes, code)) return codes[code] as M[keyof M]
  throw error
}
