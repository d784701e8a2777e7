import { randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { AssignmentId, CohortId, NetworkId, PersonId, RoundId, UploadId } from '@copractice/core/kernel'
import type { Db, OpenDatabase } from '../database.ts'
import { openTestDb } from '../testing/index.ts'
import * as repo from './index.ts'

const now = new Date('2026-03-01T12:00:00Z')
let open: OpenDatabase, db: Db
let here: NetworkId, elsewhere: NetworkId, cohortId: CohortId, ana: PersonId, ben: PersonId, roundId: RoundId

beforeAll(async () => {
  open = await openTestDb()
  db = open.db
  here = await network()
  elsewhere = await network()
  ana = await person('Ana')
  ben = await person('Ben')
  const region = await db
    .insertInto('region')
    .values({ network_id: here, name: 'R' })
    .returning('id')
    .executeTakeFirstOrThrow()
  await db.insertInto('policy_pack').values({ network_id: here, version: 1, limits: '{}' }).execute()
  const cohort = await db
    .insertInto('cohort')
    .values({
      network_id: here,
      region_id: region.id,
      name: 'Willow',
      theme: '',
      time_zone: 'UTC',
      policy_version: 1,
      convening_id: null,
      submission_deadline: null,
      created_by: null,
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  cohortId = cohort.id as CohortId
  roundId = await repo.insertRound(db, here, { ...round, cohortId, createdBy: ana, createdAt: now })
})
afterAll(() => open.close())

async function network(): Promise<NetworkId> {
  const slug = randomUUID()
  const { id } = await db
    .insertInto('network')
    .values({ name: slug, slug, time_zone: 'UTC' })
    .returning('id')
    .executeTakeFirstOrThrow()
  return id as NetworkId
}
async function person(name: string): Promise<PersonId> {
  const { id } = await db
    .insertInto('person')
    .values({ network_id: here, name, pronouns: null, email: null, time_zone: null })
    .returning('id')
    .executeTakeFirstOrThrow()
  return id as PersonId
}
const round = {
  title: 'Action plan',
  instructions: '',
  rubric: { criteria: [] },
  reviewsPerSubmission: 2,
  anonymity: 'double' as const,
  sameCampus: 'avoid' as const,
  submitUntil: now,
  reviewUntil: new Date(+now + 1000),
  timeZone: 'UTC',
  workMaximum: 20,
  reviewingMaximum: 10,
  seed: 2_147_483_647,
  workKinds: ['link', 'portfolio'] as const,
  filesAtMost: 3,
  latePolicy: { kind: 'deducted', percentPerDay: 10, percentAtMost: 30, graceMinutes: 15 } as const,
  submitFirst: false,
  selfAssessment: true,
  advance: 'by_date' as const,
  openFrom: new Date(+now - 1000),
  reviseUntil: new Date(+now + 2000),
  method: 'model' as const,
  reviewerWeights: { agreement: 50, completeness: 30, helpfulness: 20 },
  gradeComment: { include: ['reviews'] as 'reviews'[], own: '' },
}
const unset = {
  rubricVersionId: null,
  copiedFrom: null,
  stalledAt: null,
  stalledWhy: null,
  lastReviewUntil: round.reviewUntil,
}

it('reads a round back as it was written, and changes only what is given', async () => {
  expect(await repo.findRound(db, here, roundId)).toEqual({ ...round, ...unset, roundId, cohortId, phase: 'draft' })
  await repo.updateRound(db, here, roundId, { title: 'Second draft', phase: 'submit' })
  expect(await repo.findRound(db, here, roundId)).toEqual({
    ...round,
    ...unset,
    roundId,
    cohortId,
    title: 'Second draft',
    phase: 'submit',
  })
})

it('hides another network’s round, work, file and review, and throws rather than write them', async () => {
  const place = { networkId: here, roundId, authorId: ana }
  const file = { fileName: 'plan.pdf', mediaType: 'application/pdf', bytes: 3, storageKey: 'k' }
  const uploadId = await repo.insertUpload(db, { ...file, networkId: here, ownerId: ana, uploadedAt: now })
  await db.transaction().execute((trx) => repo.saveWork(trx, place, { body: 'One desk', fileIds: [uploadId] }, now))
  const work = await repo.findWork(db, place)
  expect(work).toMatchObject({ body: 'One desk', status: 'draft', files: [{ ...file, uploadId }] })
  await db
    .transaction()
    .execute((trx) =>
      repo.insertAssignments(trx, here, roundId, [[work!.submissionId, ben]], { origin: 'dealt', at: now }),
    )
  const [assignment] = await repo.listAssignments(db, here, roundId)
  expect(assignment).toMatchObject({ authorId: ana, reviewerId: ben, marks: [], savedAt: null })
  const id = assignment!.assignmentId

  expect(await repo.findRound(db, elsewhere, roundId)).toBeUndefined()
  expect(await repo.findWork(db, { ...place, networkId: elsewhere })).toBeUndefined()
  expect(await repo.findUpload(db, elsewhere, uploadId)).toBeUndefined()
  expect(await repo.findUpload(db, here, randomUUID() as UploadId)).toBeUndefined()
  expect(await repo.findAssignment(db, elsewhere, id)).toBeUndefined()
  expect(await repo.findAssignment(db, here, randomUUID() as AssignmentId)).toBeUndefined()
  expect(await repo.listAssignments(db, elsewhere, roundId)).toEqual([])
  expect(await repo.listReviewsOfRound(db, elsewhere, ben, roundId)).toEqual([])
  await expect(repo.updateRound(db, elsewhere, roundId, { title: 'Mine now' })).rejects.toThrow(/no result/)
  const draft = { marks: [], comment: '', savedAt: now, filedAt: null }
  await expect(db.transaction().execute((trx) => repo.saveReviewDraft(trx, elsewhere, id, draft))).rejects.toThrow(
    /no result/,
  )
})

it('lists a cohort’s rounds newest first, page by page, with counts and the reader’s standing', async () => {
  const second = await repo.insertRound(db, here, { ...round, cohortId, createdBy: ana, createdAt: new Date(+now + 1) })
  const scope = { networkId: here, cohortId, personId: ben, withDrafts: true }
  const first = await repo.listRounds(db, scope, { limit: 1 })
  expect(first.items[0]!.round.roundId).toBe(second)
  const { items, next } = await repo.listRounds(db, scope, { limit: 1, after: first.next! })
  expect(items).toMatchObject([
    { round: { roundId }, standing: { workStatus: null, assigned: 1, filed: 0 }, progress: { reviewsAssigned: 1 } },
  ])
  expect(next).toBeNull()
  expect((await repo.listRounds(db, { ...scope, withDrafts: false }, { limit: 9 })).items).toHaveLength(1)
})

it('deals more reviews than a statement has parameters for, and counts no hidden one as owed', async () => {
  const big = await repo.insertRound(db, here, { ...round, cohortId, createdBy: ana, createdAt: now })
  const { rows: people } = await sql<{ id: PersonId }>`insert into person (network_id, name)
    select ${here}, 'P' from generate_series(1, 100) returning id`.execute(db)
  const { rows: works } = await sql<{ id: string }>`insert into submission
    (network_id, round_id, author_id, body, status, saved_at) select ${here}, ${big}, id, '', 'submitted', ${now} from person where network_id = ${here} and name = 'P' returning id`.execute(
    db,
  )
  const pairs = works.flatMap((work) => people.slice(0, 90).map((person) => [work.id, person.id] as const))
  const dealt = { origin: 'dealt' as const, at: now }
  await db.transaction().execute((trx) => repo.insertAssignments(trx, here, big, pairs, dealt))
  expect(await repo.listAssignments(db, here, big)).toHaveLength(9000)
  const hide = db.updateTable('review_assignment').set({ hidden_at: now }).where('submission_id', '=', works[0]!.id)
  await hide.execute()
  expect(await repo.findRoundWithCounts(db, here, big, people[0]!.id)).toMatchObject({ standing: { assigned: 99 } })
  expect(await repo.findRoundWithCounts(db, here, big, ana)).toMatchObject({ progress: { reviewsAssigned: 8910 } })
})
