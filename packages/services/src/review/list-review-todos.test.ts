import { afterAll, beforeAll, expect, it } from 'vitest'
import type { Actor } from '@copractice/core/directory'
import type { RoundId } from '@copractice/core/kernel'
import type { OpenDatabase } from '@copractice/store/database'
import { updateRound } from '@copractice/store/review'
import { openTestDb } from '@copractice/store/testing'
import { addRound, actorFor, seedNetwork, type SeededNetwork } from '../testing/index.ts'
import { allocateRound, fileReview, handIn, listReviews, listReviewTodos, saveWork } from './index.ts'

const HOUR = 3_600_000
const now = new Date('2026-03-01T12:00:00Z')
const submitUntil = new Date(+now + 24 * HOUR)
const reviewUntil = new Date(+now + 48 * HOUR)
let open: OpenDatabase, seeded: SeededNetwork, roundId: RoundId
let actors: Record<'ana' | 'ravi' | 'hana' | 'finn' | 'rosa', Actor>

beforeAll(async () => {
  open = await openTestDb()
  seeded = await seedNetwork(open.db, { now })
  const { networkId, cohortId, people, links } = seeded
  const through = (who: keyof typeof people, courseLinkId: typeof links.riverside) =>
    actorFor(open.db, { networkId, personId: people[who], courseLinkId, now })
  actors = {
    ana: await through('ana', links.riverside),
    ravi: await through('ravi', links.riverside),
    hana: await through('hana', links.hillside),
    finn: await actorFor(open.db, { networkId, personId: people.finn, cohortId, now }),
    rosa: await through('rosa', links.riverside),
  }
  const levels = [0, 1].map((points) => ({ points, label: `${points}`, descriptor: '' }))
  roundId = await addRound(open.db, seeded, now, {
    rubric: { criteria: [{ id: 'whole', title: 'Whole', description: '', levels, commentRequired: false }] },
    submitUntil,
    reviewUntil,
  })
})
afterAll(() => open.close())

const todos = (who: keyof typeof actors, at = now) => listReviewTodos(open.db, actors[who], seeded.cohortId, at)
const round = { roundTitle: 'Action plan' }

it('asks for nothing while the round is a draft', async () => {
  expect(await todos('ana')).toEqual([])
})

it('asks for the work until it is handed in or due, with the draft’s age', async () => {
  await updateRound(open.db, seeded.networkId, roundId, { phase: 'submit' })
  expect(await todos('ana')).toEqual([
    { kind: 'submit_work', roundId, ...round, draftSavedAt: null, dueAt: submitUntil },
  ])
  await saveWork(open.db, actors.ana, { roundId, body: 'One front desk', basedOn: null }, now)
  expect(await todos('ana')).toMatchObject([{ kind: 'submit_work', draftSavedAt: now }])
  expect(await todos('ana', new Date(+submitUntil + 1))).toEqual([])
  await handIn(open.db, actors.ana, roundId, now)
  expect(await todos('ana')).toEqual([])
})

it('asks for the reviews until they are sent or due', async () => {
  for (const who of ['ravi', 'hana'] as const) {
    await saveWork(open.db, actors[who], { roundId, body: 'A garden', basedOn: null }, now)
    await handIn(open.db, actors[who], roundId, now)
  }
  const order = { roundId, preview: false, withoutWork: false }
  expect((await allocateRound(open.db, actors.rosa, order, now)).ok).toBe(true)
  expect(await todos('ana')).toEqual([
    { kind: 'write_reviews', nextAssignmentId: expect.any(String), ...round, left: 2, of: 2, dueAt: reviewUntil },
  ])
  for (const who of ['ana', 'ravi', 'hana'] as const) {
    const { items } = await listReviews(open.db, actors[who], { cohortId: seeded.cohortId, limit: 50 }, now)
    for (const { assignmentId } of items) {
      const draft = { marks: [{ criterionId: 'whole', points: 1, comment: '' }], comment: '', basedOn: null }
      expect((await fileReview(open.db, actors[who], { assignmentId, ...draft }, now)).ok).toBe(true)
    }
  }
  expect(await todos('ana')).toEqual([])
})

it('offers the reviews received once nobody can file any more, for a month', async () => {
  const settled = new Date(+reviewUntil + 1)
  expect(await todos('ana', settled)).toEqual([{ kind: 'read_reviews', roundId, ...round, received: 2, dueAt: null }])
  expect(await todos('ana', new Date(+reviewUntil + 31 * 24 * HOUR))).toEqual([])
})

it('asks nothing of facilitators and instructors', async () => {
  expect(await todos('finn')).toEqual([])
  expect(await todos('rosa')).toEqual([])
})

it('an instructor is asked to answer their own learners’ open appeals, round by round', async () => {
  const { networkId, people } = seeded
  const [round] = await open.db.selectFrom('review_round').select(['id', 'title']).limit(1).execute()
  const appeal = {
    network_id: networkId,
    round_id: round!.id,
    grade_column: 'work' as const,
    reason: 'Why',
    raised_at: now,
  }
  const raised = (person_id: string, change = {}) => ({ ...appeal, person_id, ...change })
  await open.db
    .insertInto('appeal')
    .values([
      raised(people.ana),
      raised(people.ravi, { status: 'answered' }),
      raised(people.hana, { raised_at: new Date(+now - 1000) }),
    ])
    .execute()
  const hugo = await actorFor(open.db, { networkId, personId: people.hugo, courseLinkId: seeded.links.hillside, now })
  const todo = { kind: 'answer_appeals', roundId: round!.id, roundTitle: round!.title, open: 1, dueAt: null }
  expect(await todos('rosa')).toEqual([{ ...todo, since: now }])
  expect(await listReviewTodos(open.db, hugo, seeded.cohortId, now)).toEqual([
    { ...todo, since: new Date(+now - 1000) },
  ])
})
