import type { Actor } from '@copractice/core/directory'
import { ok, refuse, type CohortId, type SeatId } from '@copractice/core/kernel'
import { listSeats } from '@copractice/store/cohort'
import type { Db } from '@copractice/store/database'
import { notFound } from '../directory/administrator.ts'
import { queueMail } from '../notice/index.ts'
import { cohortInReach } from './cohort-in-reach.ts'
import { invitationMail } from './invitation-mail.ts'

/** `sendSignInLink` asks the space's sign-in for a link; it answers alike whether it mails one or not. */
type Deps = Readonly<{ db: Db; spaceUrl: string; sendSignInLink: (email: string) => Promise<void> }>
type One = Readonly<{ cohortId: CohortId; seatId: SeatId }>

/** Writes once more how to come in; whoever signs in by mail gets a fresh link as well. */
export async function inviteAgain({ db, spaceUrl, sendSignInLink }: Deps, actor: Actor, one: One, now: Date) {
  const { cohortId, seatId } = one
  const cohort = await cohortInReach(db, actor, cohortId)
  const seats = cohort ? await listSeats(db, cohort.at) : []
  const seat = seats.find(({ id }) => id === seatId)
  if (!cohort || !seat) return notFound()
  const { email, name } = seat.person
  if (!email) return refuse('cohort.no_address', {})

  await db.transaction().execute(async (trx) => {
    const invited = { ...seat, name, isWaitlisted: seat.status === 'waitlisted' }
    const mail = invitationMail({ ...cohort, firstMeetingAt: cohort.nextMeeting(now), spaceUrl }, invited)
    await queueMail(trx, { ...mail, to: email, networkId: actor.networkId }, now)
    await cohort.note(trx, 'seat.invited_again', { person: name }, now)
  })
  if (seat.signsInByMail && seat.status === 'seated') await sendSignInLink(email)
  return ok(undefined)
}
