import { pino } from 'pino'
import { afterAll, beforeAll, beforeEach, describe, expect, inject, it } from 'vitest'
import type { DeliveryId, RoundId } from '@copractice/core/kernel'
import type { OpenDatabase, Trx } from '@copractice/store/database'
import {
  ensureLineItems,
  findDelivery,
  insertDeliveries,
  listChangedInLms,
  reviveDelivery,
} from '@copractice/store/gradebook'
import { lockRound } from '@copractice/store/review'
import { openTestDb } from '@copractice/store/testing'
import { Gradebook } from '../testing/gradebook-as-told.ts'
import { actorFor, addRound, seedNetwork, type SeededNetwork } from '../testing/index.ts'
import { deliverDueScores } from './deliver-scores.ts'
import { retryDelivery } from './list-deliveries.ts'

let open: OpenDatabase, seeded: SeededNetwork, roundId: RoundId, now: Date, gradebook: Gradebook
beforeAll(async () => {
  open = await openTestDb()
})
afterAll(() => open.close())
beforeEach(async () => {
  now = new Date('2026-03-09T12:00:00.300Z')
  gradebook = new Gradebook()
  await open.db.deleteFrom('score_delivery').execute()
  await open.db.deleteFrom('lti_circuit').execute()
  seeded = await seedNetwork(open.db, { now })
  roundId = await addRound(open.db, seeded, now)
})
const after = (seconds: number) => {
  now = new Date(+now + seconds * 1000)
}
const deliver = () => {
  const wait = async (milliseconds: number) => after(milliseconds / 1000)
  const log = pino({ level: 'silent' })
  return deliverDueScores({ db: open.db, gradebook, log, clock: () => now, roll: () => 0.5, wait })
}
/** Puts a score of Ana's work, of 20 points, on its way. */
async function put(trx: Trx, score: number, comment = ''): Promise<DeliveryId> {
  const { networkId, people, courses } = seeded
  const courseId = courses.riverside
  const items = [{ courseId, column: 'work' as const, label: 'Action plan: work', maximum: 20 }]
  const lineItemId = (await ensureLineItems(trx, networkId, roundId, items))(courseId, 'work')
  const ana = { lineItemId, courseId, personId: people.ana, lmsUserId: 'ana', maximum: 20 }
  const scope = { networkId, roundId, publishedBy: people.rosa }
  await insertDeliveries(trx, scope, [{ ...ana, score, comment }], now)
  const rows = trx.selectFrom('score_delivery').select('id').orderBy('sequence', 'desc')
  return (await rows.executeTakeFirstOrThrow()).id as DeliveryId
}
const publish = (score: number, comment?: string) => open.db.transaction().execute((trx) => put(trx, score, comment))
const revive = (id: DeliveryId) =>
  open.db.transaction().execute((trx) => reviveDelivery(trx, seeded.networkId, id, now))
const scoresHeld = () => [...gradebook.cells.values()].map(({ scoreGiven }) => scoreGiven)
/** A teacher types over what is there. */
const type = (scoreGiven: number) => {
  for (const [key, cell] of gradebook.cells) gradebook.cells.set(key, { ...cell, scoreGiven })
}
const stateOf = (id: DeliveryId) => findDelivery(open.db, seeded.networkId, id)

