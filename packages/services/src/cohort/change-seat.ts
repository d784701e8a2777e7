import { decideSeat, restoreSeatTo, type SeatKind } from '@copractice/core/cohort'
import type { Actor } from '@copractice/core/directory'
import { ok, refuse, type CohortId, type InstitutionId, type PersonId, type SeatId } from '@copractice/core/kernel'
import {
  closeAsk,
  findCohortOfReach,
  findSeat,
  findSeatOfPerson,
  giveSeat,
  loadCandidates,
  lockSeats,
  setSeatStatus,
} from '@copractice/store/cohort'
import type { Db, Trx } from '@copractice/store/database'
import { audit, notFound, scopeOf } from '../directory/administrator.ts'
import { queueMail } from '../notice/index.ts'
import { repairRoundsOfCohort } from '../review/index.ts'
import { giveFreeSeats } from './give-free-seats.ts'
import { invitationMail } from './invitation-mail.ts'

/** `spaceUrl`: where people without an LMS sign in. */
type Deps = Readonly<{ db: Db; spaceUrl: string }>

/** The cohort as it is, with its seats kept still until the transaction ends. */
export async function openCohort(trx: Trx, actor: Actor, cohortId: CohortId) {
  const scope = scopeOf(actor)
  if (!(await findCohortOfReach(trx, scope, cohortId))) return undefined
  const at = { networkId: actor.networkId, cohortId }
  await lockSeats(trx, at)
  const cohort = (await findCohortOfReach(trx, scope, cohortId))!
  const nextMeeting = (now: Date) => cohort.meetings.find(({ startsAt }) => startsAt > now)?.startsAt ?? null
  const note = (action: string, facts: Record<string, unknown>, now: Date) => {
    const all = { ...facts, name: cohort.name, regionId: cohort.region.id }
    return audit(trx, actor, { action, subject: `cohort:${cohortId}`, facts: all }, now)
  }
  return { ...cohort, at, nextMeeting, note }
}

type Adding = Readonly<{ cohortId: CohortId; personId: PersonId; institutionId: InstitutionId; kind: SeatKind }>

/** By the rules of joining; a facilitator takes no seat and finds none taken. Writes to whoever is added. */
export function addSeat({ db, spaceUrl }: Deps, actor: Actor, adding: Adding, now: Date) {
  return db.transaction().execute((trx) => addSeatIn(trx, spaceUrl, actor, adding, now))
}

async function addSeatIn(trx: Trx, spaceUrl: string, actor: Actor, adding: Adding, now: Date) {
  const { cohortId, personId, institutionId, kind } = adding
  const cohort = await openCohort(trx, actor, cohortId)
  if (!cohort) return notFound()
  const [person] = await loadCandidates(trx, scopeOf(actor), [personId], now)
  if (!person) return refuse('cohort.person_unknown', { personId })
  const seat = await findSeatOfPerson(trx, cohort.at, personId)
  const decided = decideSeat(kind, cohort, {
    isTest: person.isTest,
    seat,
    ties: person.affiliations,
    comesFrom: institutionId,
  })
  if (!decided.ok) return decided
  const { status } = decided.value
  const id = await giveSeat(trx, { ...cohort.at, personId, institutionId, kind, status }, now)
  await closeAsk(trx, cohort.at, personId, null)
  await cohort.note('seat.added', { person: person.name, kind, status }, now)
  if (person.email) {
    const about = { ...cohort, firstMeetingAt: cohort.nextMeeting(now), spaceUrl }
    const mail = invitationMail(about, { ...person, kind, isWaitlisted: status === 'waitlisted' })
    await queueMail(trx, { ...mail, to: person.email, networkId: actor.networkId }, now)
  }
  return ok({ id, status })
}

type One = Readonly<{ cohortId: CohortId; seatId: SeatId }>

/**
 * Frees the seat and gives it to nobody yet, so that it can be undone. Grades are untouched. Who was asked into it can no longer
 * take it by saying yes again.
 */
export function removeSeat(db: Db, actor: Actor, { cohortId, seatId }: One, now: Date) {
  return db.transaction().execute(async (trx) => {
    const cohort = await openCohort(trx, actor, cohortId)
    const seat = cohort && (await findSeat(trx, cohort.at, seatId))
    if (!cohort || !seat) return notFound()
    if (seat.status === 'left') return ok(undefined)
    await setSeatStatus(trx, cohort.at, [seatId], 'left')
    await closeAsk(trx, cohort.at, seat.personId, now)
    await repairRoundsOfCohort(trx, actor.networkId, cohortId, 'left_cohort', now)
    await cohort.note('seat.removed', { person: seat.name, kind: seat.kind }, now)
    return ok(undefined)
  })
}

/** Undo of a removal; a seat that was given away meanwhile is waited for in the old order. */
export function restoreSeat(db: Db, actor: Actor, { cohortId, seatId }: One, now: Date) {
  return db.transaction().execute(async (trx) => {
    const cohort = await openCohort(trx, actor, cohortId)
    const seat = cohort && (await findSeat(trx, cohort.at, seatId))
    if (!cohort || !seat) return notFound()
    if (seat.status !== 'left') return ok({ status: seat.status })
    const status = restoreSeatTo(seat.kind, cohort.seats, seat.waitingEarlier)
    await setSeatStatus(trx, cohort.at, [seatId], status)
    await closeAsk(trx, cohort.at, seat.personId, null)
    await repairRoundsOfCohort(trx, actor.networkId, cohortId, 'back_in_cohort', now)
    await cohort.note('seat.restored', { person: seat.name, status }, now)
    return ok({ status })
  })
}

/** Gives the free seats to those who wait, in order, and writes to each of them. */
export function fillSeats({ db, spaceUrl }: Deps, actor: Actor, cohortId: CohortId, now: Date) {
  return db.transaction().execute(async (trx) => {
    const cohort = await openCohort(trx, actor, cohortId)
    if (!cohort) return notFound()
    const given = await giveFreeSeats(trx, cohort.at, spaceUrl, now)
    if (given) await cohort.note('seat.given', { given }, now)
    return ok({ given })
  })
}
