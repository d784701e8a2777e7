import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { PersonId, RoundId } from '@copractice/core/kernel'
import type { SeededNetwork } from '@copractice/services/testing'
import { updateRound } from '@copractice/store/review'
import { insertClosedRound } from '../testing/insert-closed-round.ts'
import { startRoutes, type StartedRoutes, type Json, type Who } from '../testing/start-routes.ts'
import { gradebookRoutes } from './routes.ts'

const now = new Date('2026-03-09T12:00:00Z')
let started: StartedRoutes, seeded: SeededNetwork
beforeAll(async () => {
  started = await startRoutes(now, (deps) => [gradebookRoutes(deps)])
  ;({ seeded } = started)
})
afterAll(() => started.close())
const call = async (...asked: Parameters<StartedRoutes['call']>) => {
  const { status, body } = await started.call(...asked)
  return { status, body }
}

/** As `insertClosedRound` says, an hour ago. */
const closedRound = (): Promise<RoundId> =>
  insertClosedRound(started.db, seeded, { settled: new Date(+now - 3_600_000), late: null, now })

const preview = async (who: Who, roundId: string) => (await call(who, 'GET', `/rounds/${roundId}/publish-preview`)).body
const publish = async (who: Who, roundId: string) => {
  const { fingerprint } = await preview(who, roundId)
  return call(who, 'POST', `/rounds/${roundId}/publish`, { fingerprint })
}
const cellsOf = (body: Json) =>
  Object.fromEntries(body.rows.map(({ name, work, reviewing }: Json) => [name, [work.willBe, reviewing.willBe]]))
const markAll = (status: 'arrived' | 'refused', personId?: PersonId) => {
  const query = started.db.updateTable('score_delivery').set({ status, arrived_at: status === 'arrived' ? now : null })
  return (personId ? query.where('person_id', '=', personId) : query).where('status', '=', 'waiting').execute()
}

describe('publishing', () => {
  it('previews each own learner and column, and names nobody else', async () => {
    const roundId = await closedRound()
    const body = await preview('rosa', roundId)
    // Ana is reviewed by Ravi (50 %) and Hana (100 %): 75 % of 20. Ana says 100 of Hana, Dora too; of Dora, Ravi says 50:
    // all and half of the 60 for agreement, and the 40 for each review sent.
    expect(cellsOf(body)).toEqual({ 'Ana Okonjo': [15, 8.5], 'Ravi Nair': [20, 7] })
    expect(body).toMatchObject({
      courses: [{ title: 'CEP 610', institution: 'Riverside State', profile: 'canvas', hasGradebook: true }],
      columns: [
        { column: 'work', label: 'Action plan: work', maximum: 20 },
        { column: 'reviewing', label: 'Action plan: reviewing', maximum: 10 },
      ],
      counts: { toSend: 4, learnersToSend: 2, same: 0, wait: 0 },
      others: { inOtherCourses: 1, withoutGradebook: 1 },
    })
    expect(JSON.stringify(body)).not.toMatch(/Hana|Weiss|Dora|Carter/)
    expect(Object.keys(cellsOf(await preview('hugo', roundId)))).toEqual(['Hana Weiss'])
  })

  it('puts exactly the preview on its way, and again only what changed', async () => {
    const roundId = await closedRound()
    expect(await publish('rosa', roundId)).toEqual({ status: 201, body: { sent: 4, learners: 2 } })
    expect((await preview('rosa', roundId)).rows[0].work).toEqual({
      now: null,
      onItsWay: 15,
      willBe: 15,
      inLms: null,
      verdict: 'same',
      why: null,
    })
    await markAll('arrived')
    expect((await publish('rosa', roundId)).body.code).toBe('publish.nothing_to_send')

    await started.db
      .updateTable('review_assignment')
      .set({ marks: JSON.stringify([{ criterionId: 'whole', points: 10, comment: '' }]) })
      .where('round_id', '=', roundId)
      .where('reviewer_id', '=', seeded.people.ravi)
      .execute()
    const changed = await preview('rosa', roundId)
    expect(changed.rows[0].work).toEqual({
      now: 15,
      onItsWay: null,
      willBe: 20,
      inLms: null,
      verdict: 'changed',
      why: null,
    })
    // Ravi's work stays as it was; his reviewing, and all of Ana's, changed.
    expect(changed.counts).toMatchObject({ toSend: 3, same: 1 })
    expect((await publish('rosa', roundId)).body).toEqual({ sent: 3, learners: 2 })
  })

  it('leaves a cell where the LMS keeps a teacher’s grade, told or not, until somebody asks', async () => {
    const roundId = await closedRound()
    await publish('rosa', roundId)
    await markAll('refused')
    const tellOf = (set: { lms_score?: number; lms_score_unsaid?: boolean }) =>
      started.db
        .updateTable('score_delivery')
        .set({ last_error: 'newer_grade', ...set })
        .where('round_id', '=', roundId)
        .where('person_id', '=', seeded.people.ana)
        .execute()
    const works = async () => (await preview('rosa', roundId)).rows.map(({ work }: Json) => [work.verdict, work.inLms])
    // Refused as too old, and nothing is there: it is sent anew as any other.
    await tellOf({})
    expect(await works()).toEqual([
      ['new', null],
      ['new', null],
    ])
    await tellOf({ lms_score_unsaid: true })
    expect(await works()).toEqual([
      ['theirs', null],
      ['new', null],
    ])
    await tellOf({ lms_score: 18, lms_score_unsaid: false })
    expect(await works()).toEqual([
      ['theirs', 18],
      ['new', null],
    ])
    expect((await publish('rosa', roundId)).body).toEqual({ sent: 2, learners: 1 })
  })

  it('refuses when something changed since the preview', async () => {
    const roundId = await closedRound()
    const { fingerprint } = await preview('rosa', roundId)
    await started.db
      .updateTable('review_assignment')
      .set({ filed_at: null })
      .where('round_id', '=', roundId)
      .where('reviewer_id', '=', seeded.people.ravi)
      .execute()
    const refused = await call('rosa', 'POST', `/rounds/${roundId}/publish`, { fingerprint })
    expect([refused.status, refused.body.code]).toEqual([409, 'publish.preview_outdated'])
    const rows = await started.db.selectFrom('score_delivery').select('id').where('round_id', '=', roundId).execute()
    expect(rows).toEqual([])
  })

  it('pressed twice at once, publishes once', async () => {
    const roundId = await closedRound()
    const { fingerprint } = await preview('rosa', roundId)
    const both = await Promise.all(
      [1, 2].map(() => call('rosa', 'POST', `/rounds/${roundId}/publish`, { fingerprint })),
    )
    expect(both.map(({ status }) => status).sort((a, b) => a - b)).toEqual([201, 409])
    const rows = await started.db.selectFrom('score_delivery').select('id').where('round_id', '=', roundId).execute()
    expect(rows).toHaveLength(4)
  })

  it('sends nothing while the round is open, or of someone who left', async () => {
    const roundId = await closedRound()
    await updateRound(started.db, seeded.networkId, roundId, { phase: 'review', reviewUntil: new Date(+now + 1000) })
    expect((await preview('rosa', roundId)).rows[0].work).toMatchObject({ verdict: 'waits', why: 'round_open' })
    expect((await publish('rosa', roundId)).body.code).toBe('publish.nothing_to_send')
    await updateRound(started.db, seeded.networkId, roundId, { phase: 'closed' })
    const seat = (status: 'left' | 'seated') =>
      started.db.updateTable('seat').set({ status }).where('person_id', '=', seeded.people.ana).execute()
    await seat('left')
    expect((await preview('rosa', roundId)).rows[0].work).toMatchObject({ willBe: null, why: 'left_cohort' })
    await seat('seated')
    const review = started.db.updateTable('review_assignment').where('round_id', '=', roundId)
    await review.where('reviewer_id', '=', seeded.people.ana).set({ hidden_at: now }).execute()
    expect((await preview('rosa', roundId)).rows[0].reviewing).toMatchObject({ why: 'review_set_aside' })
  })

  it('is for instructors of the learners’ own course alone', async () => {
    const roundId = await closedRound()
    const path = `/rounds/${roundId}/publish-preview`
    expect((await call('ana', 'GET', path)).status).toBe(403)
    expect((await call('dora', 'GET', path)).status).toBe(403)
    expect((await call('cora', 'GET', path)).status).toBe(404)
    const { fingerprint } = await preview('hugo', roundId)
    expect((await call('rosa', 'POST', `/rounds/${roundId}/publish`, { fingerprint })).body.code).toBe(
      'publish.preview_outdated',
    )
  })
})

