import { createHash, randomBytes } from 'node:crypto'
import { domainOfAddress, judgeClaims, judgeSamlPerson, type Vouched } from '@copractice/core/directory'
import { ok, refuse } from '@copractice/core/kernel'
import { acrossNetworks } from '@copractice/store/database'
import * as store from '@copractice/store/directory'
import { limitAttempts } from '../limit-attempts.ts'
import { admitVouched } from './admit-vouched.ts'
import { oidcProvider, type OidcHeld } from './oidc-provider.ts'
import { ProviderFault } from './provider-fault.ts'
import { oursOf, redirectUriOf, secretPlace, type InstitutionSignInDeps } from './ours.ts'
import { samlProvider } from './saml-provider.ts'
import { speakerOf } from './speaker-of.ts'
import { tellsTrouble } from './tell-trouble.ts'

/** The caller: network address, and the secrets that say which browser it is. */
export type FromBrowser = Readonly<{ address: string; secrets: readonly string[] }>

const HOLDS_MS = 10 * 60_000
/** Both halves of a sign-in count, so one network address may try half as often in a quarter of an hour. */
const STEPS_PER_ADDRESS = 80
const POSTS_PER_REQUEST = 10

const hash = (text: string): Uint8Array => createHash('sha256').update(text).digest()
const newSecret = () => randomBytes(32).toString('base64url')

/** A path of this app, for where somebody was going. Anything else leads to the front page. */
const ownPath = (to: string | undefined): string => (to && /^\/(?![/\\])[\w\-/.~%?=&]{0,300}$/.test(to) ? to : '/')

const OF_BEGINNING = ['sign_in.too_many', 'sign_in.switched_off', 'sign_in.provider_unreachable'] as const
const isOfBeginning = (code: string): code is (typeof OF_BEGINNING)[number] => OF_BEGINNING.some((one) => one === code)

type Held = Readonly<{ to: string; oidc?: OidcHeld }>
/** Who was vouched for, and by whom, as settings were then. */
type Answered = Readonly<{ vouched: Vouched; speaker: string }>
type Settings = store.InstitutionSignIn
type Place = Readonly<{ networkId: Settings['networkId']; institutionId: Settings['institutionId'] }>

export type ThroughInstitution = ReturnType<typeof openThroughInstitution>

/**
 * Signing in through an institution's own provider. The way there and back is one row: for ten minutes, one use, one
 * browser. Which networks a domain belongs to is only known here, so all of it looks across them.
 */
