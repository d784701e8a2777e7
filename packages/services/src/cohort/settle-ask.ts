import { decideAsk, decideSeat, kindOfYes } from '@copractice/core/cohort'
import { ok, refuse, type NetworkId } from '@copractice/core/kernel'
import {
  findAsk,
  findCohortOfReach,
  findSeatOfPerson,
  giveSeat,
  lastWaitingSince,
  loadCandidates,
  lockSeats,
  saveAskAnswer,
  setSeatStatus,
} from '@copractice/store/cohort'
import type { Trx } from '@copractice/store/database'
import { repairRoundsOfCohort } from '../review/index.ts'
import { giveFreeSeats } from './give-free-seats.ts'
import { behind } from './join-cohort.ts'

const unknown = () => refuse('ask.unknown', {})
/** `mayLeave`: a seat that is in use already is given back all the same. */
type Said = Readonly<{
  networkId: NetworkId
  id: string
  answer: 'yes' | 'no' | null
  mayLeave: boolean
  spaceUrl: string
}>

/**
 * The person's own answer to being asked on: yes takes a seat by the rules of joining, or a place on the waitlist; no, or
 * taking the answer back, gives it back, and it goes to the first who waits. Grades are untouched either way.
 */
export async function settleAsk(trx: Trx, { networkId, id, answer, mayLeave, spaceUrl }: Said, now: Date) {
  const asked = await findAsk(trx, networkId, id)
  if (!asked) return unknown()
  const at = { networkId, cohortId: asked.cohortId }
  await lockSeats(trx, at)
  const ask = (await findAsk(trx, networkId, id))!
  const held = ask.seat === 'left' ? null : ask.seat
  const decided = decideAsk({ ...ask, held, isUsed: ask.isUsed && !mayLeave }, answer)
  if (!decided.ok) return decided
  if (decided.value === 'give_back') {
    await setSeatStatus(trx, at, [ask.seatId!], 'left')
    await repairRoundsOfCohort(trx, networkId, ask.cohortId, 'left_cohort', now)
    await giveFreeSeats(trx, at, spaceUrl, now)
  }
  const taken = decided.value === 'take' ? await takeSeat(trx, at, ask, now) : null
  if (taken && !taken.ok) return taken
  await saveAskAnswer(trx, networkId, { id, answer }, now)
  return ok({ place: taken ? taken.value : decided.value === 'keep' ? held : null })
}

type Found = NonNullable<Awaited<ReturnType<typeof findAsk>>>

async function takeSeat(trx: Trx, at: Parameters<typeof lockSeats>[1], ask: Found, now: Date) {
  const { personId, institutionId } = ask
  // The person acts for themselves here: whoever administers what is beside the point.
  const anywhere = { networkId: at.networkId, reach: { regions: 'all', institutions: [] } } as const
  const cohort = (await findCohortOfReach(trx, anywhere, at.cohortId))!
  const [person] = await loadCandidates(trx, anywhere, [personId], now)
  const seat = await findSeatOfPerson(trx, at, personId)
  const kind = kindOfYes(ask.kind, seat)
  const decided = decideSeat(kind, cohort, {
    isTest: person!.isTest,
    seat,
    ties: person!.affiliations,
    comesFrom: institutionId,
  })
  // They hold no place, so they are not in it already.
  if (!decided.ok)
    return decided.refusal.code === 'cohort.already_in' ? unknown() : { ...decided, refusal: decided.refusal }
  const { status } = decided.value
  const since = status === 'waitlisted' ? behind(await lastWaitingSince(trx, at), now) : now
  await giveSeat(trx, { ...at, personId, institutionId, kind, status }, since)
  return ok(status)
}
