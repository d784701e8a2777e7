import {
  isOtherSpeaker,
  isIssuerForEverybody,
  maySetUpSignIn,
  readSignInDomain,
  type Actor,
  type InstitutionSignInDetails,
  type SignInAccess,
} from '@copractice/core/directory'
import { ok, refuse, type InstitutionId } from '@copractice/core/kernel'
import { OutgoingFailure, type Outgoing, type Sealer } from '@copractice/lti'
import type { Db, Trx } from '@copractice/store/database'
import * as store from '@copractice/store/directory'
import { audit, notFound, scopeOf } from '../administrator.ts'
import { describeCertificate, readPem } from './certificate.ts'
import { oursOf, redirectUriOf, secretPlace } from './ours.ts'
import { readMetadata } from './read-metadata.ts'
import { speakerOf } from './speaker-of.ts'

export type KeepDeps = Readonly<{ db: Db; sealer: Sealer; outgoing: Outgoing; adminUrl: string; clock: () => Date }>
type One = Readonly<{ institutionId: InstitutionId }>

/** The institution's place in the network and what the actor may do about its sign-in; undefined: it is not theirs to see. */
export async function findTheirs(db: Db | Trx, actor: Actor, { institutionId }: One, now: Date) {
  const found = await store.findInstitution(db, scopeOf(actor), institutionId, now)
  const access = found && maySetUpSignIn(actor, { institutionId, regionId: found.region?.id ?? null })
  if (!found || !access || access === 'none') return undefined
  return { access, name: found.name, place: { networkId: actor.networkId, institutionId } }
}
type Theirs = NonNullable<Awaited<ReturnType<typeof findTheirs>>>

/** The settings as they are told: never the secret. */
export async function showInstitutionSignIn({ db, adminUrl, clock }: KeepDeps, actor: Actor, one: One) {
  const theirs = await findTheirs(db, actor, one, clock())
  if (!theirs) return notFound()
  const { access, place } = theirs
  const kept = await store.findInstitutionSignIn(db, place)
  const domains = await store.listSignInDomains(db, place)
  const settings = kept && {
    ...kept,
    clientId: kept.clientId || null,
    certificates: kept.certificates.map(describeCertificate),
  }
  const speaker = speakerOf(kept)
  const ours = { ...oursOf(adminUrl), redirectUri: redirectUriOf(adminUrl, place.institutionId) }
  return ok({ access, ours, settings: settings ?? null, speaker, domains: [...domains] })
}

/** Runs a change in one transaction for whoever may make it. Settings are locked until its end: nothing changes beside it. */
function change<T>(
  { db, clock }: Pick<KeepDeps, 'db' | 'clock'>,
  actor: Actor,
  asked: One & Readonly<{ needs?: SignInAccess }>,
  work: (trx: Trx, theirs: Theirs, tell: (action: string, facts?: object) => Promise<void>, now: Date) => Promise<T>,
) {
  const now = clock()
  return db.transaction().execute(async (trx) => {
    const theirs = await findTheirs(trx, actor, asked, now)
    const isAllowed = theirs && (theirs.access === 'all' || (asked.needs !== 'all' && theirs.access === 'settings'))
    if (!isAllowed) return notFound()
    await store.lockSignIn(trx, theirs.place)
    const { institutionId } = asked
    const tell = (action: string, more: object = {}) => {
      const facts = { name: theirs.name, institutionId, ...more }
      return audit(trx, actor, { action: `sign_in.${action}`, subject: `institution:${institutionId}`, facts }, now)
    }
    return work(trx, theirs, tell, now)
  })
}

/**
 * Sets up or changes who speaks. Where that is another provider or another certificate, its confirmed domains wait for a
 * network admin again, unless one of them made the change. Whoever came by the one before is signed out.
 */
