import { pino } from 'pino'
import { afterAll, beforeAll, beforeEach, describe, expect, inject, it } from 'vitest'
import type { DeliveryId, RoundId } from '@copractice/core/kernel'
import type { Fault, LmsSimulator, Profile } from '@copractice/lms-simulator'
import { createLti, type LtiGradebook } from '@copractice/lti'
import { deliverDueScores } from '@copractice/services/gradebook'
import { findDelivery, listChangedInLms, reviveDelivery } from '@copractice/store/gradebook'
import { openCourse, type OpenCourse } from './lti/open-course.ts'
import type { OpenTool } from './lti/open-tool.ts'
import { openWorkers, type ScoresWorker, type StopPoint } from './lti/scores-worker.ts'

const LEARNERS = ['100', '101']

/** Where a worker in this process is gone: it never hears of what it had begun. */
const KILL_POINTS = ['before the send', 'after the send', 'making the column', 'asking for a token'] as const
type KillPoint = (typeof KILL_POINTS)[number]

/** Where a worker in a process of its own is killed. */
const PROCESS_KILLED = [
  'before it claims',
  'with scores in its hands',
  'before the LMS reads its request',
  'before it reads the answer',
  'before it writes the answer down',
] as const
const STOPPED_BY_DATABASE: Readonly<Partial<Record<(typeof PROCESS_KILLED)[number], StopPoint>>> = {
  'before it claims': 'claiming',
  'with scores in its hands': 'making the column',
  'before it writes the answer down': 'writing down',
}

