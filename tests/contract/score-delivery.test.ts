import { pino } from 'pino'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { DeliveryId, RoundId } from '@copractice/core/kernel'
import type { Fault, LmsSimulator, Profile } from '@copractice/lms-simulator'
import { createLti, type LtiGradebook } from '@copractice/lti'
import { deliverDueScores } from '@copractice/services/gradebook'
import { claimDueScores, listPauses, reviveDelivery } from '@copractice/store/gradebook'
import { launch } from './lti/launch-by-hand.ts'
import { learner, openCourse, type OpenCourse } from './lti/open-course.ts'
import type { OpenTool } from './lti/open-tool.ts'

const LEARNERS = ['100', '101', '102', '103', '104', '105']

/** Scores through the outbox, over HTTP, into a strict gradebook that misbehaves. */
describe.each<Profile>(['canvas', 'moodle'])('delivering scores to %s', (profile) => {
  let course: OpenCourse, tool: OpenTool, lms: LmsSimulator, roundId: RoundId
  /** Everybody's, the LMS's as well. */
  let now = new Date(Date.now() - 12 * 3_600_000)
  const clock = () => now

  beforeAll(async () => {
    course = await openCourse({ profile, learners: LEARNERS, now: clock, clock, keepsKeySetsSeconds: 600 })
    ;({ tool, lms } = course)
  })
  afterAll(() => course.close())
  beforeEach(async () => {
    lms.setFault(null)
    await tool.db.deleteFrom('lti_circuit').execute()
    now = new Date(Date.now() - 12 * 3_600_000)
    roundId = await course.startRound()
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

  it('fills both columns with the right numbers, one attempt each', async () => {
    await course.publish({ 100: 15.5, 101: 0, 102: 20 })
    await course.publish({ 100: 8.75 }, 'reviewing')
    await deliver()
    expect(course.scoresHeld()).toEqual({ 100: 15.5, 101: 0, 102: 20 })
    expect(course.scoresHeld('reviewing')).toEqual({ 100: 8.75 })
    expect(course.columnsMade()).toHaveLength(2)
    for (const { attempts } of course.held()) expect(attempts).toBeLessThanOrEqual(1)
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
    await course.publish(scores)
    lms.setFault(fault)
    for (let round = 0; round < 7; round++) {
      await deliver()
      later(3600)
    }
    expect(await statuses()).toEqual(Object.fromEntries(LEARNERS.map((id) => [id, 'arrived'])))
    expect(course.scoresHeld()).toEqual(scores)
    expect(course.columnsMade()).toHaveLength(1)
    for (const { attempts } of course.held()) expect(attempts).toBeLessThanOrEqual(1)
  })

  it('sends the same score again after a worker died, and a changed one after it', async () => {
    await course.publish({ 100: 11 })
    const { networkId, platformId } = course
    const { scores } = await claimDueScores(tool.db, { networkId, platformId }, { limit: 10, leaseSeconds: 180 }, now)
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
    await course.publish({ 100: 12 })
    await deliver()
    expect(course.scoresHeld()).toEqual({ 100: 12 })
  })

  it('says that the LMS refuses someone who is no learner there, and delivers the others', async () => {
    await course.publish({ gone: 5, 101: 6 })
    lms.changeCourse('c', { people: LEARNERS.map(learner) })
    await deliver()
    expect(await statuses()).toEqual({ gone: 'refused_by_lms', 101: 'arrived' })
  })

  it('an LMS that does not answer rests half a minute at first, however many scores were on their way, then longer', async () => {
    const told: { failures: number; rest: number }[] = []
    const hear = (line: string) => {
      const { msg, failures, until } = JSON.parse(line) as { msg: string; failures: number; until: string }
      if (msg.includes('left alone for')) told.push({ failures, rest: Math.round((Date.parse(until) - +now) / 1000) })
    }
    await course.publish(Object.fromEntries(LEARNERS.map((id) => [id, 10])))
    lms.setFault({ kind: 'error', count: 1e6, service: 'scores' })
    await deliver(tool.lti.gradebook, pino({ level: 'warn' }, { write: hear }))
    expect(told).toEqual([
      { failures: 5, rest: 30 },
      { failures: 6, rest: 60 },
    ])
    lms.setFault(null)
    later(120)
    await deliver()
    expect(await statuses()).toEqual(Object.fromEntries(LEARNERS.map((id) => [id, 'arrived'])))
  })

  it('an LMS that was down for a day gets every score once, and the log tells what went on', async () => {
    await course.handIn()
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

    await course.publish({ 100: 11 }, 'work', { comment: 'From 2 reviews.' })
    await deliver()
    const outage: readonly Fault[] = [
      { kind: 'reset_before', count: 1e6 },
      { kind: 'error', count: 1e6 },
      { kind: 'busy', retryAfterSeconds: 1800, count: 1e6 },
    ]
    const scores = Object.fromEntries(LEARNERS.map((id, index) => [id, 12 + index]))
    await course.publish(scores, 'work', { comment: 'From 3 reviews.' })
    const before = posts()
    const told = new Map<number, Set<string>>()
    for (let minutes = 0; minutes < 24 * 60; minutes += 10) {
      lms.setFault(outage[Math.floor(minutes / 480)]!)
      if (minutes === 600) await course.publish({ 101: 5 }, 'work', { comment: 'From 4 reviews.' })
      await deliver(tool.lti.gradebook, log)
      told.set(minutes, await reasons())
      later(600)
    }
    expect(await listPauses(tool.db, course.networkId, [course.courseId])).toEqual(
      new Map([[course.courseId, expect.any(Date)]]),
    )
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
    expect(await listPauses(tool.db, course.networkId, [course.courseId])).toEqual(new Map())
    expect(course.scoresHeld()).toEqual({ ...scores, 101: 5 })
    expect(course.columnsMade()).toHaveLength(1)
    for (const { personId, attempts, comments } of course.held()) {
      expect(attempts).toBe(profile === 'canvas' ? 1 : 0)
      const last = personId === '101' ? 'From 4 reviews.' : 'From 3 reviews.'
      // Canvas keeps what was said of the score before; nothing is said twice.
      expect(comments).toEqual(personId === '100' && profile === 'canvas' ? ['From 2 reviews.', last] : [last])
    }
  })

  it('rotating the keys in the middle of launches and scores loses neither', async () => {
    const first = worker()
    await course.publish({ 100: 1 })
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
      await course.publish({ 100: 2 + index })
      const [reply] = await Promise.all([launch(tool, lms), deliver(worker().gradebook)])
      expect([at, reply.status]).toEqual([at, 200])
      expect([at, course.scoresHeld()]).toEqual([at, { 100: 2 + index }])
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
    await course.publish({ 100: 15.5, 101: 12 }, 'work', { comment: 'Well read.' })
    await deliver()
    later(60)
    lms.gradeByHand('c', course.columnsMade()[0]!.id, '101', 19)
    await course.publish({ 100: 15.5, 101: 12 }, 'work', { withdraws: true })
    lms.setFault({ kind: 'reset_after', count: 1, service: 'scores' })
    for (let round = 0; round < 3; round++) {
      await deliver()
      later(3600)
    }
    expect(course.scoresHeld()).toEqual({ 101: 19 })
    const { id: columnId } = course.columnsMade()[0]!
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
    // What was taken back can be sent anew, and asked for, a teacher's goes where the LMS lets it.
    await course.publish({ 100: 14 })
    await replaceTheirs('101')
    expect(course.scoresHeld()).toEqual(profile === 'canvas' ? { 100: 14 } : { 100: 14, 101: 19 })
    const asked = profile === 'canvas' ? { status: 'arrived' } : { status: 'refused', lms_score: 19 }
    expect(await latestOf('101')).toMatchObject(asked)
  })

  /** A teacher types a grade into the column of the round's work. */
  const types = (personId: string, score: number) => lms.gradeByHand('c', course.columnsMade()[0]!.id, personId, score)
  const latestOf = async (lmsUserId: string) => {
    const query = tool.db
      .selectFrom('score_delivery')
      .select(['id', 'status', 'last_error', 'lms_score', 'lms_score_unsaid'])
    const latest = query
      .where('round_id', '=', roundId)
      .where('lms_user_id', '=', lmsUserId)
      .orderBy('sequence', 'desc')
    return latest.executeTakeFirstOrThrow()
  }
  const replaceTheirs = async (lmsUserId: string) => {
    const { id } = await latestOf(lmsUserId)
    later(60)
    await tool.db.transaction().execute((trx) => reviveDelivery(trx, course.networkId, id as DeliveryId, now))
    await deliver()
  }

  it('leaves a grade that a teacher typed before our first score, whatever is sent, until ours is asked to replace it', async () => {
    await course.handIn()
    await course.publish({ 100: 11 })
    await deliver()
    later(60)
    types('101', 18)
    const looks: unknown[] = []
    for (const score of [12, 12, 14.25]) {
      later(60)
      await course.publish({ 101: score }, 'work', { comment: `As of ${score}.` })
      await deliver()
      expect(course.scoresHeld()).toEqual({ 100: 11, 101: 18 })
      looks.push(await latestOf('101'))
    }
    // Canvas says that it is not ours, and not what it is. Moodle takes the first without a word.
    const told = profile === 'canvas' ? { lms_score: null, lms_score_unsaid: true } : { lms_score: 18 }
    const refused = { status: 'refused', last_error: 'newer_grade', ...told }
    const first = profile === 'canvas' ? refused : { status: 'arrived' }
    expect(looks).toMatchObject([first, refused, refused])
    expect(await latestOf('100')).toMatchObject({ status: 'arrived' })
    await replaceTheirs('101')
    // Moodle's override is the teacher's to lift.
    expect(course.scoresHeld()).toEqual({ 100: 11, 101: profile === 'canvas' ? 14.25 : 18 })
    expect(await latestOf('101')).toMatchObject({ status: profile === 'canvas' ? 'arrived' : 'refused' })
    // What goes with a score is said once it goes out, though it first gave way without being sent.
    const { comments } = course.held().find(({ personId }) => personId === '101')!
    expect(comments).toEqual(profile === 'canvas' ? ['As of 12.', 'As of 14.25.'] : [])
    // What is ours again follows us.
    later(60)
    await course.publish({ 100: 12, 101: 13 })
    await deliver()
    expect(course.scoresHeld()).toEqual({ 100: 12, 101: profile === 'canvas' ? 13 : 18 })
  })

  it('leaves a grade that a teacher types while a score goes out once more, between our looking and our sending', async () => {
    await course.publish({ 100: 11 })
    await deliver()
    later(60)
    await course.publish({ 101: 12 }, 'work', { comment: 'From 2 reviews.' })
    lms.setFault({ kind: 'reset_before', count: 1, service: 'scores' })
    const { gradebook } = tool.lti
    await deliver({
      ...gradebook,
      readResult: async (...of) => {
        const read = await gradebook.readResult(...of)
        types('101', 18)
        later(5)
        return read
      },
    })
    expect(course.scoresHeld()).toEqual({ 100: 11, 101: 18 })
  })

  it('follows its own score with another, and leaves one that a teacher has made theirs by typing it again', async () => {
    // Of 20: the least is a share of 0.05 %.
    await course.publish({ 100: 11, 101: 0, 102: 12, 103: 0.01 })
    await deliver()
    later(60)
    types('102', 12)
    await course.publish({ 100: 12.34, 101: 3, 102: 13, 103: 5 })
    await deliver()
    expect(course.scoresHeld()).toEqual({ 100: 12.34, 101: 3, 102: 12, 103: 5 })
    expect(await latestOf('102')).toMatchObject({ status: 'refused', last_error: 'newer_grade' })
  })

  it('takes nothing of a teacher’s back where our score never arrived, nor makes a column for that', async () => {
    await course.publish({ 101: 12 })
    await course.publish({ 101: 12 }, 'work', { withdraws: true })
    await deliver()
    expect(await latestOf('101')).toMatchObject({ status: 'arrived' })
    expect(course.columnsMade()).toEqual([])
    await course.publish({ 100: 11 })
    await deliver()
    later(5)
    await course.publish({ 101: 12 })
    const { networkId, platformId } = course
    const [claimed] = (await claimDueScores(tool.db, { networkId, platformId }, { limit: 1, leaseSeconds: 1 }, now))
      .scores
    expect(claimed).toMatchObject({ lmsUserId: '101' })
    later(60)
    types('101', 18)
    await course.publish({ 101: 12 }, 'work', { withdraws: true })
    later(60)
    await deliver()
    expect(await latestOf('101')).toMatchObject(
      profile === 'canvas' ? { status: 'arrived' } : { status: 'refused', lms_score: 18 },
    )
    expect(course.scoresHeld()).toEqual({ 100: 11, 101: 18 })
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
