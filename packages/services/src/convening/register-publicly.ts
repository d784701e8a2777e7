import { registerForConvening, registrationOffered } from '@copractice/core/convening'
import type { Affiliation } from '@copractice/core/directory'
import { ok, refuse, type InstitutionId } from '@copractice/core/kernel'
import {
  asOpenConvening,
  findPublicConvening,
  institutionsToRegisterFrom,
  lockConvening,
  personByEmail,
  saveRegistration,
  stateAffiliation,
} from '@copractice/store/convening'
import type { Db } from '@copractice/store/database'
import { queueMail } from '../notice/index.ts'
import { registrationMail } from './registration-mail.ts'

const unknown = () => refuse('convening.not_found', {})

/** What anybody may read about a convening. Who registered, and the address to join online, are not among it. */
export async function showPublicConvening(db: Db, slug: string, now: Date) {
  const convening = await findPublicConvening(db, slug)
  if (!convening) return unknown()
  const institutions = await institutionsToRegisterFrom(db, convening.networkId)
  return ok({
    ...convening,
    region: convening.region.name,
    isOnline: convening.joinUrl !== null,
    registration: registrationOffered(asOpenConvening(convening), now),
    closesAt: convening.registrationClosesAt,
    institutions,
  })
}

export type Registering = Readonly<{
  slug: string
  name: string
  email: string
  institutionId: InstitutionId
  affiliation: Affiliation
  interests: string
}>

/**
 * Registers whoever filled in the form, or puts them on the waitlist, in one transaction with the mail that tells them.
 * The answer never says which, nor whether the address was known; a registration that exists stays as it is.
 */
export function registerPublicly(db: Db, input: Registering, now: Date) {
  return db.transaction().execute(async (trx) => {
    const seen = await findPublicConvening(trx, input.slug)
    if (!seen) return unknown()
    const { networkId, id: conveningId } = seen
    await lockConvening(trx, networkId, conveningId)
    const convening = (await findPublicConvening(trx, input.slug))!
    const place = registerForConvening(asOpenConvening(convening), now)
    if (!place.ok) return place
    const institutions = await institutionsToRegisterFrom(trx, networkId)
    if (!institutions.some(({ id }) => id === input.institutionId)) return refuse('convening.institution_unknown', {})

    const personId = await personByEmail(trx, networkId, input)
    const { institutionId, affiliation, interests } = input
    const registration = { networkId, conveningId, personId, institutionId, affiliation, interests }
    const isNew = await saveRegistration(trx, { ...registration, status: place.value }, now)
    if (isNew) await stateAffiliation(trx, { networkId, personId, institutionId, kind: affiliation })
    const mail = registrationMail(convening, isNew ? place.value : 'already', input.name)
    await queueMail(trx, { ...mail, to: input.email, networkId }, now)
    return ok(undefined)
  })
}