describe('the delivery log', () => {
  it('lists the own course’s scores newest first, page by page, with a sum', async () => {
    const roundId = await closedRound()
    await publish('rosa', roundId)
    await publish('hugo', roundId)
    await markAll('arrived', seeded.people.ana)
    const first = (await call('rosa', 'GET', `/rounds/${roundId}/deliveries?limit=3`)).body
    const second = (await call('rosa', 'GET', `/rounds/${roundId}/deliveries?limit=3&after=${first.next}`)).body
    expect([first.items.length, second.items.length, second.next]).toEqual([3, 1, null])
    const all = [...first.items, ...second.items]
    expect(new Set(all.map(({ deliveryId }: Json) => deliveryId)).size).toBe(4)
    expect(new Set(all.map(({ name }: Json) => name))).toEqual(new Set(['Ana Okonjo', 'Ravi Nair']))
    expect(first).toMatchObject({
      attemptsAtMost: 8,
      courses: [{ title: 'CEP 610', arrived: 2, waiting: 2, refused: 0, givenUp: 0 }],
    })
  })

  it('sends a refused score once more for its own instructor, unless a later one exists', async () => {
    const roundId = await closedRound()
    await publish('rosa', roundId)
    const items = async () => (await call('rosa', 'GET', `/rounds/${roundId}/deliveries`)).body.items as Json[]
    const { deliveryId } = (await items())[0]
    const retry = (who: Who) => call(who, 'POST', `/deliveries/${deliveryId}/retry`)
    expect((await retry('rosa')).body.code).toBe('delivery.not_retryable')
    await markAll('refused')
    expect((await items())[0]).toMatchObject({ status: 'refused', canRetry: true, nextAttemptAt: null })
    expect((await retry('hugo')).body.code).toBe('delivery.not_found')
    expect((await retry('rosa')).body).toMatchObject({ status: 'waiting', attempts: 0, problem: null })
    await markAll('refused')
    // What was refused counts as not sent: publishing sends it anew, and the refused score is history.
    expect((await publish('rosa', roundId)).body.sent).toBe(4)
    expect((await retry('rosa')).body.code).toBe('delivery.outdated')
  })
})
