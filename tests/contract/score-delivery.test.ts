import { pino } from 'pino'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { GradeColumn } from '@copractice/core/gradebook'
import type { CohortId, CourseId, NetworkId, PersonId, PlatformId, RoundId } from '@copractice/core/kernel'
import { startLmsSimulator, type LmsSimulator, type Profile } from '@copractice/lms-simulator'
import { deliverDueScores } from '@copractice/services/gradebook'
import { claimDueScores, ensureLineItems, insertDeliveries } from '@copractice/store/gradebook'
import { insertRound } from '@copractice/store/review'
import { openTool, type OpenTool } from './lti/open-tool.ts'

const AGS = 'https://purl.imsglobal.org/spec/lti-ags/claim/endpoint'
const LEARNERS = ['100', '101', '102', '103', '104', '105']

const learner = (id: string) => ({
  id,
  name: `Person ${id}`,
  givenName: 'Person',
  familyName: id,
  email: `${id}@x.example`,
  role: 'learner' as const,
})

/** Scores through the outbox, over HTTP, into a strict gradebook that misbehaves. */
describe.each<Profile>(['canvas', 'moodle'])('delivering scores to %s', (profile) => {
  let tool: OpenTool, lms: LmsSimulator, networkId: NetworkId, courseId: CourseId, cohortId: CohortId, roundId: RoundId
  let people: Map<string, PersonId>, platformId: string
  /** Behind the LMS's clock, so that retries can be looked forward to. */
  let now: Date

  beforeAll(async () => {
    tool = await openTool()
    networkId = tool.networkId as NetworkId
    lms = await startLmsSimulator({
      profile,
      name: 'Riverside State',
      port: 0,
      courses: [
        {
          id: 'c',
          title: 'C',
          label: 'C',
          term: 'T',
          people: [...LEARNERS, 'gone'].map(learner),
          links: [{ id: 'l', title: 'L', kind: 'navigation' }],
        },
      ],
    })
    ;({ platformId } = await tool.connect(lms))
    const network_id = networkId
    const ids = await tool.db
      .insertInto('person')
      .values([...LEARNERS, 'gone'].map((name) => ({ network_id, name, pronouns: null, email: null, time_zone: null })))
      .returning(['id', 'name'])
      .execute()
    people = new Map(ids.map(({ id, name }) => [name!, id as PersonId]))
    const { lineitems } = lms.idTokenClaims()[AGS] as { lineitems: string }
    const course = await tool.db
      .insertInto('course')
      .values({
        network_id,
        platform_id: platformId,
        deployment_id: '1',
        context_id: 'c',
        title: 'C',
        label: null,
        lineitems_url: lineitems,
        memberships_url: null,
      })
      .returning('id')
      .executeTakeFirstOrThrow()
    courseId = course.id as CourseId
    const region = await tool.db
      .insertInto('region')
      .values({ network_id, name: 'R' })
      .returning('id')
      .executeTakeFirstOrThrow()
    await tool.db.insertInto('policy_pack').values({ network_id, version: 1, limits: '{}' }).execute()
    const cohort = await tool.db
      .insertInto('cohort')
      .values({
        network_id,
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
  })
  afterAll(async () => {
    await lms.close()
    await tool.close()
  })
  beforeEach(async () => {
    lms.setFault(null)
    now = new Date(Date.now() - 12 * 3_600_000)
    const at = { submitUntil: new Date(+now - 2000), reviewUntil: new Date(+now - 1000), createdAt: now }
    roundId = await insertRound(tool.db, networkId, {
      ...at,
      cohortId,
      title: `Round at ${performance.now()}`,
      instructions: '',
      rubric: { criteria: [] },
      reviewsPerSubmission: 2,
      anonymity: 'double',
      sameCampus: 'allow',
      timeZone: 'UTC',
      workMaximum: 20,
      reviewingMaximum: 10,
      seed: 1,
      createdBy: people.get('100')!,
    })
  })

  /** Puts one score per learner and column on its way. */
  const publish = (scores: Readonly<Record<string, number>>, column: GradeColumn = 'work') =>
    tool.db.transaction().execute(async (trx) => {
      const item = { courseId, column, label: `${roundId}: ${column}`, maximum: 20 }
      const lineItem = await ensureLineItems(trx, networkId, roundId, [item])
      const deliveries = Object.entries(scores).map(([lmsUserId, score]) => ({
        lineItemId: lineItem(courseId, column),
        courseId,
        personId: people.get(lmsUserId)!,
        lmsUserId,
        score,
        maximum: 20,
      }))
      await insertDeliveries(trx, { networkId, roundId, publishedBy: people.get('100')! }, deliveries, now)
    })
  const deliver = () =>
    deliverDueScores({
      db: tool.db,
      gradebook: tool.lti.gradebook,
      log: pino({ level: 'silent' }),
      clock: () => now,
      roll: () => 0.5,
      wait: async (milliseconds) => {
        now = new Date(+now + milliseconds)
      },
    })
  const later = (seconds: number) => {
    now = new Date(+now + seconds * 1000)
  }
  const statuses = async () => {
    const rows = await tool.db
      .selectFrom('score_delivery')
      .select(['lms_user_id', 'status', 'last_error'])
      .where('round_id', '=', roundId)
      .where('status', '<>', 'superseded')
      .orderBy('sequence')
      .execute()
    return Object.fromEntries(rows.map((row) => [row.lms_user_id, row.last_error?.split(' ')[0] ?? row.status]))
  }
  const columnsMade = () => lms.gradebook('c').columns.filter(({ resourceId }) => resourceId === roundId)
  const held = (column: GradeColumn = 'work') => {
    const { cells } = lms.gradebook('c')
    const { id } = columnsMade().find(({ tag }) => tag === column)!
    return cells.filter(({ columnId, score }) => columnId === id && score !== null)
  }
  const scoresHeld = (column?: GradeColumn) =>
    Object.fromEntries(held(column).map(({ personId, score }) => [personId, score]))

  it('fills both columns with the right numbers, one attempt each', async () => {
    await publish({ 100: 15.5, 101: 0, 102: 20 })
    await publish({ 100: 8.75 }, 'reviewing')
    await deliver()
    expect(scoresHeld()).toEqual({ 100: 15.5, 101: 0, 102: 20 })
    expect(scoresHeld('reviewing')).toEqual({ 100: 8.75 })
    expect(columnsMade()).toHaveLength(2)
    for (const { attempts } of held()) expect(attempts).toBeLessThanOrEqual(1)
  })

  it.each([
    ['the answer is lost after the score was applied', { kind: 'reset_after', count: 2, service: 'scores' }],
    ['the connection breaks', { kind: 'reset_before', count: 3, service: 'scores' }],
    ['the LMS has a fault', { kind: 'error', count: 3, service: 'scores' }],
    ['the LMS is busy', { kind: 'busy', retryAfterSeconds: 30, count: 2, service: 'scores' }],
    ['the token is forgotten', { kind: 'expired_token', count: 1, service: 'scores' }],
    ['making the column is answered with silence', { kind: 'reset_after', count: 1, service: 'lineitems' }],
    ['reading back fails as well', { kind: 'reset_after', count: 4 }],
  ] as const)('arrives with every score once when %s', async (_what, fault) => {
    const scores = Object.fromEntries(LEARNERS.map((id, index) => [id, 10 + index]))
    await publish(scores)
    lms.setFault(fault)
    for (let round = 0; round < 7; round++) {
      await deliver()
      later(3600)
    }
    expect(await statuses()).toEqual(Object.fromEntries(LEARNERS.map((id) => [id, 'arrived'])))
    expect(scoresHeld()).toEqual(scores)
    expect(columnsMade()).toHaveLength(1)
    for (const { attempts } of held()) expect(attempts).toBeLessThanOrEqual(1)
  })

  it('sends the same score again after a worker died, and a changed one after it', async () => {
    await publish({ 100: 11 })
    const platform = { networkId, platformId: platformId as PlatformId }
    const { scores } = await claimDueScores(tool.db, platform, { limit: 10, leaseSeconds: 180 }, now)
    const [claimed] = scores
    // The worker got this far and died: applied, never written down.
    await tool.db
      .updateTable('score_delivery')
      .set({ claimed_until: null })
      .where('id', '=', claimed!.deliveryId)
      .execute()
    await deliver()
    await tool.db
      .updateTable('score_delivery')
      .set({ status: 'waiting', claimed_until: null })
      .where('id', '=', claimed!.deliveryId)
      .execute()
    later(10)
    await deliver()
    expect(await statuses()).toEqual({ 100: 'arrived' })
    await publish({ 100: 12 })
    await deliver()
    expect(scoresHeld()).toEqual({ 100: 12 })
  })

  it('says that the LMS refuses someone who is no learner there, and delivers the others', async () => {
    await publish({ gone: 5, 101: 6 })
    lms.changeCourse('c', { people: LEARNERS.map(learner) })
    await deliver()
    expect(await statuses()).toEqual({ gone: 'refused_by_lms', 101: 'arrived' })
  })
})
