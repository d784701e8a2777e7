import { betterAuth } from 'better-auth'
import { isAPIError } from 'better-auth/api'
import { magicLink } from 'better-auth/plugins'
import { LINK_HOLDS_MINUTES } from '@copractice/core/directory'
import { ok, refuse, type Refusal, type Result } from '@copractice/core/kernel'
import { acrossNetworks } from '@copractice/store/database'
import { bindSession, type PersonByEmail } from '@copractice/store/directory'
import { limitAttempts, type TooMany } from './limit-attempts.ts'
import { signInOptions, type BrowserSignIn, type ProvedBy } from './sign-in-options.ts'

export type SignInOptions = BrowserSignIn &
  Readonly<{
    /** Queues the mail. `url` carries the token after `#`, which no browser sends to a server and no log holds. */
    sendLink: (link: Readonly<{ email: string; url: string; people: readonly PersonByEmail[] }>) => Promise<void>
  }>

type Asking = Readonly<{ /** The caller's network address. */ address: string; now: Date }>

/** `by`: the institution that vouched; null for whoever came by mail or passkey. */
type SignedInAs = Readonly<{ email: string; people: readonly PersonByEmail[]; by: ProvedBy | null }>

export type EmailSignIn = Readonly<{
  request: (email: string, asking: Asking) => Promise<Result<null, TooMany>>
  /** Gives a link to an address that may be nobody's yet, by the caller's own mail; spending it proves the address. */
  prove: (email: string, send: (url: string) => Promise<void>) => Promise<void>
  /** Spends the link. `setCookies` are header values that keep this browser signed in. */
  verify: (
    token: string,
    asking: Asking,
  ) => Promise<
    Result<
      { email: string; people: readonly PersonByEmail[]; setCookies: string[] },
      TooMany | Refusal<'sign_in.link_spent', Record<string, never>>
    >
  >
  /** Who this browser is signed in as, from its `cookie` header; null when nobody. */
  whoIs: (cookie: string | undefined) => Promise<SignedInAs | null>
  /** Signs in an address that an institution vouched for. Returns the header values that keep this browser signed in. */
  enter: (email: string, by: ProvedBy) => Promise<string[]>
  /** Ends it on the server too. Returns the header values that clear the cookie. */
  signOut: (cookie: string | undefined) => Promise<string[]>
}>

const REQUESTS_PER_EMAIL = 5
const ATTEMPTS_PER_ADDRESS = 40

/**
 * Sign-in by a mailed link: one use, 15 minutes. better-auth keeps links (hashed), sessions and cookies; none of its
 * HTTP routes is mounted. A sign-in proves an address, nothing more: `peopleOf` says whom that makes them.
 */
export function openSignIn(options: SignInOptions): EmailSignIn {
  const { request, prove, verify, whoIs, enter, signOut } = signInAnywhere(options)
  // An address signs in to the installation; only then is it known in which networks somebody has it.
  return {
    request: (email, asking) => acrossNetworks(() => request(email, asking)),
    prove: (email, send) => acrossNetworks(() => prove(email, send)),
    verify: (token, asking) => acrossNetworks(() => verify(token, asking)),
    whoIs: (cookie) => acrossNetworks(() => whoIs(cookie)),
    enter: (email, by) => acrossNetworks(() => enter(email, by)),
    signOut: (cookie) => acrossNetworks(() => signOut(cookie)),
  }
}

function signInAnywhere(options: SignInOptions): EmailSignIn {
  const { db, baseUrl, secret, peopleOf, peopleThrough, sendLink } = options
  const auth = betterAuth({
    ...signInOptions(options),
    plugins: [
      magicLink({
        expiresIn: LINK_HOLDS_MINUTES * 60,
        storeToken: 'hashed',
        sendMagicLink: async ({ email, token, metadata }) => {
          const url = `${baseUrl}/sign-in#${token}`
          const send = metadata?.['send'] as ((url: string) => Promise<void>) | undefined
          if (send) return send(url)
          const people = metadata?.['people'] as readonly PersonByEmail[]
          await sendLink({ email, url, people })
        },
      }),
    ],
  })

  const tooMany = limitAttempts(db, secret)
  return {
    request: async (email, { address, now }) => {
      const over = await tooMany(
        { [`mail ${email}`]: REQUESTS_PER_EMAIL, [`from ${address}`]: ATTEMPTS_PER_ADDRESS },
        now,
      )
      if (over) return { ok: false, refusal: over }
      const people = await peopleOf(email)
      if (people.length) {
        await auth.api.signInMagicLink({ body: { email, metadata: { people } }, headers: new Headers() })
      }
      return ok(null)
    },

    prove: async (email, send) => {
      await auth.api.signInMagicLink({ body: { email, metadata: { send } }, headers: new Headers() })
    },

    verify: async (token, { address, now }) => {
      const over = await tooMany({ [`from ${address}`]: ATTEMPTS_PER_ADDRESS }, now)
      if (over) return { ok: false, refusal: over }
      try {
        const { headers, response } = await auth.api.magicLinkVerify({
          query: { token },
          headers: new Headers(),
          returnHeaders: true,
        })
        const { email } = response.user
        return ok({ email, people: await peopleOf(email), setCookies: headers.getSetCookie() })
      } catch (error) {
        // Where its own page would redirect with an error, the link is unknown, used or too old.
        if (isAPIError(error) && error.statusCode < 500) return refuse('sign_in.link_spent', {})
        throw error
      }
    },

    whoIs: async (cookie) => {
      if (!cookie) return null
      const session = await auth.api.getSession({ headers: new Headers({ cookie }) })
      if (!session) return null
      const { email } = session.user
      const { provedIn, provedBy } = session.session
      if (!provedIn && !provedBy) return { email, people: await peopleOf(email), by: null }
      const by = { networkId: provedIn, institutionId: provedBy } as ProvedBy
      return peopleThrough ? { email, people: await peopleThrough(email, by), by } : null
    },

    enter: async (email, by) => {
      let token = ''
      const send = async (url: string) => void (token = url.slice(url.indexOf('#') + 1))
      await auth.api.signInMagicLink({ body: { email, metadata: { send } }, headers: new Headers() })
      const verified = await auth.api.magicLinkVerify({ query: { token }, headers: new Headers(), returnHeaders: true })
      // Its cookie is given to nobody before it is bound: without that it would open every network of the address.
      await bindSession(db, verified.response.token, by)
      return verified.headers.getSetCookie()
    },

    signOut: async (cookie) => {
      if (!cookie) return []
      const { headers } = await auth.api.signOut({ headers: new Headers({ cookie }), returnHeaders: true })
      return headers.getSetCookie()
    },
  }
}
