import { decideLeave, seatsToGive } from '@copractice/core/cohort'
import type { SpaceSession } from '@copractice/core/directory'
import { ok, refuse } from '@copractice/core/kernel'
import {
  findOwnSeat,
  findSpace,
  firstWaitingForSeat,
  lockSeats,
  setSeatStatus,
  type SpaceFound,
} from '@copractice/store/cohort'
import type { Db, Trx } from '@copractice/store/database'
import { nextMeetingStart } from '@copractice/store/meeting'
import { queueMail } from '../notice/index.ts'
import { repairRoundsOfCohort } from '../review/index.ts'
import { invitationMail } from './invitation-mail.ts'

/** `spaceUrl`: where people without an LMS sign in. */
type Deps = Readonly<{ db: Db; spaceUrl: string }>

/**
 * The session's person gives up their seat or their place on the waitlist. Nothing in the gradebook is touched; reviews
 * that they had to write go to others. A seat
 * that becomes free goes to the first who waits, with a mail, in the same transaction.
 */
export async function leaveCohort({ db, spaceUrl }: Deps, { actor, cohortId }: SpaceSession, now: Date) {
  if (!cohortId) return refuse('cohort.unknown', {})
  const at = { networkId: actor.networkId, cohortId }
  return db.transaction().execute(async (trx) => {
    if (!(await findSpace(trx, at))) return refuse('cohort.unknown', {})
    await lockSeats(trx, at)
    const seat = await findOwnSeat(trx, at, actor.personId)
    const decided = decideLeave(seat)
    if (!decided.ok) return decided
    await setSeatStatus(trx, at, [seat!.id], 'left')
    await repairRoundsOfCohort(trx, at.networkId, cohortId, 'left_cohort', now)
    if (decided.value.freesSeat) await giveFreeSeats(trx, (await findSpace(trx, at))!, spaceUrl, now)
    return ok({ standing: 'left' as const })
  })
}

async function giveFreeSeats(trx: Trx, space: SpaceFound, spaceUrl: string, now: Date): Promise<void> {
  const waiting = await firstWaitingForSeat(trx, space, seatsToGive(space.seats))
  await setSeatStatus(
    trx,
    space,
    waiting.map(({ id }) => id),
    'seated',
  )
  const about = { ...space, spaceUrl, firstMeetingAt: await nextMeetingStart(trx, space, now) }
  const mails = waiting.flatMap(({ email, ...person }) =>
    email
      ? [{ ...invitationMail(about, { ...person, isWaitlisted: false }), to: email, networkId: space.networkId }]
      : [],
  )
  await queueMail(trx, mails, now)
}
