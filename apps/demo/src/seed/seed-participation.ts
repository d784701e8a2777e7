import type { CohortId, MeetingId, NetworkId, PersonId } from '@copractice/core/kernel'
import { functionsOf, type AgendaItem } from '@copractice/core/meeting'
import type { Db } from '@copractice/store/database'
import { insertCommitment, noteAttendance, replaceAgenda, saveCheck } from '@copractice/store/meeting'

const DAY = 86_400_000
const AGENDA: readonly AgendaItem[] = [
  { title: 'Who is here', kind: 'check_in', minutes: 15, ledBy: 'everyone', functions: ['cultivate'] },
  {
    title: 'A story and what it asks',
    kind: 'story_to_principles',
    minutes: 40,
    ledBy: 'everyone',
    functions: ['educate'],
  },
  { title: 'What others tried', kind: 'resource_discussion', minutes: 20, ledBy: 'one_person', functions: ['support'] },
  { title: 'What each will do', kind: 'open_space', minutes: 15, ledBy: 'everyone', functions: ['encourage'] },
]
const PROMISES = [
  'Ask the food hub before I plan the next course, not after.',
  'Read one budget together with our partner.',
  'Leave ten minutes at the end for who has not spoken.',
  'Write down who decided what, and send it round.',
  'Pay the bus fare of the people we invite.',
  'Bring a partner to the next planning meeting.',
]

/** Who came to what was held, what was planned for it, and what people said they would do. */
export async function seedParticipation(db: Db, networkId: NetworkId, now: Date): Promise<void> {
  const meetings = await db
    .selectFrom('meeting')
    .select(['id', 'cohort_id as cohortId', 'ends_at as endsAt'])
    .where('network_id', '=', networkId)
    .orderBy('starts_at')
    .execute()
  const seats = await db
    .selectFrom('seat')
    .select(['cohort_id as cohortId', 'person_id as personId', 'kind'])
    .where('network_id', '=', networkId)
    .where('status', '=', 'seated')
    .orderBy('person_id')
    .execute()
  const seatsOf = Map.groupBy(seats, ({ cohortId }) => cohortId)
  await db.transaction().execute(async (trx) => {
    for (const [number, { id, cohortId, endsAt }] of meetings.entries()) {
      const meeting = { networkId, meetingId: id as MeetingId }
      await replaceAgenda(trx, meeting, AGENDA, functionsOf(AGENDA))
      const there = seatsOf.get(cohortId) ?? []
      if (endsAt > now) continue
      for (const [place, { personId }] of there.entries()) {
        if ((number + place) % 6 === 5) continue
        const by = (there.find(({ kind }) => kind === 'facilitator') ?? there[0]!).personId as PersonId
        await noteAttendance(trx, { ...meeting, personId: personId as PersonId, by, isPresent: true }, endsAt)
      }
    }
    for (const [cohortId, there] of seatsOf) {
      for (const [place, { personId }] of there
        .filter(({ kind }) => kind !== 'facilitator')
        .slice(0, 8)
        .entries()) {
        const space = { networkId, cohortId: cohortId as CohortId, personId: personId as PersonId }
        const id = await insertCommitment(trx, space, PROMISES[place % PROMISES.length]!, new Date(+now - 33 * DAY))
        if (place < 5) await saveCheck(trx, space, id, { after: 30, kept: 'kept', outcome: '' }, now)
      }
    }
  })
}
