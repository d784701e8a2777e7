import { sql } from 'kysely'
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { Actor } from '@copractice/core/directory'
import type { OpenDatabase } from '@copractice/store/database'
import { updateRound } from '@copractice/store/review'
import { openTestDb } from '@copractice/store/testing'
import { addRound, seedNetwork, type SeededNetwork } from '@copractice/services/testing'
import { previewPublish, publishScores } from '@copractice/services/gradebook'

const now = new Date('2026-03-09T12:00:00Z')
const levels = [0, 5, 10].map((points) => ({ points, label: `${points}`, descriptor: '' }))
let open: OpenDatabase, seeded: SeededNetwork
beforeAll(async () => {
  open = await openTestDb()
  seeded = await seedNetwork(open.db, { now })
})
afterAll(() => open.close())

/** A closed round in which so many learners of Riverside's course hand in, review the next and are reviewed. */
async function closedRound(count: number) {
  const { networkId, cohortId, courses, people } = seeded
  const roundId = await addRound(open.db, seeded, now, {
    rubric: { criteria: [{ id: 'whole', title: 'Whole', description: '', levels, commentRequired: false }] },
    reviewsPerSubmission: 1,
    submitUntil: new Date(+now - 7_200_000),
    reviewUntil: new Date(+now - 3_600_000),
  })
  await updateRound(open.db, networkId, roundId, { phase: 'closed' })
  await sql`with added as (
      insert into person (network_id, name) select ${networkId}::uuid, 'Learner ' || n
      from generate_series(1, ${count}::int) n returning id),
    seated as (
      insert into seat (network_id, cohort_id, person_id, institution_id, kind, status, since)
      select ${networkId}::uuid, ${cohortId}::uuid, added.id, s.institution_id, 'participant', 'seated', ${new Date(+now - 86_400_000)}::timestamptz
      from added, seat s where s.person_id = ${people.ana} and s.cohort_id = ${cohortId}),
    enrolled as (
      insert into course_member (network_id, course_id, person_id, lms_user_id, role, role_from, seen_at)
      select ${networkId}::uuid, ${courses.riverside}::uuid, id, id::text, 'learner', 'roster', now() from added)
    insert into submission (network_id, round_id, author_id, status, saved_at, submitted_at)
      select ${networkId}::uuid, ${roundId}::uuid, id, 'submitted', now(), now() from added`.execute(open.db)
  await sql`with works as (
      select id, author_id, row_number() over (order by id) as place from submission where round_id = ${roundId})
    insert into review_assignment (network_id, round_id, submission_id, reviewer_id, marks, comment, saved_at, filed_at)
      select ${networkId}::uuid, ${roundId}::uuid, w.id, next.author_id,
        '[{"criterionId":"whole","points":10,"comment":""}]', 'Clear from start to end.', now(), now()
      from works w join works next on next.place = w.place % ${count}::int + 1`.execute(open.db)
  return roundId
}

it('sends 10,000 scores of one large course in one go, each with its comment', async () => {
  const { networkId, cohortId, courses, people } = seeded
  const rosa: Actor = {
    networkId,
    personId: people.rosa,
    grants: [],
    seats: [],
    courses: [{ courseId: courses.riverside, role: 'instructor', cohortIds: [cohortId] }],
  }
  const roundId = await closedRound(5000)
  const preview = await previewPublish(open.db, rosa, roundId, now)
  if (!preview.ok) throw new Error(preview.refusal.code)
  const { counts, fingerprint } = preview.value
  expect(counts).toMatchObject({ toSend: 10_000, learnersToSend: 5000 })
  const sent = await publishScores(open.db, rosa, { roundId, fingerprint }, now)
  expect(sent).toEqual({ ok: true, value: { sent: 10_000, learners: 5000 } })
  const rows = await open.db
    .selectFrom('score_delivery')
    .select(['comment', sql<number>`count(*)::int`.as('count')])
    .where('round_id', '=', roundId)
    .where('status', '=', 'waiting')
    .groupBy('comment')
    .orderBy('comment')
    .execute()
  expect(rows).toEqual([
    { comment: '', count: 5000 },
    { comment: 'Review 1: Clear from start to end.', count: 5000 },
  ])
})
