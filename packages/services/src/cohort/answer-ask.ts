import { decideSeat } from '@copractice/core/cohort'
import { ok, refuse } from '@copractice/core/kernel'
import {
  findAsk,
  findCohortOfReach,
  findSeatOfPerson,
  giveSeat,
  listMeetingsOfCohort,
  loadCandidates,
  lockSeats,
  saveAskAnswer,
  setSeatStatus,
} from '@copractice/store/cohort'
import type { Db } from '@copractice/store/database'
import { readLinkToken } from '../notice/index.ts'
import { repairRoundsOfCohort } from '../review/index.ts'

type Deps = Readonly<{ db: Db; secret: string }>
const unknown = () => refuse('ask.unknown', {})
const placeOf = (status: 'seated' | 'waitlisted' | 'left' | null) => (status === 'left' ? null : status)

/** What somebody is asked by the link of a mail. */
export async function showAsk({ db, secret }: Deps, token: string) {
  const link = readLinkToken(secret, 'ask', token)
  const ask = link && (await findAsk(db, link.networkId, link.id))
  if (!link || !ask) return unknown()
  const { name, kind, answer, cohort, theme, timeZone, before, seat, cohortId } = ask
  const meetings = await listMeetingsOfCohort(db, { networkId: link.networkId, cohortId })
  return ok({ name, kind, answer, place: placeOf(seat), cohort: { name: cohort, theme, timeZone }, before, meetings })
}

type Answer = Readonly<{ token: string; answer: 'yes' | 'no' }>

/**
 * The person's own yes takes a seat by the rules of joining, or a place on the waitlist; their no gives it back. The last
 * answer counts. Grades are untouched either way.
 */
export function answerAsk({ db, secret }: Deps, { token, answer }: Answer, now: Date) {
  return db.transaction().execute(async (trx) => {
    const link = readLinkToken(secret, 'ask', token)
    const asked = link && (await findAsk(trx, link.networkId, link.id))
    if (!link || !asked) return unknown()
    const { networkId } = link
    const at = { networkId, cohortId: asked.cohortId }
    await lockSeats(trx, at)
    const ask = (await findAsk(trx, networkId, link.id))!
    const held = placeOf(ask.seat)
    if (answer === 'no') {
      if (held && ask.seatId) {
        await setSeatStatus(trx, at, [ask.seatId], 'left')
        await repairRoundsOfCohort(trx, networkId, ask.cohortId, 'left_cohort', now)
      }
      await saveAskAnswer(trx, networkId, { id: link.id, answer }, now)
      return ok({ place: null })
    }
    if (held) {
      await saveAskAnswer(trx, networkId, { id: link.id, answer }, now)
      return ok({ place: held })
    }
    // The person acts for themselves here: whoever administers what is beside the point.
    const anywhere = { networkId, reach: { regions: 'all', institutions: [] } } as const
    const cohort = (await findCohortOfReach(trx, anywhere, ask.cohortId))!
    const [person] = await loadCandidates(trx, anywhere, [ask.personId], now)
    const decided = decideSeat(ask.kind, cohort, {
      isTest: person!.isTest,
      seat: await findSeatOfPerson(trx, at, ask.personId),
      ties: person!.affiliations,
      comesFrom: ask.institutionId,
    })
    // They hold no place, so they are not in it already.
    if (!decided.ok)
      return decided.refusal.code === 'cohort.already_in' ? unknown() : { ...decided, refusal: decided.refusal }
    const { status } = decided.value
    await giveSeat(
      trx,
      { ...at, personId: ask.personId, institutionId: ask.institutionId, kind: ask.kind, status },
      now,
    )
    await saveAskAnswer(trx, networkId, { id: link.id, answer }, now)
    return ok({ place: status })
  })
}
