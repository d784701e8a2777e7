import {
  wishesOf,
  type AskedWishes,
  chooseSessions,
  needsKeptUntil,
  placeFor,
  registerForConvening,
  registrationOffered,
  sessionOffered,
  type SessionListed,
} from '@copractice/core/convening'
import type { Affiliation } from '@copractice/core/directory'
import { ok, refuse, type ConveningSessionId, type InstitutionId } from '@copractice/core/kernel'
import {
  asOpenConvening,
  campusPlaces,
  findPublicConvening,
  findRegistrationOf,
  institutionsToRegisterFrom,
  lockConvening,
  personByEmail,
  saveChoices,
  saveNeeds,
  saveRegistration,
  sessionsOf,
  stateAffiliation,
  type ConveningFound,
} from '@copractice/store/convening'
import type { Db } from '@copractice/store/database'
import { queueMail, type AllowUnprovedMail } from '../notice/index.ts'
import { badgeAddress, registrationMail } from './registration-mail.ts'

const unknown = () => refuse('convening.not_found', {})

/** A session as anybody may read it: that it is online, and not where. */
export const asPublicSession = ({ joinUrl, chosen, waitlisted, ...session }: SessionListed) => ({
  ...session,
  isOnline: joinUrl !== null,
  offered: sessionOffered({ ...session, chosen, waitlisted }),
})

/** What anybody may read about a convening. Who registered, and the address to join online, are not among it. */
export async function showPublicConvening(db: Db, slug: string, now: Date) {
  const convening = await findPublicConvening(db, slug)
  return convening ? ok(await asShown(db, convening, now)) : unknown()
}

/** A convening as its public page shows it, and as its flyer is set. */
export async function asShown(db: Db, convening: ConveningFound, now: Date) {
  const { networkId, id: conveningId, status } = convening
  const [institutions, sessions] = [
    await institutionsToRegisterFrom(db, networkId),
    await sessionsOf(db, { networkId, conveningId }),
  ]
  return {
    ...convening,
    region: convening.region.name,
    isOnline: convening.joinUrl !== null,
    registration:
      status === 'announced' ? ('announced' as const) : registrationOffered(asOpenConvening(convening), now),
    closesAt: convening.registrationClosesAt,
    institutions,
    sessions: sessions.map(asPublicSession),
    hosts: convening.hosts.map(({ name }) => name),
  }
}

export type Registering = Readonly<{
  slug: string
  name: string
  email: string
  institutionId: InstitutionId
  affiliation: Affiliation
  interests: string
  sessions?: readonly ConveningSessionId[] | undefined
  wishes?: AskedWishes | undefined
  accessibility?: string | undefined
  dietary?: string | undefined
  /** Where the admin app is reached: the mail's link to the badge begins with it. */
  origin: string
  mailAllowed: AllowUnprovedMail
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
    const open = asOpenConvening(convening)
    const place = registerForConvening(open, now)
    if (!place.ok) return place
    const institutions = await institutionsToRegisterFrom(trx, networkId)
    if (!institutions.some(({ id }) => id === input.institutionId)) return refuse('convening.institution_unknown', {})

    const where = { networkId, conveningId }
    const { institutionId, affiliation, interests, sessions: wanted = [], accessibility = '', dietary = '' } = input
    const status = placeFor({ ...open, campuses: await campusPlaces(trx, where) }, institutionId)
    const sessions = wanted.length ? await sessionsOf(trx, where) : []
    const choices = chooseSessions(sessions, { wanted, held: [], hasPlace: status === 'registered' })
    if (!choices.ok) return choices

    const allowed = await input.mailAllowed(trx, { networkId }, now)
    if (!allowed.ok) return allowed
    const personId = await personByEmail(trx, networkId, input)
    const saved = await saveRegistration(
      trx,
      {
        ...where,
        personId,
        institutionId,
        affiliation,
        interests,
        status,
        wishes: input.wishes && wishesOf(input.wishes, interests),
      },
      now,
    )
    if (saved) {
      await stateAffiliation(trx, { networkId, personId, institutionId, kind: affiliation })
      await saveChoices(trx, { networkId, registrationId: saved.id }, choices.value, now)
      const keptUntil = needsKeptUntil(convening.endsAt, now)
      await saveNeeds(trx, { networkId, registrationId: saved.id }, { accessibility, dietary }, keptUntil)
    }
    const { badgeKey } = saved ?? (await findRegistrationOf(trx, where, personId))!
    const badge = badgeAddress(input.origin, input.slug, badgeKey)
    const mail = registrationMail(convening, saved ? status : 'already', { name: input.name, badge })
    await queueMail(trx, { ...mail, to: input.email, networkId }, now)
    return ok(undefined)
  })
}
