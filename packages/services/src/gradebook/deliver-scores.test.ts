import { pino } from 'pino'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { CourseId, DeliveryId, PersonId, RoundId } from '@copractice/core/kernel'
import {
  claimDueScores,
  ensureLineItems,
  findDelivery,
  insertDeliveries,
  reviveDelivery,
} from '@copractice/store/gradebook'
import type { OpenDatabase } from '@copractice/store/database'
import { openTestDb } from '@copractice/store/testing'
import { confirmAddresses, setConnectionStatus } from '../connection/index.ts'
import { addRound, actorFor, seedNetwork, type SeededNetwork } from '../testing/index.ts'
import { deliverDueScores } from './deliver-scores.ts'
import { Gradebook } from '../testing/gradebook-as-told.ts'

const NOBODY = { pronouns: null, email: null, time_zone: null }
const start = new Date('2026-03-09T12:00:00.300Z')
let open: OpenDatabase, seeded: SeededNetwork, roundId: RoundId
let now: Date, gradebook: Gradebook

beforeAll(async () => {
  open = await openTestDb()
})
afterAll(() => open.close())

beforeEach(async () => {
  now = start
  gradebook = new Gradebook()
  await open.db.deleteFrom('score_delivery').execute()
  await open.db.deleteFrom('lti_circuit').execute()
  seeded = await seedNetwork(open.db, { now })
  roundId = await addRound(open.db, seeded, now)
})

const deps = () => ({
  db: open.db,
  gradebook,
  log: pino({ level: 'silent' }),
  clock: () => now,
  roll: () => 0.5,
  wait: async (milliseconds: number) => {
    now = new Date(+now + milliseconds)
  },
})
const deliver = () => deliverDueScores(deps())
const after = (seconds: number) => {
  now = new Date(+now + seconds * 1000)
}

/** Puts a score of Ana's work (of 20 points) on its way. */
async function publish(
  score: number,
  personId: PersonId = seeded.people.ana,
  courseId: CourseId = seeded.courses.riverside,
) {
  const { networkId } = seeded
  return open.db.transaction().execute(async (trx) => {
    const items = [{ courseId, column: 'work' as const, label: 'Action plan: work', maximum: 20 }]
    const lineItem = await ensureLineItems(trx, networkId, roundId, items)
    const delivery = { lineItemId: lineItem(courseId, 'work'), courseId, personId, lmsUserId: `lms-${personId}` }
    const scope = { networkId, roundId, publishedBy: seeded.people.rosa }
    await insertDeliveries(trx, scope, [{ ...delivery, score, maximum: 20 }], now)
    const { id } = await trx
      .selectFrom('score_delivery')
      .select('id')
      .where('network_id', '=', networkId)
      .orderBy('sequence', 'desc')
      .executeTakeFirstOrThrow()
    return id as DeliveryId
  })
}
/** As a worker does that dies next. */
const claimAll = async () => {
  const platform = { networkId: seeded.networkId, platformId: seeded.platforms.riverside }
  const { scores } = await claimDueScores(open.db, platform, { limit: 10, leaseSeconds: 180 }, now)
  return scores[0]
}
/** Ravi's score has failed so often that the LMS rests; the next that comes finds out whether it is well again. */
const failing = async () => {
  await publish(11, seeded.people.ravi)
  gradebook.next = Array.from({ length: 6 }, () => () => ({ kind: 'unreachable', reason: 'It is down.' }) as const)
  while (gradebook.next.length > 0) {
    await deliver()
    after(3600)
  }
}
const stateOf = async (id: DeliveryId) => (await findDelivery(open.db, seeded.networkId, id))!
const scoresHeld = () => [...gradebook.cells.values()].map(({ scoreGiven }) => scoreGiven)

