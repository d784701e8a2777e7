import type { PolicyLimits } from '../programme/policy.ts'

const MINUTE = 60_000
const DAY = 24 * 60 * MINUTE

/** What a coordinator may have to look into, worst first. */
export const COHORT_CONCERNS = [
  'behind',
  'silent',
  'without_chair',
  'too_small',
  'without_next_meeting',
  'lms_missing',
] as const
export type CohortConcern = (typeof COHORT_CONCERNS)[number]

/** A cohort's season in figures. Minutes are those of meetings; `lastHeardAt`: when somebody last met or wrote. */
export type SeasonFacts = Readonly<{
  status: 'open' | 'closed'
  submissionDeadline: Date | null
  meetings: number
  minutesPlanned: number
  lastMeetingEndsAt: Date | null
  nextMeetingAt: Date | null
  lastHeardAt: Date
  taken: number
  chairs: number
  /** Campuses with people in the cohort and no LMS connection that works. */
  campusesWithoutLms: number
}>

type Limits = Pick<
  PolicyLimits,
  'cohortMinimum' | 'cohortChairs' | 'minimumMeetings' | 'deadlineBufferDays' | 'silenceWeeks' | 'commitment'
>

/**
 * Whether a cohort will be done before its submission deadline (schedule.before_deadline, schedule.meetings,
 * hours.commitment). `latest` is when its last meeting ends at the latest; the missing figures are 0 where enough is
 * planned. `past`: the deadline is over, nothing can be planned any more.
 */
export function readinessOf(facts: SeasonFacts, limits: Limits, now: Date) {
  const { submissionDeadline: deadline, meetings, minutesPlanned, lastMeetingEndsAt } = facts
  if (!deadline) return { state: 'no_deadline' as const, latest: null, isLate: false, meetings: 0, minutes: 0 }
  const latest = new Date(deadline.getTime() - limits.deadlineBufferDays * DAY)
  const isLate = lastMeetingEndsAt !== null && lastMeetingEndsAt > latest
  const missing = {
    meetings: Math.max(0, limits.minimumMeetings - meetings),
    minutes: Math.max(0, (limits.commitment?.minutes ?? 0) - minutesPlanned),
  }
  const isBehind = isLate || missing.meetings > 0 || missing.minutes > 0
  const state = deadline <= now ? ('past' as const) : isBehind ? ('behind' as const) : ('on_course' as const)
  return { state, latest, isLate, ...missing }
}

/** When a cohort fell silent (silence): the policy's weeks after somebody last met or wrote; null while it is not. */
export function silentSince(
  facts: SeasonFacts,
  { silenceWeeks }: Pick<Limits, 'silenceWeeks'>,
  now: Date,
): Date | null {
  return facts.lastHeardAt.getTime() < now.getTime() - silenceWeeks * 7 * DAY ? facts.lastHeardAt : null
}

/** What is to be looked into, worst first. A closed cohort asks nothing more of anybody. */
export function concernsOf(facts: SeasonFacts, limits: Limits, now: Date): CohortConcern[] {
  if (facts.status === 'closed') return []
  const readiness = readinessOf(facts, limits, now).state
  const is: Record<CohortConcern, boolean> = {
    behind: readiness === 'behind',
    silent: silentSince(facts, limits, now) !== null,
    without_chair: facts.chairs < limits.cohortChairs,
    too_small: facts.taken < limits.cohortMinimum,
    without_next_meeting: facts.nextMeetingAt === null && readiness !== 'past',
    lms_missing: facts.campusesWithoutLms > 0,
  }
  return COHORT_CONCERNS.filter((concern) => is[concern])
}
