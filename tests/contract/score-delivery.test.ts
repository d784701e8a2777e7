import { pino } from 'pino'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { GradeColumn } from '@copractice/core/gradebook'
import type { CohortId, CourseId, NetworkId, PersonId, PlatformId, RoundId } from '@copractice/core/kernel'
import { startLmsSimulator, type Fault, type LmsSimulator, type Profile } from '@copractice/lms-simulator'
import { createLti, type LtiGradebook } from '@copractice/lti'
import { deliverDueScores } from '@copractice/services/gradebook'
import { claimDueScores, ensureLineItems, insertDeliveries, listPauses } from '@copractice/store/gradebook'
import { insertRound } from '@copractice/store/review'
import { launch } from './lti/launch-by-hand.ts'
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
  /** Everybody's, the LMS's as well. */
  let now = new Date(Date.now() - 12 * 3_600_000)

  beforeAll(async () => {
    tool = await openTool(() => now)
    networkId = tool.networkId as NetworkId
    lms = await startLmsSimulator({
      profile,
      name: 'Riverside State',
      port: 0,
      clock: () => now,
      keepsKeySetsSeconds: 600,
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
    await tool.db.deleteFrom('lti_circuit').execute()
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
  const publish = (
    scores: Readonly<Record<string, number>>,
    column: GradeColumn = 'work',
    comment = '',
    withdraws = false,
  ) =>
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
        comment,
        withdraws,
      }))
      await insertDeliveries(trx, { networkId, roundId, publishedBy: people.get('100')! }, deliveries, now)
    })
  const deliver = (gradebook: LtiGradebook = tool.lti.gradebook, log = pino({ level: 'silent' })) =>
    deliverDueScores({
      db: tool.db,
      gradebook,
      log,
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

  it('an LMS that was down for a day gets every score once, and the log tells what went on', async () => {
    await tool.db
      .insertInto('submission')
      .values(
        LEARNERS.map((id) => ({
          network_id: networkId,
          round_id: roundId,
          author_id: people.get(id)!,
          body: 'A plan',
          status: 'submitted' as const,
          saved_at: now,
          submitted_at: now,
        })),
      )
      .execute()
    const lines: string[] = []
    const log = pino({ level: 'info' }, { write: (line: string) => void lines.push(line) })
    const said = () => new Set(lines.map((line) => (JSON.parse(line) as { msg: string }).msg))
    const reasons = async () => {
      const rows = await tool.db
        .selectFrom('score_delivery')
        .select('last_error')
        .where('round_id', '=', roundId)
        .where('status', '=', 'waiting')
        .execute()
      return new Set(rows.flatMap(({ last_error }) => last_error ?? []))
    }
    const posts = () => lms.log().filter(({ service }) => service === 'scores').length

    await publish({ 100: 11 }, 'work', 'From 2 reviews.')
    await deliver()
    const outage: readonly Fault[] = [
      { kind: 'reset_before', count: 1e6 },
      { kind: 'error', count: 1e6 },
      { kind: 'busy', retryAfterSeconds: 1800, count: 1e6 },
    ]
    const scores = Object.fromEntries(LEARNERS.map((id, index) => [id, 12 + index]))
    await publish(scores, 'work', 'From 3 reviews.')
    const before = posts()
    const told = new Map<number, Set<string>>()
    for (let minutes = 0; minutes < 24 * 60; minutes += 10) {
      lms.setFault(outage[Math.floor(minutes / 480)]!)
      if (minutes === 600) await publish({ 101: 5 }, 'work', 'From 4 reviews.')
      await deliver(tool.lti.gradebook, log)
      told.set(minutes, await reasons())
      later(600)
    }
    expect(await listPauses(tool.db, networkId, [courseId])).toEqual(new Map([[courseId, expect.any(Date)]]))
    expect(told.get(460)).toEqual(new Set(['lms_unreachable The connection to the LMS broke.']))
    expect(told.get(940)).toContain('lms_unreachable The LMS had a fault of its own (500).')
    // Six to begin with, and then one now and then: it is let alone.
    expect(posts() - before).toBeLessThan(130)
    expect(said()).toContain('an LMS does not answer and is left alone for a while')
    expect(said()).not.toContain('an LMS that was left alone answers again')

    lms.setFault(null)
    later(1800)
    await deliver(tool.lti.gradebook, log)
    expect(said()).toContain('an LMS that was left alone answers again')
    expect(await listPauses(tool.db, networkId, [courseId])).toEqual(new Map())
    expect(scoresHeld()).toEqual({ ...scores, 101: 5 })
    expect(columnsMade()).toHaveLength(1)
    for (const { personId, attempts, comments } of held()) {
      expect(attempts).toBe(profile === 'canvas' ? 1 : 0)
      const last = personId === '101' ? 'From 4 reviews.' : 'From 3 reviews.'
      // Canvas keeps what was said of the score before; nothing is said twice.
      expect(comments).toEqual(personId === '100' && profile === 'canvas' ? ['From 2 reviews.', last] : [last])
    }
  })

  it('rotating the keys in the middle of launches and scores loses neither', async () => {
    const first = worker()
    await publish({ 100: 1 })
    await deliver(first.gradebook)
    const { kid: old } = await first.keys.signingKey()
    later(91 * 86_400)
    const workers = [worker(), worker(), worker()]
    const rotated = workers.map(({ keys }) => keys.rotateAfter(90))
    let minutes = 0
    // With the LMS's memory of our keys at its oldest, just before and after the new key signs, and when the old one goes.
    for (const [index, at] of [0, 1, 9, 14, 16, 27, 24 * 60, 25 * 60].entries()) {
      later((at - minutes) * 60)
      minutes = at
      await tool.db.deleteFrom('lti_access_token').execute()
      await publish({ 100: 2 + index })
      const [reply] = await Promise.all([launch(tool, lms), deliver(worker().gradebook)])
      expect([at, reply.status]).toEqual([at, 200])
      expect([at, scoresHeld()]).toEqual([at, { 100: 2 + index }])
    }
    const made = (await Promise.all(rotated)).filter((kid) => kid !== null)
    expect(made).toHaveLength(1)
    expect(made).not.toContain(old)
    expect((await worker().keys.publicKeys()).keys.map(({ kid }) => kid)).toEqual(made)
    const tries = await tool.db
      .selectFrom('score_delivery')
      .select('attempts')
      .where('round_id', '=', roundId)
      .execute()
    expect(new Set(tries.map(({ attempts }) => attempts))).toEqual(new Set([1]))
  })

  it('takes scores back as far as the LMS goes, and leaves what a teacher has put in one’s place', async () => {
    await publish({ 100: 15.5, 101: 12 }, 'work', 'Well read.')
    await deliver()
    later(60)
    lms.gradeByHand('c', columnsMade()[0]!.id, '101', 19)
    await publish({ 100: 15.5, 101: 12 }, 'work', '', true)
    lms.setFault({ kind: 'reset_after', count: 1, service: 'scores' })
    for (let round = 0; round < 3; round++) {
      await deliver()
      later(3600)
    }
    expect(scoresHeld()).toEqual({ 101: 19 })
    const { id: columnId } = columnsMade()[0]!
    const { comments } = lms.gradebook('c').cells.find((cell) => cell.columnId === columnId && cell.personId === '100')!
    expect(comments).toEqual(profile === 'canvas' ? ['Well read.'] : [])
    const rows = await tool.db
      .selectFrom('score_delivery')
      .select(['lms_user_id', 'status', 'lms_score'])
      .where('round_id', '=', roundId)
      .where('withdraws', '=', true)
      .orderBy('lms_user_id')
      .execute()
    expect(rows).toEqual([
      { lms_user_id: '100', status: 'arrived', lms_score: null },
      { lms_user_id: '101', status: 'refused', lms_score: 19 },
    ])
    // What was taken back can be sent anew.
    await publish({ 100: 14 })
    await deliver()
    expect(scoresHeld()).toEqual({ 100: 14, 101: 19 })
  })

  /** A process that has just started: it holds no token and no key. */
  const worker = () =>
    createLti({
      db: tool.db,
      publicUrl: tool.url,
      secrets: ['a secret of the contract tests, long enough'],
      allowLocalPlatforms: true,
      log: pino({ level: 'silent' }),
      clock: () => now,
    })
})
