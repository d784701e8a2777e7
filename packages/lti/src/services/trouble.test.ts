import { expect, it } from 'vitest'
import { troubleOf } from './trouble.ts'

const now = new Date('2026-11-21T10:00:00Z')
const answer = (status: number, retryAfter: string | null = null, text = '') => ({
  status,
  header: () => retryAfter,
  text,
})

it.each([
  [401, null, { kind: 'unauthorized' }],
  [429, null, { kind: 'busy', retryAfterSeconds: null }],
  [429, '7', { kind: 'busy', retryAfterSeconds: 7 }],
  [429, 'Sat, 21 Nov 2026 10:01:30 GMT', { kind: 'busy', retryAfterSeconds: 90 }],
  [429, 'Sat, 21 Nov 2026 09:00:00 GMT', { kind: 'busy', retryAfterSeconds: 1 }],
  [429, '999999', { kind: 'busy', retryAfterSeconds: 3600 }],
  [429, 'soon', { kind: 'busy', retryAfterSeconds: null }],
  [503, '5', { kind: 'busy', retryAfterSeconds: 5 }],
  [503, null, { kind: 'unreachable' }],
  [500, null, { kind: 'unreachable' }],
  [404, null, { kind: 'refused', code: 'lms.404' }],
  [422, null, { kind: 'refused', code: 'lms.422' }],
  [302, null, { kind: 'refused', code: 'lms.302' }],
])('takes %i with Retry-After %s for %o', (status, retryAfter, trouble) => {
  expect(troubleOf(answer(status, retryAfter), now)).toMatchObject(trouble)
})

it('takes the way Canvas slows a tool down for that, and no other 403', () => {
  expect(troubleOf(answer(403, null, '403 Forbidden (Rate Limit Exceeded)\n'), now)).toMatchObject({ kind: 'busy' })
  expect(troubleOf(answer(403, null, '{"error":"forbidden"}'), now)).toMatchObject({ kind: 'refused', code: 'lms.403' })
})
