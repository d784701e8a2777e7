import { afterAll, beforeAll, expect, it } from 'vitest'
import type { DeliveryId, NetworkId, PersonId, PlatformId, RoundId } from '@copractice/core/kernel'
import type { LineItemsOutcome, LtiGradebook, ServiceTrouble } from '@copractice/lti'
import type { OpenDatabase } from '@copractice/store/database'
import type { ClaimedScore } from '@copractice/store/gradebook'
import { openTestDb } from '@copractice/store/testing'
import { sendScore } from './send-score.ts'

let open: OpenDatabase
beforeAll(async () => {
  open = await openTestDb()
})
afterAll(() => open.close())

const id = '00000000-0000-4000-8000-000000000001'
const url = 'https://lms.example.edu/items/1'
const takenBack: ClaimedScore = {
  networkId: id as NetworkId,
  deliveryId: id as DeliveryId,
  platformId: id as PlatformId,
  lineItemsUrl: 'https://lms.example.edu/items',
  lineItem: { id, url, label: 'Plan: work', maximum: 20 },
  roundId: id as RoundId,
  column: 'work',
  lmsUserId: '7',
  personId: id as PersonId,
  handedInAt: null,
  score: 15,
  maximum: 20,
  comment: '',
  sentBefore: [],
  overwrites: false,
  withdraws: true,
  attempts: 1,
  isAgain: false,
  timestamp: new Date(),
  claimedUntil: new Date(),
}
const refused = (code: string): ServiceTrouble => ({ kind: 'refused', code, reason: 'Why.' })
const columns = (...urls: string[]): LineItemsOutcome => ({
  kind: 'read',
  lineItems: urls.map((each) => ({ url: each, label: '', scoreMaximum: 20, tag: 'work', resourceId: id })),
})
const missing = { kind: 'refused', problem: 'column_missing' }

it.each([
  ['went with its column', 'lms.404', columns(`${url}0`), { kind: 'arrived' }],
  ['has not gone while the course is closed', 'lms.404', refused('lms.404'), missing],
  ['has not gone while its column is listed', 'lms.404', columns(url), missing],
  ['has not gone from a column that is no longer ours', 'lms.412', columns(), missing],
  ['is looked for again when the LMS is down', 'lms.404', { kind: 'unreachable', reason: '' }, { kind: 'later' }],
] as const)('a score that is taken back %s', async (_what, code, listed, outcome) => {
  const gradebook = { postScore: async () => refused(code), listLineItems: async () => listed }
  const deps = { db: open.db, gradebook: gradebook as Partial<LtiGradebook> as LtiGradebook, clock: () => new Date() }
  expect(await sendScore(deps, takenBack)).toMatchObject(outcome)
})