export async function saveInstitutionSignIn(
  deps: KeepDeps,
  actor: Actor,
  { institutionId, details }: One & { details: InstitutionSignInDetails },
) {
  const read = readDetails(deps.outgoing, details)
  if (!read.ok) return read
  return change(deps, actor, { institutionId }, async (trx, { access, place }, tell, now) => {
    const before = await store.findInstitutionSignIn(trx, place)
    const { clientSecret, ...given } = read.value
    const isSame = before?.kind === given.kind && before.issuer === given.issuer && before.clientId === given.clientId
    const kept = isSame ? before.clientSecretSealed : null
    const clientSecretSealed = clientSecret ? deps.sealer.seal(clientSecret, secretPlace(place)) : kept
    if (given.kind === 'oidc' && !clientSecretSealed) return refuse('sign_in.secret_needed', {})
    await store.saveSignIn(
      trx,
      { ...place, ...given, isSame, clientSecretSealed: given.kind === 'oidc' ? clientSecretSealed : null },
      now,
    )
    const isOther = isOtherSpeaker(before, given)
    const withdrawn = isOther && access !== 'all' ? await store.withdrawDomains(trx, place) : 0
    if (isOther) await store.endVouchedSessions(trx, place)
    const { kind, issuer } = given
    const fingerprints = given.certificates.map((one) => describeCertificate(one).fingerprint)
    await tell('set_up', { kind, issuer, before: before?.issuer ?? null, withdrawn, fingerprints })
    const endsOnly = !isSame && before?.isOnly === true
    if (endsOnly) await tell('not_only_through')
    return ok({ withdrawn, endsOnly })
  })
}

type Read = Readonly<{
  kind: 'oidc' | 'saml'
  issuer: string
  clientId: string
  ssoUrl: string | null
  certificates: readonly string[]
  clientSecret?: string | undefined
}>

function readDetails(outgoing: Outgoing, details: InstitutionSignInDetails) {
  if (details.kind === 'oidc') {
    const { issuer, clientId, clientSecret } = details
    if (isIssuerForEverybody(issuer)) return refuse('sign_in.issuer_for_everybody', {})
    if (!isCallable(outgoing, issuer)) return refuse('sign_in.address_refused', {})
    return ok<Read>({ kind: 'oidc', issuer, clientId, clientSecret, ssoUrl: null, certificates: [] })
  }
  const byHand = details.kind === 'saml_by_hand'
  const certificates = byHand ? readPem(details.certificates) : undefined
  if (byHand && !certificates) return refuse('sign_in.certificate_unreadable', {})
  const found = byHand
    ? { entityId: details.entityId, ssoUrl: details.ssoUrl, certificates: certificates! }
    : readMetadata(details.metadata)
  if (!found) return refuse('sign_in.metadata_unreadable', {})
  if (!isCallable(outgoing, found.ssoUrl)) return refuse('sign_in.address_refused', {})
  const { entityId, ssoUrl } = found
  return ok<Read>({ kind: 'saml', issuer: entityId, clientId: '', ssoUrl, certificates: found.certificates })
}

/** By its words alone, https and no inner number; a name that leads inside is found when it is called. */
function isCallable(outgoing: Outgoing, url: string): boolean {
  try {
    outgoing.refuseAddress(url)
    return true
  } catch (error) {
    if (error instanceof OutgoingFailure) return false
    throw error
  }
}

/** On and off, and whether it is the only way. Nobody is locked out by what nobody has come in by. */
export function switchInstitutionSignIn(
  deps: KeepDeps,
  actor: Actor,
  { institutionId, isOn, isOnly }: One & { isOn: boolean; isOnly: boolean },
) {
  return change(deps, actor, { institutionId }, async (trx, { place }, tell) => {
    const before = await store.findInstitutionSignIn(trx, place)
    if (!before) return notFound()
    const domains = await store.listSignInDomains(trx, place)
    if (isOn && !domains.some(({ confirmedAt }) => confirmedAt)) return refuse('sign_in.no_domain', {})
    if (isOn && isOnly && !before.lastSignInAt) return refuse('sign_in.nobody_yet', {})
    await store.switchSignIn(trx, { ...place, isOn, isOnly })
    if (before.isOn !== isOn) await tell(isOn ? 'switched_on' : 'switched_off')
    if (before.isOnly !== (isOn && isOnly)) await tell(isOn && isOnly ? 'only_through' : 'not_only_through')
    return ok(undefined)
  })
}

