import { pino } from 'pino'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { LtiGradebook, ScoreOutcome } from '@copractice/lti'
import {
  claimLineItem,
  ensureLineItems,
  forgetLineItemUrl,
  insertDeliveries,
  saveLineItemUrl,
} from '@copractice/store/gradebook'
import type { OpenDatabase } from '@copractice/store/database'
import { openTestDb } from '@copractice/store/testing'
import { addRound, seedNetwork, type SeededNetwork } from '../testing/index.ts'
import { deliverDueScores } from './deliver-scores.ts'

let open: OpenDatabase, seeded: SeededNetwork, now: Date
beforeAll(async () => {
  open = await openTestDb()
})
afterAll(() => open.close())
beforeEach(async () => {
  now = new Date('2026-03-09T12:00:00.300Z')
  await open.db.deleteFrom('score_delivery').execute()
  seeded = await seedNetwork(open.db, { now })
})
const after = (seconds: number) => {
  now = new Date(+now + seconds * 1000)
}

/** Puts a score of Ana's work on its way. */
async function publish() {
  const { networkId, people, courses } = seeded
  const roundId = await addRound(open.db, seeded, now)
  await open.db.transaction().execute(async (trx) => {
    const courseId = courses.riverside
    const items = [{ courseId, column: 'work' as const, label: 'Action plan: work', maximum: 20 }]
    const lineItemId = (await ensureLineItems(trx, networkId, roundId, items))(courseId, 'work')
    const delivery = { lineItemId, courseId, personId: people.ana, lmsUserId: 'ana', score: 15, maximum: 20 }
    await insertDeliveries(trx, { networkId, roundId, publishedBy: people.rosa }, [delivery], now)
  })
}

describe('a worker that was held up for longer than its scores were its own', () => {
  /** A worker whose LMS answers when the test says so, and what it says. */
  const heldUp = () => {
    let answer!: (outcome: ScoreOutcome) => void
    let asked!: () => void
    const outcome = new Promise<ScoreOutcome>((resolve) => (answer = resolve))
    const isAsked = new Promise<void>((resolve) => (asked = resolve))
    const gradebook: LtiGradebook = {
      listLineItems: async () => ({ kind: 'read', lineItems: [] }),
      createLineItem: async () => ({ kind: 'ready', isNew: false, lineItem: COLUMN }),
      readResult: async () => ({ kind: 'read', score: null, maximum: null, comment: null }),
      listKept: async () => ({ kind: 'read', userIds: [] }),
      postScore: async () => {
        asked()
        return outcome
      },
    }
    const log = pino({ level: 'silent' })
    const wait = async (milliseconds: number) => after(milliseconds / 1000)
    const done = deliverDueScores({ db: open.db, gradebook, log, clock: () => now, roll: () => 0.5, wait })
    return { isAsked, answer, done }
  }
  const COLUMN = { url: 'https://lms.example/1', label: 'x', tag: 'work', resourceId: 'r', scoreMaximum: 20 }
  const row = () =>
    open.db
      .selectFrom('score_delivery')
      .select(['status', 'attempts', 'claimed_until', 'last_error'])
      .executeTakeFirstOrThrow()

  it.each<ScoreOutcome>([
    { kind: 'refused', code: 'lms.422', reason: 'Not now.' },
    { kind: 'unreachable', reason: 'Nobody there.' },
    { kind: 'accepted' },
  ])('writes nothing into the hands of the one that took over, whatever it was told: $kind', async (late) => {
    await publish()
    const first = heldUp()
    await first.isAsked
    after(181)
    const second = heldUp()
    await second.isAsked
    const held = await row()
    expect(held).toMatchObject({ status: 'waiting', attempts: 2 })

    first.answer(late)
    await first.done
    expect(await row()).toEqual(held)
    second.answer({ kind: 'accepted' })
    await second.done
    expect(await row()).toEqual({ status: 'arrived', attempts: 2, claimed_until: null, last_error: null })
  })

  it('tells what came of its score all the same where nobody took over', async () => {
    await publish()
    const only = heldUp()
    await only.isAsked
    after(181)
    only.answer({ kind: 'accepted' })
    await only.done
    expect(await row()).toMatchObject({ status: 'arrived', claimed_until: null })
  })

  it('leaves a column that another has claimed to that one, and uses none of its own', async () => {
    await publish()
    const { networkId } = seeded
    const item = await open.db
      .selectFrom('line_item')
      .select('id')
      .where('network_id', '=', networkId)
      .executeTakeFirstOrThrow()
    const until = (seconds: number) => new Date(+now + seconds * 1000)
    const mine = { networkId, lineItemId: item.id }
    const lost = until(60)
    expect(await claimLineItem(open.db, mine, { now, until: lost })).toBe('ours')
    after(61)
    const kept = until(60)
    expect(await claimLineItem(open.db, mine, { now, until: kept })).toBe('ours')
    expect(await saveLineItemUrl(open.db, mine, { url: 'https://lms.example/late', claimedUntil: lost })).toBe(false)
    expect(await saveLineItemUrl(open.db, mine, { url: null, claimedUntil: lost })).toBe(false)
    expect(await claimLineItem(open.db, mine, { now, until: until(60) })).toBe('taken')
    expect(await saveLineItemUrl(open.db, mine, { url: COLUMN.url, claimedUntil: kept })).toBe(true)
    // A column that is gone takes none with it that has come in its place.
    await forgetLineItemUrl(open.db, mine, 'https://lms.example/gone')
    expect(await claimLineItem(open.db, mine, { now, until: until(60) })).toEqual({ url: COLUMN.url })
  })
})
