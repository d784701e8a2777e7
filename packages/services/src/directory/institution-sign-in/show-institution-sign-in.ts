import type { Actor } from '@copractice/core/directory'
import { ok } from '@copractice/core/kernel'
import * as store from '@copractice/store/directory'
import { notFound } from '../administrator.ts'
import { describeCertificate } from './certificate.ts'
import { findTheirs, type KeepDeps, type OneSignIn } from './change-institution-sign-in.ts'
import { oursOf, redirectUriOf } from './ours.ts'
import { speakerOf } from './speaker-of.ts'

/** The settings as they are told: never the secret. */
export async function showInstitutionSignIn({ db, adminUrl, clock }: KeepDeps, actor: Actor, one: OneSignIn) {
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