export function removeInstitutionSignIn(deps: KeepDeps, actor: Actor, one: One) {
  return change(deps, actor, one, async (trx, { place }, tell) => {
    const before = await store.findInstitutionSignIn(trx, place)
    await store.deleteSignIn(trx, place)
    await store.endVouchedSessions(trx, place)
    if (before) await tell('removed', { kind: before.kind, issuer: before.issuer })
    return ok(undefined)
  })
}

type Domain = One & Readonly<{ domain: string; speaker: string }>

async function isStill(trx: Trx, place: Theirs['place'], speaker: string): Promise<boolean> {
  return speakerOf(await store.findInstitutionSignIn(trx, place)) === speaker
}

/** Asked for by whoever sets it up; at once confirmed by whoever may confirm. */
export function addSignInDomain(deps: KeepDeps, actor: Actor, { institutionId, domain, speaker }: Domain) {
  const read = readSignInDomain(domain)
  if (!read.ok) return Promise.resolve(read)
  return change(deps, actor, { institutionId }, async (trx, { access, place }, tell, now) => {
    const at = { ...place, domain: read.value }
    if (access === 'all') {
      if (!(await isStill(trx, place, speaker))) return refuse('sign_in.speaker_changed', {})
      if (!(await store.confirmDomain(trx, at, now))) return refuse('sign_in.domain_elsewhere', { domain: read.value })
      await tell('domain_confirmed', { domain: read.value })
      return ok(undefined)
    }
    await store.insertSignInDomain(trx, at, now)
    await tell('domain_asked', { domain: read.value })
    return ok(undefined)
  })
}

export function confirmSignInDomain(deps: KeepDeps, actor: Actor, { institutionId, domain, speaker }: Domain) {
  return change(deps, actor, { institutionId, needs: 'all' }, async (trx, { place }, tell, now) => {
    const known = (await store.listSignInDomains(trx, place)).find((one) => one.domain === domain)
    if (!known) return notFound()
    if (known.confirmedAt) return ok(undefined)
    if (!(await isStill(trx, place, speaker))) return refuse('sign_in.speaker_changed', {})
    if (!(await store.confirmDomain(trx, { ...place, domain }, now)))
      return refuse('sign_in.domain_elsewhere', { domain })
    await tell('domain_confirmed', { domain })
    return ok(undefined)
  })
}

/** Without a confirmed domain nobody is offered the sign-in: with the last one it is switched off. */
export function removeSignInDomain(deps: KeepDeps, actor: Actor, { institutionId, domain }: One & { domain: string }) {
  return change(deps, actor, { institutionId }, async (trx, { place }, tell) => {
    if (!(await store.deleteSignInDomain(trx, { ...place, domain }))) return notFound()
    await store.endVouchedSessions(trx, place, { domain })
    await tell('domain_removed', { domain })
    const left = await store.listSignInDomains(trx, place)
    const kept = await store.findInstitutionSignIn(trx, place)
    if (kept?.isOn && !left.some(({ confirmedAt }) => confirmedAt)) {
      await store.switchSignIn(trx, { ...place, isOn: false, isOnly: false })
      await tell('switched_off')
    }
    return ok(undefined)
  })
}

/** For an address that was given to somebody else: only a network admin says that it is theirs now. */
export function forgetInstitutionSubject(
  deps: KeepDeps,
  actor: Actor,
  { institutionId, email }: One & { email: string },
) {
  return change(deps, actor, { institutionId, needs: 'all' }, async (trx, { place }, tell) => {
    const kept = await store.findInstitutionSignIn(trx, place)
    if (!kept) return notFound()
    const { networkId } = place
    const forgotten = await store.forgetSubjects(trx, { networkId, email, kind: kept.kind, issuer: kept.issuer })
    if (!forgotten.length) return refuse('sign_in.nothing_remembered', {})
    // Whoever had the address before is signed in with it still.
    await store.endVouchedSessions(trx, place, { email })
    await tell('forgotten', { email, personId: forgotten[0] })
    return ok(undefined)
  })
}
