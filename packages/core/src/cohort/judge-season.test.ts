import { describe, expect, it } from 'vitest'
import { USUAL_LIMITS } from '../programme/policy.ts'
import { concernsOf, readinessOf, silentSince, type SeasonFacts } from './judge-season.ts'

const DAY = 86_400_000
const now = new Date('2027-02-01T12:00:00Z')
const days = (n: number) => new Date(now.getTime() + n * DAY)
const well: SeasonFacts = {
  status: 'open',
  submissionDeadline: days(60),
  meetings: 6,
  minutesPlanned: 540,
  lastMeetingEndsAt: days(46),
  nextMeetingAt: days(3),
  lastHeardAt: days(-42),
  taken: 6,
  chairs: 1,
  campusesWithoutLms: 0,
}
const limits = { ...USUAL_LIMITS, cohortMinimum: 6 }
const but = (change: Partial<SeasonFacts>): SeasonFacts => ({ ...well, ...change })

describe('readiness for the deadline', () => {
  it('holds while the last meeting ends 14 days before it, to the millisecond', () => {
    expect(readinessOf(well, limits, now)).toMatchObject({ state: 'on_course', latest: days(46), isLate: false })
    const late = but({ lastMeetingEndsAt: new Date(days(46).getTime() + 1) })
    expect(readinessOf(late, limits, now)).toMatchObject({ state: 'behind', isLate: true })
  })

  it('names the meetings and the minutes that are missing', () => {
    const promised = { ...limits, commitment: { minutes: 600, sessions: 7 } }
    expect(readinessOf(but({ meetings: 4 }), promised, now)).toMatchObject({
      state: 'behind',
      meetings: 2,
      minutes: 60,
    })
  })

  it('is nobody’s trouble without a deadline, and over once it has passed', () => {
    expect(readinessOf(but({ submissionDeadline: null, meetings: 0 }), limits, now).state).toBe('no_deadline')
    expect(readinessOf(but({ submissionDeadline: now, meetings: 0 }), limits, now).state).toBe('past')
  })
})

describe('concerns', () => {
  it('are none for a cohort that goes well, and for a closed one whatever it was', () => {
    expect(concernsOf(well, limits, now)).toEqual([])
    const closed = but({ status: 'closed', taken: 0, chairs: 0, lastHeardAt: days(-400), campusesWithoutLms: 3 })
    expect(concernsOf(closed, limits, now)).toEqual([])
  })

  it('begin after six weeks of silence, not at them', () => {
    expect(silentSince(well, limits, now)).toBeNull()
    const longer = but({ lastHeardAt: new Date(days(-42).getTime() - 1) })
    expect(silentSince(longer, limits, now)).toEqual(longer.lastHeardAt)
    expect(concernsOf(longer, limits, now)).toEqual(['silent'])
  })

  it('are told worst first, all that hold', () => {
    const worst = but({
      meetings: 0,
      lastHeardAt: days(-90),
      chairs: 0,
      taken: 5,
      nextMeetingAt: null,
      campusesWithoutLms: 1,
    })
    expect(concernsOf(worst, limits, now)).toEqual([
      'behind',
      'silent',
      'without_chair',
      'too_small',
      'without_next_meeting',
      'lms_missing',
    ])
  })

  it('do not ask for a next meeting after the deadline', () => {
    expect(concernsOf(but({ submissionDeadline: days(-1), nextMeetingAt: null }), limits, now)).toEqual([])
  })
})