describe('deliverDueScores', () => {
  it('makes the column once and sends each learner’s score, as of the present whole second', async () => {
    const [ana, ravi] = [await publish(15.5), await publish(12, seeded.people.ravi)]
    await deliver()
    expect(gradebook.made).toBe(1)
    expect(gradebook.posts[0]).toMatchObject({
      userId: `lms-${seeded.people.ana}`,
      scoreGiven: 15.5,
      scoreMaximum: 20,
      timestamp: new Date('2026-03-09T12:00:00Z'),
    })
    expect(await stateOf(ana)).toMatchObject({ status: 'arrived', attempts: 1, arrivedAt: now, lastError: null })
    expect(await stateOf(ravi)).toMatchObject({ status: 'arrived' })
    await deliver()
    expect(gradebook.posts).toHaveLength(2)
  })

  it('sends the latest of a cell alone, and two in the same second with rising timestamps', async () => {
    const first = await publish(10)
    const second = await publish(11)
    await deliver()
    expect(await stateOf(first)).toMatchObject({ status: 'superseded', attempts: 0 })
    expect(await stateOf(second)).toMatchObject({ status: 'arrived' })
    const third = await publish(12)
    await deliver()
    expect(await stateOf(third)).toMatchObject({ status: 'arrived' })
    expect(gradebook.posts.map(({ timestamp }) => timestamp.toISOString())).toEqual([
      '2026-03-09T12:00:00.000Z',
      '2026-03-09T12:00:01.000Z',
    ])
    expect(scoresHeld()).toEqual([12])
  })

  it('knows its own score again when it was applied and the answer was lost', async () => {
    const id = await publish(15.5)
    gradebook.next = [() => 'applied_then_lost']
    await deliver()
    expect(+now - +start).toBe(1000)
    expect(await stateOf(id)).toMatchObject({ status: 'arrived', attempts: 2 })
    expect(gradebook.posts[1]!.timestamp).toEqual(gradebook.posts[0]!.timestamp)
  })

  it('knows a score of before as ours, though the try that brought it did not count', async () => {
    await publish(10)
    await deliver()
    await failing()
    const applied = await publish(12)
    gradebook.next = [() => 'applied_then_lost']
    await deliver()
    expect([scoresHeld(), await stateOf(applied)]).toMatchObject([[12], { status: 'waiting', attempts: 0 }])
    const latest = await publish(14)
    after(3600)
    await deliver()
    expect(await stateOf(latest)).toMatchObject({ status: 'arrived' })
    expect(scoresHeld()).toContain(14)
  })

  it('sends no comment twice: neither after a try that did not count, nor while the gradebook cannot be read', async () => {
    await failing()
    const id = await publish(15.5)
    await open.db.updateTable('score_delivery').set({ comment: 'Well done' }).where('id', '=', id).execute()
    gradebook.next = [() => 'applied_then_lost']
    await deliver()
    expect(await stateOf(id)).toMatchObject({ status: 'waiting', attempts: 0 })
    for (const isReadable of [false, true]) {
      gradebook.isReadable = isReadable
      after(3600)
      await deliver()
    }
    expect(await stateOf(id)).toMatchObject({ status: 'arrived' })
    expect(gradebook.posts.filter(({ comment }) => comment)).toHaveLength(1)
  })

  it('sends with the same timestamp after a worker died with scores in its hands, and not before the lease is over', async () => {
    const id = await publish(15.5)
    const claimed = await claimAll()
    after(179)
    await deliver()
    expect(gradebook.posts).toEqual([])
    after(1)
    await deliver()
    expect(gradebook.posts[0]!.timestamp).toEqual(claimed!.timestamp)
    expect(await stateOf(id)).toMatchObject({ status: 'arrived', attempts: 2 })
  })

  it('does not send a later score of a cell while an earlier one is in another worker’s hands', async () => {
    await publish(10)
    await claimAll()
    const later = await publish(11)
    await deliver()
    expect(gradebook.posts).toEqual([])
    after(181)
    await deliver()
    expect(await stateOf(later)).toMatchObject({ status: 'arrived' })
    expect(gradebook.posts.map(({ scoreGiven }) => scoreGiven)).toEqual([11])
  })

  it('lets a newer grade of the LMS stand until somebody sends the score again', async () => {
    const id = await publish(15.5)
    const key = `${await columnUrl()} lms-${seeded.people.ana}`
    const byHand = {
      userId: '',
      scoreGiven: 3,
      replaces: false,
      scoreMaximum: 20,
      comment: '',
      timestamp: new Date(+now + 5000),
      work: null,
    }
    gradebook.cells.set(key, byHand)
    await deliver()
    expect(await stateOf(id)).toMatchObject({
      status: 'refused',
      lastError: 'newer_grade',
      lmsScore: 3,
      weHadSent: 15.5,
    })
    after(10)
    await open.db.transaction().execute((trx) => reviveDelivery(trx, seeded.networkId, id, now))
    await deliver()
    expect(await stateOf(id)).toMatchObject({ status: 'arrived' })
    expect(gradebook.cells.get(key)).toMatchObject({ scoreGiven: 15.5 })
  })

  const columnUrl = async () => {
    const { lineitems_url } = await open.db
      .selectFrom('course')
      .select('lineitems_url')
      .where('network_id', '=', seeded.networkId)
      .where('id', '=', seeded.courses.riverside)
      .executeTakeFirstOrThrow()
    return `${lineitems_url}/work`
  }

  it('waits as long as a busy LMS asks, and leaves the others of that LMS alone meanwhile', async () => {
    const [ana, ravi] = [await publish(15.5), await publish(12, seeded.people.ravi)]
    const hana = await publish(9, seeded.people.hana, seeded.courses.hillside)
    const answers = gradebook.postScore.bind(gradebook)
    gradebook.postScore = async (platform, url, score) =>
      score.userId.endsWith(seeded.people.hana)
        ? answers(platform, url, score)
        : { kind: 'busy', reason: 'too many requests', retryAfterSeconds: 90 }
    await deliver()
    gradebook.postScore = answers
    expect(await stateOf(ana)).toMatchObject({ status: 'waiting', attempts: 1, nextAttemptAt: new Date(+now + 90_000) })
    expect(await stateOf(ravi)).toMatchObject({
      status: 'waiting',
      attempts: 0,
      nextAttemptAt: new Date(+now + 90_000),
    })
    expect(await stateOf(hana)).toMatchObject({ status: 'arrived' })
    after(90)
    await deliver()
    for (const id of [ana, ravi]) expect(await stateOf(id)).toMatchObject({ status: 'arrived' })
  })

  it.each([
    ['a busy LMS that does not say how long, for 20 seconds', 'busy', 20],
    ['an LMS that turns one score away, not at all', 'unauthorized', null],
  ] as const)('rests %s, however often that score was tried', async (_what, kind, seconds) => {
    const id = await publish(15.5)
    await open.db.updateTable('score_delivery').set({ attempts: 6 }).where('id', '=', id).execute()
    const trouble = { reason: 'not now', retryAfterSeconds: null }
    gradebook.next = [() => ({ kind, ...trouble })]
    await deliver()
    expect((await stateOf(id)).nextAttemptAt > new Date(+now + 1_800_000)).toBe(true)
    const until = (await rest())?.open_until ?? null
    expect(until && Math.round((+until - +now) / 1000)).toBe(seconds)
    const other = await publish(12, seeded.people.ravi)
    after(20)
    await deliver()
    expect(await stateOf(other)).toMatchObject({ status: 'arrived' })
  })

  it('gives up after eight tries, and starts anew when asked to', async () => {
    const id = await publish(15.5)
    gradebook.next = Array.from({ length: 8 }, () => () => ({ kind: 'unauthorized', reason: 'no entry' }) as const)
    for (let i = 0; i < 8; i++) {
      await deliver()
      after(3600)
    }
    expect(await stateOf(id)).toMatchObject({ status: 'given_up', attempts: 8 })
    await deliver()
    expect(gradebook.posts).toHaveLength(8)
    await open.db.transaction().execute((trx) => reviveDelivery(trx, seeded.networkId, id, now))
    await deliver()
    expect(await stateOf(id)).toMatchObject({ status: 'arrived', attempts: 1 })
  })

  it.each([
    ['an LMS whose address nobody has confirmed', 'lms.address_elsewhere'],
    ['a connection that is switched off', 'lms.connection_off'],
  ])('keeps scores for %s, however long, and sends them once that is settled', async (_what, code) => {
    const ids = [await publish(15.5), await publish(12, seeded.people.ravi)]
    gradebook.making = { kind: 'refused', code, reason: 'Nobody has confirmed it.' }
    for (let i = 0; i < 12; i++) {
      await deliver()
      after(86_400)
    }
    await deliver()
    for (const id of ids) expect(await stateOf(id)).toMatchObject({ status: 'waiting' })
    expect((await stateOf(ids[0]!)).lastError).toMatch(/^not_permitted/)
    gradebook.making = null
    await deliver()
    expect(gradebook.posts).toHaveLength(0)
    const { networkId, platforms, institutions } = seeded
    const [platformId, institutionId] = [platforms.riverside, institutions.riverside]
    const at = { institutionId, platformId, addresses: ['https://elsewhere.example/token'] }
    const personId = seeded.people.rosa
    await open.db
      .insertInto('role_grant')
      .values({ network_id: networkId, person_id: personId, role: 'network_admin' })
      .execute()
    const admin = await actorFor(open.db, { networkId, personId, now })
    await open.db
      .updateTable('lti_platform')
      .set({ token_endpoint: at.addresses[0]! })
      .where('id', '=', platformId)
      .execute()
    const settled =
      code === 'lms.address_elsewhere'
        ? confirmAddresses(open.db, admin, at, now)
        : setConnectionStatus(open.db, admin, { institutionId, platformId, status: 'active' }, now)
    expect(await settled).toMatchObject({ ok: true })
    await deliver()
    for (const id of ids) expect(await stateOf(id)).toMatchObject({ status: 'arrived', attempts: 1 })
  })

  it.each([
    ['lms.403', { status: 'refused', lastError: 'not_permitted Why.' }],
    ['lms.invalid_scope', { status: 'refused', lastError: 'not_permitted Why.' }],
    ['lms.answer_unreadable', { status: 'arrived', attempts: 2 }],
    ['lms.302', { status: 'arrived', attempts: 2 }],
  ])('blames no learner for %s, and sends again what was answered by no LMS', async (code, state) => {
    const id = await publish(15.5)
    gradebook.next = [() => ({ kind: 'refused', code, reason: 'Why.' })]
    await deliver()
    expect(await stateOf(id)).toMatchObject(state)
  })

  it('says when the LMS refuses, and looks for the column anew when it is gone', async () => {
    const id = await publish(15.5)
    gradebook.next = [() => ({ kind: 'refused', code: 'lms.422', reason: 'The learner is not in the course.' })]
    await deliver()
    expect(await stateOf(id)).toMatchObject({
      status: 'refused',
      lastError: 'refused_by_lms The learner is not in the course.',
    })
    const other = await publish(12, seeded.people.ravi)
    gradebook.next = [() => ({ kind: 'refused', code: 'lms.404', reason: 'No such line item.' })]
    await deliver()
    expect(await stateOf(other)).toMatchObject({
      status: 'refused',
      lastError: expect.stringMatching(/^column_missing/),
    })
    await open.db.transaction().execute((trx) => reviveDelivery(trx, seeded.networkId, other, now))
    await deliver()
    expect(gradebook.made).toBe(2)
    expect(await stateOf(other)).toMatchObject({ status: 'arrived' })
  })

  it('tries again when the column could not be made', async () => {
    const id = await publish(15.5)
    gradebook.making = { kind: 'unauthorized', reason: 'The key was not accepted.' }
    await deliver()
    expect(await stateOf(id)).toMatchObject({ status: 'waiting', lastError: expect.stringMatching(/^not_permitted/) })
    gradebook.making = null
    now = (await stateOf(id)).nextAttemptAt
    await deliver()
    expect(await stateOf(id)).toMatchObject({ status: 'arrived' })
  })

  const down = () => ({ kind: 'unreachable', reason: 'no answer' }) as const
  const rest = async () => (await open.db.selectFrom('lti_circuit').selectAll().execute())[0]

  it('leaves an LMS alone after five failures in a row, tries it with one score, and goes on when that arrives', async () => {
    await publish(1)
    await deliver()
    gradebook.posts.length = 0
    const ids = await Promise.all([publish(15.5), publish(12, seeded.people.ravi), publish(9, seeded.people.rosa)])
    after(1)
    gradebook.next = Array.from({ length: 7 }, () => down)
    await deliver()
    // Three and their second tries; then it rests for half a minute, and for one when the one score fails too.
    expect(await rest()).toMatchObject({ failures: 6, opened_at: expect.any(Date) })
    expect(gradebook.posts).toHaveLength(7)
    const { open_until } = (await rest())!
    for (const id of ids) expect((await stateOf(id)).nextAttemptAt >= open_until!).toBe(true)
    now = new Date(+open_until! - 61_000)
    await deliver()
    expect(gradebook.posts).toHaveLength(7)
    now = open_until!
    gradebook.next = [down]
    await deliver()
    expect(gradebook.posts).toHaveLength(8)
    after(900)
    await deliver()
    for (const id of ids) expect(await stateOf(id)).toMatchObject({ status: 'arrived' })
    expect(await rest()).toMatchObject({ failures: 0, opened_at: null, open_until: null })
  })

  it('does not give scores up while an LMS is down for a day, nor blame them', async () => {
    const ids = [await publish(15.5), await publish(12, seeded.people.ravi)]
    const answers = gradebook.postScore.bind(gradebook)
    gradebook.postScore = async () => down()
    for (let minutes = 0; minutes < 24 * 60; minutes += 10) {
      await deliver()
      after(600)
    }
    for (const id of ids) expect((await stateOf(id)).attempts).toBeLessThan(5)
    gradebook.postScore = answers
    after(900)
    await deliver()
    for (const id of ids) expect(await stateOf(id)).toMatchObject({ status: 'arrived' })
    expect(new Set(scoresHeld())).toEqual(new Set([15.5, 12]))
  })

  it('gives scores up when an LMS does not come back for more than three days', async () => {
    const id = await publish(15.5)
    gradebook.postScore = async () => down()
    for (let hours = 0; hours <= 74; hours++) {
      await deliver()
      after(3600)
    }
    expect(await stateOf(id)).toMatchObject({ status: 'given_up' })
  })

  it('has at most four scores of an LMS under way at once', async () => {
    const { networkId } = seeded
    const people = await open.db
      .insertInto('person')
      .values(Array.from({ length: 12 }, (_, i) => ({ ...NOBODY, network_id: networkId, name: `P${i}` })))
      .returning('id')
      .execute()
    for (const { id } of people) await publish(10, id as PersonId)
    const answers = gradebook.postScore.bind(gradebook)
    const underWay = new Set<string>()
    let most = 0
    gradebook.postScore = async (platform, url, score) => {
      underWay.add(score.userId)
      most = Math.max(most, underWay.size)
      await new Promise((resolve) => setTimeout(resolve, 80))
      underWay.delete(score.userId)
      return answers(platform, url, score)
    }
    await deliver()
    expect(most).toBe(4)
    expect(gradebook.posts).toHaveLength(12)
  })

  it('sends each score once when several workers run at once', async () => {
    const people = [seeded.people.ana, seeded.people.ravi]
    for (const [index, personId] of people.entries()) await publish(10 + index, personId)
    await publish(9, seeded.people.hana, seeded.courses.hillside)
    await Promise.all([deliver(), deliver(), deliver(), deliver()])
    after(3)
    await deliver()
    expect(gradebook.posts).toHaveLength(3)
    expect(gradebook.made).toBe(2)
  })

  it('puts ten thousand scores on their way at once, and supersedes those that wait', async () => {
    const { networkId, courses } = seeded
    const courseId = courses.riverside
    const people = await open.db
      .insertInto('person')
      .values(Array.from({ length: 10_000 }, (_, i) => ({ ...NOBODY, network_id: networkId, name: `P${i}` })))
      .returning('id')
      .execute()
    const put = (score: number) =>
      open.db.transaction().execute(async (trx) => {
        const items = [{ courseId, column: 'work' as const, label: 'Action plan: work', maximum: 20 }]
        const lineItem = await ensureLineItems(trx, networkId, roundId, items)
        const place = { lineItemId: lineItem(courseId, 'work'), courseId, score, maximum: 20 }
        const all = people.map(({ id }) => ({ ...place, personId: id as PersonId, lmsUserId: `lms-${id}` }))
        await insertDeliveries(trx, { networkId, roundId, publishedBy: seeded.people.rosa }, all, now)
      })
    await put(10)
    await put(11)
    const counts = await open.db
      .selectFrom('score_delivery')
      .select(({ fn }) => ['status', 'score_given', fn.countAll<string>().as('count')])
      .where('platform_id', '=', seeded.platforms.riverside)
      .groupBy(['status', 'score_given'])
      .orderBy('score_given')
      .execute()
    expect(counts).toEqual([
      { status: 'superseded', score_given: 10, count: '10000' },
      { status: 'waiting', score_given: 11, count: '10000' },
    ])
  })
})
