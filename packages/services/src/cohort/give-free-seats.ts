import { seatsToGive } from '@copractice/core/cohort'
import { findSpace, firstWaitingForSeat, setSeatStatus, type Space } from '@copractice/store/cohort'
import type { Trx } from '@copractice/store/database'
import { nextMeetingStart } from '@copractice/store/meeting'
import { queueMail } from '../notice/index.ts'
import { invitationMail } from './invitation-mail.ts'

/** Seats that became free go to the first who wait, with a mail; says how many. The caller holds the lock of the cohort's seats. */
export async function giveFreeSeats(trx: Trx, at: Space, spaceUrl: string, now: Date): Promise<number> {
  const space = (await findSpace(trx, at))!
  const waiting = await firstWaitingForSeat(trx, space, seatsToGive(space.seats))
  if (!waiting.length) return 0
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
  return waiting.length
}
