import {
  isIssuerForEverybody,
  isOtherSpeaker,
  type Actor,
  type InstitutionSignInDetails,
} from '@copractice/core/directory'
import { ok, refuse } from '@copractice/core/kernel'
import { OutgoingFailure, type Outgoing } from '@copractice/lti'
import * as store from '@copractice/store/directory'
import { describeCertificate, readPem } from './certificate.ts'
import { changeInstitutionSignIn, type KeepDeps, type OneSignIn } from './change-institution-sign-in.ts'
import { secretPlace } from './ours.ts'
import { readMetadata } from './read-metadata.ts'

/**
 * Sets up or changes who speaks. Where that is another provider or another certificate, its confirmed domains wait for a
 * network admin again, unless one of them made the change. Whoever came by the one before is signed out.
 */
export async function saveInstitutionSignIn(
  deps: KeepDeps,
  actor: Actor,
  { institutionId, details }: OneSignIn & { details: InstitutionSignInDetails },
) {
  const read = readDetails(deps.outgoing, details)
  if (!read.ok) return read
  return changeInstitutionSignIn(deps, actor, { institutionId }, async (trx, { access, place }, tell, now) => {
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
