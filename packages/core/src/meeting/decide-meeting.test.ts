import { expect, it } from 'vitest'
import { USUAL_LIMITS } from '../programme/policy.ts'
import { applyChange, isElsewhereOrAnotherTime, untilItEnds } from './change-meeting.ts'
import type { PlanMeeting } from './contract.ts'
import { decideMeeting } from './decide-meeting.ts'

const startsAt = new Date('2026-11-17T21:00:00Z')
const lasting = (minutes: number): PlanMeeting => ({
  title: 'Stories into principles',
  startsAt,
  endsAt: new Date(startsAt.getTime() + minutes * 60_000),
  timeZone: 'America/New_York',
  place: 'Room 204',
  joinUrl: null,
  bring: null,
})
const around = { limits: USUAL_LIMITS, submissionDeadline: null }

it.each([75, 90, 105])('plans a meeting of %i minutes without a word', (minutes) => {
  expect(decideMeeting(lasting(minutes), around)).toEqual({ ok: true, value: { accepted: [] } })
})

it.each([74, 106])('wants a reason for %i minutes, and records what it was given for', (minutes) => {
  const findings = [{ code: 'meeting.length', facts: { minutes, usual: 90, tolerance: 15 } }]
  expect(decideMeeting(lasting(minutes), around)).toMatchObject({
    refusal: { code: 'meeting.needs_reason', facts: { findings } },
  })
  const withReason = { ...lasting(minutes), reason: 'A guest has an hour.' }
  expect(decideMeeting(withReason, around)).toEqual({ ok: true, value: { accepted: findings } })
})

it('refuses a meeting without a place or link, one that ends before it starts, and one that lasts over a day', () => {
  const nowhere = { ...lasting(90), place: null }
  expect(decideMeeting(nowhere, around)).toMatchObject({ refusal: { code: 'meeting.place' } })
  expect(decideMeeting({ ...nowhere, joinUrl: 'https://meet.example/w' }, around)).toMatchObject({ ok: true })
  expect(decideMeeting(lasting(0), around)).toMatchObject({ refusal: { code: 'meeting.times' } })
  expect(decideMeeting(lasting(24 * 60 + 1), around)).toMatchObject({ refusal: { code: 'meeting.times' } })
})

it('warns when a meeting ends less than 14 days before the submission deadline', () => {
  const days = (n: number) => new Date(lasting(90).endsAt.getTime() + n * 86_400_000)
  expect(decideMeeting(lasting(90), { ...around, submissionDeadline: days(14) })).toMatchObject({ ok: true })
  expect(decideMeeting(lasting(90), { ...around, submissionDeadline: days(10.5) })).toMatchObject({
    refusal: { facts: { findings: [{ code: 'schedule.before_deadline', facts: { daysBefore: 10, bufferDays: 14 } }] } },
  })
})

it('takes answers and changes until the meeting ends', () => {
  const { endsAt } = lasting(90)
  expect(untilItEnds({ endsAt }, new Date(endsAt.getTime() - 1))).toMatchObject({ ok: true })
  expect(untilItEnds({ endsAt }, endsAt)).toMatchObject({ refusal: { code: 'meeting.over' } })
})

it('a change keeps what it leaves out, and only time and place are worth a mail', () => {
  const before = lasting(90)
  const renamed = applyChange(before, { title: 'Principles', bring: undefined })
  expect(renamed).toEqual({ ...before, title: 'Principles' })
  expect(isElsewhereOrAnotherTime(before, renamed)).toBe(false)
  expect(isElsewhereOrAnotherTime(before, applyChange(before, { place: null, joinUrl: 'https://m.example' }))).toBe(
    true,
  )
})
