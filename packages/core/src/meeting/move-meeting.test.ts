import { describe, expect, it } from 'vitest'
import { USUAL_LIMITS } from '../programme/policy.ts'
import { decideMove, decideUndo, type AroundMove } from './move-meeting.ts'

const HOUR = 3_600_000
const now = new Date('2027-02-01T12:00:00Z')
const times = (hours: number, minutes = 90) => ({
  startsAt: new Date(now.getTime() + hours * HOUR),
  endsAt: new Date(now.getTime() + hours * HOUR + minutes * 60_000),
})
const free: AroundMove = { limits: USUAL_LIMITS, submissionDeadline: null, clashesWith: null, peopleBusy: 0 }
const meeting = times(24)
const move = (
  to: ReturnType<typeof times>,
  around: Partial<AroundMove> = {},
  more: { reason?: string; seen?: Date } = {},
) =>
  decideMove(
    meeting,
    { seen: more.seen ?? meeting.startsAt, to, reason: more.reason ?? null },
    { ...free, ...around },
    now,
  )
const codeOf = (decided: ReturnType<typeof move>) => (decided.ok ? 'moved' : decided.refusal.code)

describe('a move', () => {
  it('goes through where no rule speaks', () => {
    expect(move(times(48))).toEqual({ ok: true, value: { accepted: [] } })
  })

  it('is refused when somebody moved the meeting meanwhile, with where it is', () => {
    expect(move(times(48), {}, { seen: times(30).startsAt })).toMatchObject({
      refusal: { code: 'meeting.moved_since', facts: { startsAt: meeting.startsAt.toISOString() } },
    })
  })

  it('is none to the same time, nor to a time that cannot be', () => {
    expect(codeOf(move(times(24)))).toBe('meeting.not_moved')
    expect(codeOf(move(times(48, 0)))).toBe('meeting.times')
    expect(codeOf(move(times(48, 24 * 60 + 1)))).toBe('meeting.times')
  })

  it('asks why next to the deadline, on top of another meeting, and where people are busy', () => {
    const around = { submissionDeadline: times(24 * 10).startsAt, clashesWith: 'Workshop', peopleBusy: 2 }
    const asked = move(times(48), around)
    expect(asked).toMatchObject({ refusal: { code: 'meeting.needs_reason' } })
    const codes = (asked as { refusal: { facts: { findings: { code: string }[] } } }).refusal.facts.findings
    expect(codes.map(({ code }) => code)).toEqual(['schedule.before_deadline', 'meeting.clash', 'meeting.people_busy'])
    expect(codeOf(move(times(48), around, { reason: 'Snow' }))).toBe('moved')
  })

  it('of a meeting that is over is refused', () => {
    const over = times(-2)
    expect(decideMove(over, { seen: over.startsAt, to: times(2), reason: null }, free, now)).toMatchObject({
      refusal: { code: 'meeting.over' },
    })
  })
})

describe('undoing a move', () => {
  it('holds while the meeting is where the move put it', () => {
    expect(decideUndo(meeting, { to: meeting, isUndone: false }, now).ok).toBe(true)
    expect(decideUndo(times(30), { to: meeting, isUndone: false }, now).ok).toBe(false)
    expect(decideUndo(meeting, { to: meeting, isUndone: true }, now).ok).toBe(false)
  })
})