describe('a score that is sent once more', () => {
  it('says its comment once, though its sending was given up before it was known to have come', async () => {
    const id = await publish(15, 'Well read.')
    gradebook.next = [() => 'applied_then_lost']
    gradebook.isReadable = false
    for (let hours = 0; hours < 75; hours++) {
      await deliver()
      after(3600)
    }
    expect(await stateOf(id)).toMatchObject({ status: 'given_up' })
    gradebook.isReadable = true
    await revive(id)
    const sent = await open.db.selectFrom('score_delivery').select(['score_timestamp', 'was_sent']).execute()
    expect(sent).toEqual([{ score_timestamp: null, was_sent: true }])
    await deliver()
    expect(await stateOf(id)).toMatchObject({ status: 'arrived' })
    expect(gradebook.posts.filter(({ comment }) => comment !== '')).toHaveLength(1)
  })

  it('knows a teacher’s word in going back to an earlier score of ours', async () => {
    for (const score of [12, 15]) {
      await publish(score)
      await deliver()
      after(60)
    }
    type(12)
    const id = await publish(16)
    await deliver()
    expect(await stateOf(id)).toMatchObject({
      status: 'refused',
      lastError: 'newer_grade',
      lmsScore: 12,
      weHadSent: 15,
    })
    // Asked for, it takes its place.
    after(60)
    await revive(id)
    await deliver()
    expect(await stateOf(id)).toMatchObject({ status: 'arrived' })
    expect(scoresHeld()).toEqual([16])
  })

  it('takes a teacher’s place for the once that was asked, not in a try after another trouble', async () => {
    await publish(12)
    await deliver()
    after(60)
    type(18)
    const id = await publish(16)
    await deliver()
    gradebook.next = [() => ({ kind: 'refused', code: 'lms.422', reason: 'The course is over.' })]
    const tries = [
      { status: 'refused', lastError: 'refused_by_lms The course is over.', lmsScore: null },
      { status: 'refused', lastError: 'newer_grade', lmsScore: 19 },
      { status: 'arrived', lastError: null, lmsScore: null },
    ]
    for (const state of tries) {
      after(60)
      await revive(id)
      await deliver()
      expect(await stateOf(id)).toMatchObject(state)
      expect(scoresHeld()).toEqual([state.status === 'arrived' ? 16 : (state.lmsScore ?? 18)])
      // Typed after somebody asked for ours in the place of 18.
      if (state.lmsScore === null && state.status === 'refused') type(19)
    }
  })

  it('is known for ours where it had come, though one that is published before it goes out takes its place', async () => {
    await publish(12)
    await deliver()
    after(60)
    const id = await publish(15)
    gradebook.next = [() => 'applied_then_lost']
    await deliver()
    await open.db.updateTable('score_delivery').set({ status: 'given_up' }).where('id', '=', id).execute()
    await revive(id)
    after(60)
    const later = await publish(16)
    await deliver()
    expect([(await stateOf(id))?.status, (await stateOf(later))?.status]).toEqual(['superseded', 'arrived'])
    expect(scoresHeld()).toEqual([16])
  })

  it('is no teacher’s doing when it came too late and nothing is there', async () => {
    const id = await publish(12)
    gradebook.next = [() => ({ kind: 'stale', reason: 'older' })]
    await deliver()
    expect(await stateOf(id)).toMatchObject({ status: 'refused', lastError: 'newer_grade', lmsScore: null })
    const theirs = () => listChangedInLms(open.db, seeded.networkId, roundId, [seeded.courses.riverside])
    expect(await theirs()).toEqual([])
    await open.db.updateTable('score_delivery').set({ lms_score_unsaid: true }).execute()
    expect(await theirs()).toMatchObject([{ column: 'work', score: null }])
  })

  it.skipIf(!inject('postgresUrl'))('does not go out after one that is published at that moment', async () => {
    const id = await publish(12)
    gradebook.next = [() => ({ kind: 'refused', code: 'lms.422', reason: 'The course is over.' })]
    await deliver()
    const { networkId, people } = seeded
    const rosa = await actorFor(open.db, { networkId, personId: people.rosa, now })
    after(60)
    const asked = await open.db.transaction().execute(async (trx) => {
      await lockRound(trx, networkId, roundId, 'update')
      await put(trx, 15)
      const retried = retryDelivery(open.db, rosa, id, now)
      await Promise.race([retried, new Promise((resolve) => setTimeout(resolve, 100))])
      return [retried]
    })
    expect(await asked[0]).toMatchObject({ ok: false, refusal: { code: 'delivery.outdated' } })
    for (let round = 0; round < 2; round++) {
      await deliver()
      after(60)
    }
    expect(scoresHeld()).toEqual([15])
  })
})
