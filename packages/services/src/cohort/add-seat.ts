import { decideSeat, type SeatKind } from '@copractice/core/cohort'
import type { Actor } from '@copractice/core/directory'
import { ok, refuse, type CohortId, type InstitutionId, type PersonId } from '@copractice/core/kernel'
import { closeAsk, findSeatOfPerson, giveSeat, loadCandidates } from '@copractice/store/cohort'
import type { Db, Trx } from '@copractice/store/database'
import { notFound, scopeOf } from '../directory/administrator.ts'
import { queueMail } from '../notice/index.ts'
import { lockCohortInReach } from './cohort-in-reach.ts'
import { invitationMail } from './invitation-mail.ts'

/** `spaceUrl`: where people without an LMS sign in. */
type Deps = Readonly<{ db: Db; spaceUrl: string }>
type Adding = Readonly<{ cohortId: CohortId; personId: PersonId; institutionId: InstitutionId; kind: SeatKind }>

/** By the rules of joining; a facilitator takes no seat and finds none taken. Writes to whoever is added. */
export function addSeat({ db, spaceUrl }: Deps, actor: Actor, adding: Adding, now: Date) {
  return db.transaction().execute((trx) => addSeatIn(trx, spaceUrl, actor, adding, now))
}

async function addSeatIn(trx: Trx, spaceUrl: string, actor: Actor, adding: Adding, now: Date) {
  const { cohortId, personId, institutionId, kind } = adding
  const cohort = await lockCohortInReach(trx, actor, cohortId)
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
  await cohort.note(trx, 'seat.added', { person: person.name, kind, status }, now)
  if (person.email) {
    const about = { ...cohort, firstMeetingAt: cohort.nextMeeting(now), spaceUrl }
    const mail = invitationMail(about, { ...person, kind, isWaitlisted: status === 'waitlisted' })
    await queueMail(trx, { ...mail, to: person.email, networkId: actor.networkId }, now)
  }
  return ok({ id, status })
}
