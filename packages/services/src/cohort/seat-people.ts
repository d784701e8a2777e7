import { decideSeat } from '@copractice/core/cohort'
import type { Actor } from '@copractice/core/directory'
import { ok, refuse, type CohortId, type InstitutionId, type PersonId } from '@copractice/core/kernel'
import { findSeatsOfPeople, giveSeats, loadCandidates } from '@copractice/store/cohort'
import type { Trx } from '@copractice/store/database'
import { auditAll, notFound, scopeOf } from '../directory/administrator.ts'
import { queueMail } from '../notice/index.ts'
import { lockCohortInReach } from './cohort-in-reach.ts'
import { invitationMail } from './invitation-mail.ts'

type Seating = Readonly<{
  cohortId: CohortId
  people: readonly Readonly<{ personId: PersonId; institutionId: InstitutionId }>[]
}>

/**
 * Seats several participants of one cohort within the caller's transaction, in order and each by the rules of joining, or
 * nobody: refuses `cohort.seat_taken` with the first who finds no seat or may not have one. Writes to them all. As many
 * queries for one as for many. `mailed`: how many had an address.
 */
export async function seatPeopleIn(trx: Trx, spaceUrl: string, actor: Actor, { cohortId, people }: Seating, now: Date) {
  const cohort = await lockCohortInReach(trx, actor, cohortId)
  if (!cohort) return notFound()
  const ids = people.map(({ personId }) => personId)
  const candidates = await loadCandidates(trx, scopeOf(actor), ids, now)
  const known = new Map<string, (typeof candidates)[number]>(candidates.map((person) => [person.id, person]))
  const held = await findSeatsOfPeople(trx, cohort.at, ids)
  let { seats } = cohort
  for (const { personId, institutionId } of people) {
    const person = known.get(personId)
    const joiner = person && {
      isTest: person.isTest,
      seat: held.get(personId),
      ties: person.affiliations,
      comesFrom: institutionId,
    }
    const decided = joiner && decideSeat('participant', { ...cohort, seats }, joiner)
    if (!decided?.ok || decided.value.status !== 'seated') return refuse('cohort.seat_taken', { personId })
    seats = { ...seats, taken: seats.taken + 1 }
  }
  await giveSeats(trx, cohort.at, people, now)
  const subject = `cohort:${cohortId}`
  const facts = { kind: 'participant', status: 'seated', name: cohort.name, regionId: cohort.region.id }
  const entries = candidates.map(({ name }) => ({ action: 'seat.added', subject, facts: { ...facts, person: name } }))
  await auditAll(trx, actor, entries, now)
  const about = { ...cohort, firstMeetingAt: cohort.nextMeeting(now), spaceUrl }
  const mails = candidates.flatMap(({ email, ...person }) => {
    if (!email) return []
    const mail = invitationMail(about, { ...person, kind: 'participant', isWaitlisted: false })
    return [{ ...mail, to: email, networkId: actor.networkId }]
  })
  await queueMail(trx, mails, now)
  return ok({ mailed: mails.length })
}
