import { ok, refuse } from '../kernel/result.ts'
import type { ClosingFinding } from './season-life-contract.ts'

/** `lastMeeting`: when the last meeting that lies ahead begins; null when none does. */
export type ClosingFacts = Readonly<{
  status: 'open' | 'closed'
  meetingsAhead: number
  lastMeetingAt: Date | null
  roundsRunning: number
}>

/** What goes on in the cohort still: meetings that lie ahead, and review rounds, which go on undisturbed. */
export function checkClosing({ meetingsAhead, lastMeetingAt, roundsRunning }: ClosingFacts): ClosingFinding[] {
  return [
    ...(meetingsAhead && lastMeetingAt
      ? [{ code: 'cohort.meetings_ahead' as const, facts: { count: meetingsAhead, last: lastMeetingAt } }]
      : []),
    ...(roundsRunning ? [{ code: 'cohort.rounds_running' as const, facts: { count: roundsRunning } }] : []),
  ]
}

/** Refuses `cohort.closed`, and `cohort.needs_reason` while something goes on and nobody said why it closes all the same. */
export function closeCohort(facts: ClosingFacts, reason: string | null) {
  if (facts.status === 'closed') return refuse('cohort.closed', {})
  const findings = checkClosing(facts)
  if (findings.length && !reason) return refuse('cohort.needs_reason', { findings })
  return ok({ accepted: findings })
}

/**
 * Whether a cohort may lie inside another: not in itself, nor in one that lies inside it. `around`: the ids from `within`
 * outwards.
 */
export const nestCohort = (cohortId: string, around: readonly string[]) =>
  around.includes(cohortId) ? refuse('cohort.nested_in_itself', {}) : ok(null)
