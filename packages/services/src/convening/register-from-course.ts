import {
  wishesOf,
  type AskedWishes,
  placeFor,
  registerForConvening,
  registrationOffered,
  type ConveningHere,
} from '@copractice/core/convening'
import type { Actor } from '@copractice/core/directory'
import { ok, refuse, type ConveningId } from '@copractice/core/kernel'
import {
  asOpenConvening,
  campusPlaces,
  findConveningSlug,
  findPublicConvening,
  findRegistrant,
  lockConvening,
  saveRegistration,
} from '@copractice/store/convening'
import type { Db, Trx } from '@copractice/store/database'
import { queueMail } from '../notice/index.ts'
import { keepToSessionPlaces } from './fill-sessions.ts'
import { badgeAddress, registrationMail } from './registration-mail.ts'

/** `adminUrl`: where badges are shown; without it, nobody is given the way to theirs. */
type Deps = Readonly<{ db: Db | Trx; adminUrl: string | undefined }>

const unknown = () => refuse('convening.not_found', {})

/** A convening of the actor's own network, as its public page shows it; none while its dates are not set. */
async function findHere(trx: Db | Trx, { networkId }: Actor, conveningId: ConveningId) {
  const slug = await findConveningSlug(trx, networkId, conveningId)
  const found = slug === undefined ? undefined : await findPublicConvening(trx, slug)
  const { startsAt, endsAt, registrationClosesAt } = found ?? {}
  return found && startsAt && endsAt && registrationClosesAt
    ? { ...found, startsAt, endsAt, registrationClosesAt }
    : undefined
}

/** What the link in a course opens: the convening, and the reader's own registration. */
export async function showConveningHere({ db, adminUrl }: Deps, actor: Actor, conveningId: ConveningId, now: Date) {
  const convening = await findHere(db, actor, conveningId)
  if (!convening) return unknown()
  const { affiliation, email, status, badgeKey } = await findRegistrant(db, actor, conveningId)
  const mine = status === 'cancelled' ? null : status
  const here: ConveningHere = {
    ...convening,
    region: convening.region.name,
    isOnline: convening.joinUrl !== null,
    registration: registrationOffered(asOpenConvening(convening), now),
    closesAt: convening.registrationClosesAt,
    mine,
    badge: mine && badgeKey && adminUrl ? badgeAddress(adminUrl, convening.slug, badgeKey) : null,
    campus: affiliation?.campus ?? null,
    email,
  }
  return ok(here)
}

type Registering = Readonly<{ conveningId: ConveningId; interests: string; wishes?: AskedWishes | undefined }>

/** Registers the actor, or puts them on the waitlist, in one transaction with the mail that says so, where one can be sent. */
export function registerHere(
  { db, adminUrl }: Deps & Readonly<{ db: Db }>,
  actor: Actor,
  { conveningId, interests, wishes }: Registering,
  now: Date,
) {
  return db.transaction().execute(async (trx) => {
    const { networkId, personId } = actor
    if (!(await findHere(trx, actor, conveningId))) return unknown()
    await lockConvening(trx, networkId, conveningId)
    const convening = (await findHere(trx, actor, conveningId))!
    const { name, email, affiliation, isTest, status, registrationId } = await findRegistrant(trx, actor, conveningId)
    if (status === null || status === 'cancelled') {
      if (isTest) return refuse('convening.test_person', {})
      if (!affiliation) return refuse('convening.no_affiliation', {})
      const open = asOpenConvening(convening)
      const place = registerForConvening(open, now)
      if (!place.ok) return place
      const { institutionId, kind } = affiliation
      const campuses = await campusPlaces(trx, { networkId, conveningId })
      const given = placeFor({ ...open, campuses }, institutionId)
      const registration = { networkId, conveningId, personId, institutionId, affiliation: kind, interests }
      const said = wishes && wishesOf(wishes, interests)
      if (registrationId) await keepToSessionPlaces(trx, { networkId, conveningId, registrationId }, now)
      const saved = await saveRegistration(trx, { ...registration, wishes: said, status: given }, now)
      const badge = saved && adminUrl ? badgeAddress(adminUrl, convening.slug, saved.badgeKey) : undefined
      const mail = registrationMail(convening, given, { name, badge })
      if (email) await queueMail(trx, { ...mail, to: email, networkId }, now)
    }
    return showConveningHere({ db: trx, adminUrl }, actor, conveningId, now)
  })
}
