import { domainOfAddress, judgeSubject, type Vouched } from '@copractice/core/directory'
import * as store from '@copractice/store/directory'
import type { InstitutionSignInDeps } from './ours.ts'
import { ProviderFault } from './provider-fault.ts'
import { speakerOf } from './speaker-of.ts'

/** An OpenID subject is one for our client alone where providers make it so, and a SAML one for our entity id. */
export const issuerOf = ({ kind, issuer, clientId }: store.InstitutionSignIn) => ({ kind, issuer, clientId })

/**
 * Signs in an address that an institution vouched for, if it is somebody's in that institution's network. Whom the
 * provider means by it is remembered the first time; another one with the same address is refused until an administrator
 * clears it. `settings`: those that it was proved by. Throws `ProviderFault`; gives the header values that keep the browser signed in.
 */
export async function admitVouched(
  { db, signIn, peopleThrough, clock }: InstitutionSignInDeps,
  settings: store.InstitutionSignIn,
  vouched: Vouched,
): Promise<string[]> {
  const { networkId, institutionId } = settings
  // What is told of a refusal is kept and read by many: nobody's address.
  const domain = domainOfAddress(vouched.email)
  const people = await peopleThrough(vouched.email, { networkId, institutionId })
  if (!people.length) throw new ProviderFault('directory.no_grant', domain)
  await db.transaction().execute(async (trx) => {
    // Of two first sign-ins at once, one is the first.
    await store.lockPeople(trx, people)
    const issuer = issuerOf(settings)
    const judged = judgeSubject(await store.rememberedSubjects(trx, issuer, people), vouched)
    if (judged === 'changed') throw new ProviderFault('sign_in.subject_changed', domain)
    const [subject] = vouched.subjects
    if (judged === 'new' && !(await store.rememberSubject(trx, { ...issuer, subject }, people)))
      throw new ProviderFault('sign_in.subject_taken', domain)
    await store.recordSignInDone(trx, settings, clock())
  })
  const setCookies = await signIn.enter(vouched.email, { networkId, institutionId })
  // A change meanwhile ended the sessions that were there before it; this one counts only if it would have been let in after.
  await db.transaction().execute(async (trx) => {
    await store.lockSignIn(trx, settings)
    const isSame = speakerOf(await store.findInstitutionSignIn(trx, settings)) === speakerOf(settings)
    const domains = await store.listSignInDomains(trx, settings)
    const speaks = domains.some((one) => one.confirmedAt && one.domain === domain)
    const judged = judgeSubject(await store.rememberedSubjects(trx, issuerOf(settings), people), vouched)
    if (!isSame || !speaks || judged !== 'same') throw new ProviderFault('sign_in.too_old')
  })
  return setCookies
}