export function openThroughInstitution(deps: InstitutionSignInDeps) {
  const { db, sealer, outgoing, clock } = deps
  const ours = oursOf(deps.adminUrl)
  const oidc = oidcProvider({ outgoing, clock })
  const saml = samlProvider({ ...ours, clock })
  const limited = limitAttempts(db, deps.secret)
  const trouble = tellsTrouble(deps)

  const ofAddress = ({ address }: FromBrowser) => ({ [`institution ${address}`]: STEPS_PER_ADDRESS })
  /**
   * A post brings no cookie, so that any page can make any browser send one. Those that answer a request of ours count by
   * the request, and strays by themselves: neither uses up what the people of the address may try.
   */
  const ofPost = async (posted: unknown, { address }: FromBrowser) => {
    const requestId = saml.requestNamed(posted)
    const known = requestId && (await acrossNetworks(() => store.findUnanswered(db, hash(requestId), clock())))
    return known
      ? { [`institution request ${requestId}`]: POSTS_PER_REQUEST }
      : { [`institution stray ${address}`]: STEPS_PER_ADDRESS }
  }
  const oidcSettings = (settings: Settings) => ({
    issuer: settings.issuer,
    clientId: settings.clientId,
    clientSecret: sealer.open(settings.clientSecretSealed!, secretPlace(settings)),
    redirectUri: redirectUriOf(deps.adminUrl, settings.institutionId),
  })
  const samlSettings = ({ issuer, ssoUrl, certificates }: Settings) => ({
    entityId: issuer,
    ssoUrl: ssoUrl!,
    certificates,
  })

  /** What of the settings an answer is judged by, as they are now: what was switched off midway is off. */
  const settingsNow = async (place: Place, kind: Settings['kind']) => {
    const settings = await store.findInstitutionSignIn(db, place)
    if (!settings?.isOn || settings.kind !== kind) throw new ProviderFault('sign_in.switched_off')
    const domains = await store.listSignInDomains(db, place)
    return { settings, domains: domains.flatMap(({ domain, confirmedAt }) => (confirmedAt ? [domain] : [])) }
  }
  const judged = (result: ReturnType<typeof judgeClaims>): Vouched => {
    if (result.ok) return result.value
    const { code, facts } = result.refusal
    throw new ProviderFault(code, 'domain' in facts ? facts.domain : null)
  }
  /** Runs one step; what a provider's answer or a rule stops becomes a refusal with a reference. */
  const step = async <T>(
    counted: Readonly<Record<string, number>>,
    work: (about: (place: Place) => void) => Promise<T>,
  ) => {
    let place: Place | undefined
    try {
      if (await limited(counted, clock())) throw new ProviderFault('sign_in.too_many')
      return ok(await acrossNetworks(() => work((found) => void (place = found))))
    } catch (error) {
      if (!(error instanceof ProviderFault)) throw error
      return refuse(error.code, { reference: await acrossNetworks(() => trouble(error, place)) })
    }
  }
  /** The same for an answer that a browser brings. One without our cookie began nothing: refused, it counts for nobody. */
  const brought = async <T>(from: FromBrowser, work: (about: (place: Place) => void) => Promise<T>) => {
    if (from.secrets.length) return step(ofAddress(from), work)
    const reference = await acrossNetworks(() => trouble(new ProviderFault('sign_in.other_browser'), undefined))
    return refuse('sign_in.other_browser', { reference })
  }
  const admit = async (settings: Settings, vouched: Vouched, { to }: Held) => ({
    setCookies: await admitVouched(deps, settings, vouched),
    to,
  })
  const wayTo = async (settings: Settings, email: string): Promise<{ url: string; state: string; oidc?: OidcHeld }> => {
    if (settings.kind === 'oidc') {
      const { url, held } = await oidc.begin(oidcSettings(settings), email)
      return { url, state: held.state, oidc: held }
    }
    const { url, requestId } = await saml.begin(samlSettings(settings))
    return { url, state: requestId }
  }
  const open = <T>(sealed: string, purpose: string): T => JSON.parse(sealer.open(sealed, purpose)) as T

  return {
    metadata: () => saml.metadata(),

    offer: (email: string) =>
      acrossNetworks(async () => {
        const found = await store.findOffer(db, domainOfAddress(email))
        return found ? { institution: found.institution, isOnly: found.isOnly } : null
      }),

    /** `secret` is kept by the browser; a later login of the same browser goes on with it. */
    begin: async ({ email, to }: Readonly<{ email: string; to?: string | undefined }>, from: FromBrowser) => {
      const begun = await step(ofAddress(from), async (about) => {
        const found = await store.findOffer(db, domainOfAddress(email))
        const settings = found && (await store.findInstitutionSignIn(db, found))
        if (!settings) throw new ProviderFault('sign_in.switched_off')
        about(settings)
        const secret = from.secrets[0] ?? newSecret()
        const way = await wayTo(settings, email)
        const held: Held = { to: ownPath(to), ...(way.oidc && { oidc: way.oidc }) }
        const login = {
          networkId: settings.networkId,
          institutionId: settings.institutionId,
          kind: settings.kind,
          stateHash: hash(way.state),
          browserHash: hash(secret),
          heldSealed: sealer.seal(JSON.stringify(held), `institution_login ${settings.institutionId}`),
          expiresAt: new Date(clock().getTime() + HOLDS_MS),
        }
        await store.insertLogin(db, login, clock())
        return { url: way.url, secret }
      })
      if (begun.ok) return begun
      const { code, facts } = begun.refusal
      return refuse(isOfBeginning(code) ? code : 'sign_in.not_proved', facts)
    },

    /** The browser is back from an OpenID provider, at the address that `institutionId` has of ours. */
    answerOidc: (institutionId: string, query: URLSearchParams, from: FromBrowser) =>
      brought(from, async (about) => {
        const state = query.get('state') ?? ''
        const asked = { kind: 'oidc' as const, stateHash: hash(state), browserHashes: from.secrets.map(hash) }
        const login = await store.takeLogin(db, asked, clock())
        if (!login) throw new ProviderFault('sign_in.too_old')
        if (!login.isThisBrowser) throw new ProviderFault('sign_in.other_browser')
        about(login)
        // A code of another institution's provider, to which this one's led the browser: it is told to nobody.
        if (login.institutionId !== institutionId) throw new ProviderFault('sign_in.not_proved', 'redirect_uri')
        const held = open<Held>(login.heldSealed, `institution_login ${login.institutionId}`)
        const before = await settingsNow(login, 'oidc')
        const claims = await oidc.finish(oidcSettings(before.settings), held.oidc!, query)
        // Asking them took a moment, in which an administrator may have switched it off.
        const { domains } = await settingsNow(login, 'oidc')
        return admit(before.settings, judged(judgeClaims(claims, domains)), held)
      }),

    /**
     * An answer posted from the provider's page. Our cookie does not travel with such a post, so that what was proved
     * waits, and the browser fetches it by a link that it follows from here, to which its cookie goes.
     */
    answerSaml: async (posted: unknown, from: FromBrowser) =>
      step(await ofPost(posted, from), async (about) => {
        const response = saml.read(posted)
        const stateHash = hash(response.requestId)
        const place = await store.findUnanswered(db, stateHash, clock())
        if (!place) throw new ProviderFault('sign_in.too_old')
        about(place)
        const { settings, domains } = await settingsNow(place, 'saml')
        const person = await saml.prove(samlSettings(settings), response)
        const vouched = judged(judgeSamlPerson(person, domains))
        const handoff = newSecret()
        const answered: Answered = { vouched, speaker: speakerOf(settings) }
        const answeredSealed = sealer.seal(JSON.stringify(answered), `institution_answer ${settings.institutionId}`)
        const isFirst = await store.answerLogin(db, { stateHash, handoffHash: hash(handoff), answeredSealed })
        if (!isFirst) throw new ProviderFault('sign_in.too_old')
        return { handoff }
      }),

    /** The browser that began it fetches what was proved. */
    finishSaml: (handoff: string, from: FromBrowser) =>
      brought(from, async (about) => {
        const asked = { kind: 'saml' as const, handoffHash: hash(handoff), browserHashes: from.secrets.map(hash) }
        const login = await store.takeLogin(db, asked, clock())
        if (!login?.answeredSealed) throw new ProviderFault('sign_in.too_old')
        if (!login.isThisBrowser) throw new ProviderFault('sign_in.other_browser')
        about(login)
        const { settings, domains } = await settingsNow(login, 'saml')
        const { vouched, speaker } = open<Answered>(login.answeredSealed, `institution_answer ${login.institutionId}`)
        if (speaker !== speakerOf(settings)) throw new ProviderFault('sign_in.too_old')
        const domain = domainOfAddress(vouched.email)
        if (!domains.includes(domain)) throw new ProviderFault('sign_in.domain_foreign', domain)
        const held = open<Held>(login.heldSealed, `institution_login ${login.institutionId}`)
        return admit(settings, vouched, held)
      }),
  }
}