/** Every fault of an LMS, with the worker gone at every point of its way: nothing lost, nothing doubled. */
describe.each<Profile>(['canvas', 'moodle'])('scores to %s, whatever fails', (profile) => {
  let course: OpenCourse, tool: OpenTool, lms: LmsSimulator, roundId: RoundId
  /** Behind the LMS's clock, so that retries can be looked forward to. */
  let now: Date

  beforeAll(async () => {
    course = await openCourse({ profile, learners: LEARNERS, now: () => now })
    ;({ tool, lms } = course)
  })
  afterAll(() => course.close())
  beforeEach(async () => {
    lms.setFault(null)
    now = new Date(Date.now() - 12 * 3_600_000)
    roundId = await course.startRound()
  })

  /** A worker that has just started: it holds no token and knows of nothing. */
  const freshGradebook = (): LtiGradebook =>
    createLti({
      db: tool.db,
      publicUrl: tool.url,
      secrets: ['a secret of the contract tests, long enough'],
      allowLocalPlatforms: true,
      log: pino({ level: 'silent' }),
    }).gradebook
  /** Calls that workers have under way: time does not jump meanwhile. */
  let calls = 0
  const counted = <Told>(call: Promise<Told>): Promise<Told> => {
    calls++
    return call.finally(() => calls--)
  }
  const deliver = (gradebook: LtiGradebook = freshGradebook(), signal?: AbortSignal) =>
    deliverDueScores({
      db: tool.db,
      gradebook: {
        listLineItems: (...of) => counted(gradebook.listLineItems(...of)),
        createLineItem: (...of) => counted(gradebook.createLineItem(...of)),
        postScore: (...of) => counted(gradebook.postScore(...of)),
        readResult: (...of) => counted(gradebook.readResult(...of)),
        listKept: (...of) => counted(gradebook.listKept(...of)),
      },
      log: pino({ level: 'silent' }),
      clock: () => now,
      roll: () => 0.5,
      wait: async (milliseconds) => {
        await new Promise((resolve) => setTimeout(resolve, 2))
        if (calls === 0) now = new Date(+now + milliseconds)
      },
      signal,
    })
  const later = (seconds: number) => {
    now = new Date(+now + seconds * 1000)
  }

  /** Runs a worker until it is where it dies: what it had begun goes on at the LMS, and it never hears of it. */
  const runUntil = async (dies: KillPoint) => {
    const real = freshGradebook()
    const never = new Promise<never>(() => {})
    let died = () => {}
    const dead = new Promise<void>((resolve) => (died = resolve))
    const end = new AbortController()
    const dieAt = async (begun: Promise<unknown> | null): Promise<never> => {
      end.abort()
      await begun?.catch(() => {})
      died()
      calls--
      return never
    }
    const gradebook: LtiGradebook = {
      ...real,
      createLineItem: (...of) =>
        dies === 'making the column' ? dieAt(real.createLineItem(...of)) : real.createLineItem(...of),
      postScore: (...of) => {
        if (dies === 'before the send') return dieAt(null)
        if (dies === 'after the send') return dieAt(real.postScore(...of))
        return real.postScore(...of)
      },
    }
    if (dies !== 'asking for a token') {
      await Promise.race([dead, deliver(gradebook, end.signal)])
      return
    }
    // The LMS gives the token when the worker is gone: it never gets as far as making the column.
    await tool.db.deleteFrom('lti_access_token').execute()
    const before = lms.log().length
    const asks = (platform: Parameters<LtiGradebook['listLineItems']>[0], url: string) =>
      dieAt(Promise.race([real.listLineItems(platform, url), tokenAsked(before)]))
    await Promise.race([dead, deliver({ ...gradebook, createLineItem: asks }, end.signal)])
  }
  const tokenAsked = async (before: number): Promise<void> => {
    while (
      !lms
        .log()
        .slice(before)
        .some(({ service }) => service === 'token')
    )
      await new Promise((resolve) => setTimeout(resolve, 2))
  }

  const FAULTS: readonly (readonly [string, Fault | null])[] = [
    ['nothing fails', null],
    ['the LMS is slow', { kind: 'latency', milliseconds: 20, count: 4 }],
    ['the LMS has a fault', { kind: 'error', count: 2 }],
    ['the LMS is busy', { kind: 'busy', retryAfterSeconds: 30, count: 2 }],
    ['answers are lost', { kind: 'reset_after', count: 2 }],
    ['lines are cut', { kind: 'reset_before', count: 2 }],
    ['tokens are forgotten', { kind: 'expired_token', count: 2 }],
  ]
  // A process killed beside an LMS in order, that then misbehaves, is further down.
  const cases = FAULTS.flatMap(([what, fault]) => [
    ...KILL_POINTS.map((point) => [what, 'before', point, fault] as const),
    ...KILL_POINTS.slice(2).map((point) => [what, 'after', point, fault] as const),
  ])

  it.each(cases)('%s %s a worker dies %s: the right score, once', async (_what, when, point, fault) => {
    await course.handIn()
    await course.publish({ 100: 15.5, 101: 7 })
    if (when === 'before') lms.setFault(fault)
    await runUntil(point)
    if (when === 'after') lms.setFault(fault)
    await recover()
  })

  /** Two workers take over when the leases are up, and once an hour after that. */
  const recover = async () => {
    later(181)
    const left = () =>
      tool.db
        .selectFrom('score_delivery')
        .select('id')
        .where('round_id', '=', roundId)
        .where('status', '<>', 'arrived')
        .execute()
    for (let round = 0; round < 4 && (await left()).length > 0; round++) {
      await Promise.all([deliver(), deliver()])
      later(3600)
    }
    expect(await left()).toEqual([])
    expect(course.scoresHeld()).toEqual({ 100: 15.5, 101: 7 })
    expect(course.columnsMade()).toHaveLength(1)
    for (const { attempts, comments } of course.held()) {
      expect(attempts).toBe(profile === 'canvas' ? 1 : 0)
      expect(comments).toEqual([])
    }
  }

  describe.skipIf(!inject('postgresUrl'))('in a process of its own', () => {
    let workers: Awaited<ReturnType<typeof openWorkers>>, next: Promise<ScoresWorker>
    beforeAll(async () => {
      const [{ name }] = (await tool.db
        .selectNoFrom((eb) => eb.fn<string>('current_database', []).as('name'))
        .execute()) as [{ name: string }]
      workers = await openWorkers(`${inject('postgresUrl')}/${name}`, tool.url)
      next = workers.start()
    })
    afterAll(async () => {
      await (await next).kill()
      await workers.close()
    })
    /** The one after it starts meanwhile. */
    const takeWorker = async () => {
      const worker = await next
      next = workers.start()
      return worker
    }
    const states = async () => {
      const rows = await tool.db
        .selectFrom('score_delivery')
        .select(['status', 'attempts', 'claimed_until'])
        .where('round_id', '=', roundId)
        .execute()
      return rows.map(({ status, attempts, claimed_until }) => ({
        status,
        attempts,
        isClaimed: claimed_until !== null,
      }))
    }
    const posts = () => lms.log().filter(({ service }) => service === 'scores').length
    const makeColumn = async (tag: 'work' | 'reviewing' = 'work') => {
      const item = { label: `${roundId}: ${tag}`, tag, resourceId: roundId, scoreMaximum: 20 }
      const made = await tool.lti.gradebook.createLineItem(course, course.lineItemsUrl, item)
      if (made.kind !== 'ready') throw new Error(made.reason)
      const update = tool.db.updateTable('line_item').set({ url: made.lineItem.url })
      await update.where('round_id', '=', roundId).where('grade_column', '=', tag).execute()
    }

    const both = (state: object) => [expect.objectContaining(state), expect.objectContaining(state)]
    const HELD = { 100: 15.5, 101: 7 }
    /** How the outbox and the gradebook stand at its death, so that it did die there. */
    const left = {
      'before it claims': { outbox: both({ status: 'waiting', attempts: 0, isClaimed: false }), posts: 0, held: {} },
      'with scores in its hands': {
        outbox: both({ status: 'waiting', attempts: 1, isClaimed: true }),
        posts: 0,
        held: {},
      },
      'before the LMS reads its request': { outbox: both({ status: 'waiting', isClaimed: true }), posts: 2, held: {} },
      'before it reads the answer': { outbox: both({ status: 'waiting', isClaimed: true }), posts: 2, held: HELD },
      'before it writes the answer down': {
        outbox: both({ status: 'waiting', isClaimed: true }),
        posts: 2,
        held: HELD,
      },
    }

    // Every fault meets every point, in one LMS or the other.
    const killed = FAULTS.flatMap(([what, fault], row) =>
      PROCESS_KILLED.flatMap((point, column) =>
        (row + column) % 2 === (profile === 'canvas' ? 0 : 1) ? [[point, what, fault] as const] : [],
      ),
    )
    it.each(killed)('killed %s, then %s: the right score, once', async (point, _what, fault) => {
      await course.handIn()
      await course.publish(HELD)
      if (point !== 'before it claims' && point !== 'with scores in its hands') await makeColumn()
      const before = posts()
      const worker = await takeWorker()
      const stop = STOPPED_BY_DATABASE[point]
      if (stop) await workers.stopAt(stop)
      else {
        const kind = point === 'before it reads the answer' ? 'silence_after' : 'silence_before'
        lms.setFault({ kind, count: 2, service: 'scores' })
      }
      worker.send(now).catch(() => {})
      if (stop) await worker.isStopped()
      if (left[point].posts > 0) while (posts() - before < 2) await new Promise((resolve) => setTimeout(resolve, 5))
      await worker.kill()
      if (stop) await workers.letGo()
      expect(await states()).toEqual(left[point].outbox)
      expect(posts() - before).toBe(left[point].posts)
      expect(course.scoresHeld()).toEqual(left[point].held)

      lms.setFault(fault)
      await recover()
    })

    it('two that race for the same scores post each of them once', async () => {
      await course.handIn()
      await course.publish({ 100: 15.5, 101: 7 })
      await course.publish({ 100: 8, 101: 3 }, 'reviewing')
      for (const column of ['work', 'reviewing'] as const) await makeColumn(column)
      const before = posts()
      const two = [await takeWorker(), await takeWorker()]
      await workers.stopAt('claiming')
      const sent = two.map((worker) => worker.send(now))
      for (const worker of two) await worker.isStopped()
      await workers.letGo()
      await Promise.all(sent)
      expect(posts() - before).toBe(4)
      expect(course.scoresHeld()).toEqual({ 100: 15.5, 101: 7 })
      expect(course.scoresHeld('reviewing')).toEqual({ 100: 8, 101: 3 })
      expect(course.columnsMade()).toHaveLength(2)
    })
  })

  it('a score that a teacher changed stays theirs, until somebody asks for that one to be sent', async () => {
    await course.handIn()
    await course.publish({ 100: 15, 101: 7 })
    await deliver()
    const { id: columnId } = course.columnsMade()[0]!
    lms.gradeByHand('c', columnId, '100', 17)
    later(60)
    await course.publish({ 100: 16, 101: 8 })
    await deliver()
    expect(course.scoresHeld()).toEqual({ 100: 17, 101: 8 })
    expect(await listChangedInLms(tool.db, course.networkId, roundId, [course.courseId])).toMatchObject([
      { personId: course.people.get('100'), column: 'work', score: 17 },
    ])
    const { id } = await tool.db
      .selectFrom('score_delivery')
      .select('id')
      .where('round_id', '=', roundId)
      .where('status', '=', 'refused')
      .executeTakeFirstOrThrow()
    const deliveryId = id as DeliveryId
    expect(await findDelivery(tool.db, course.networkId, deliveryId)).toMatchObject({
      lastError: 'newer_grade',
      lmsScore: 17,
      weHadSent: 15,
    })
    now = new Date(Date.now() + 5000)
    await tool.db.transaction().execute((trx) => reviveDelivery(trx, course.networkId, deliveryId, now))
    await deliver()
    // Moodle's override is the teacher's to lift; it says yes and shows theirs.
    expect(course.scoresHeld()).toEqual({ 100: profile === 'canvas' ? 16 : 17, 101: 8 })
    expect(await findDelivery(tool.db, course.networkId, deliveryId)).toMatchObject(
      profile === 'canvas' ? { status: 'arrived', lmsScore: null } : { status: 'refused', lmsScore: 17 },
    )
  })
})
