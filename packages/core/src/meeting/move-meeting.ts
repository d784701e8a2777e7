import { ok, refuse } from '../kernel/result.ts'
import type { PolicyLimits } from '../programme/policy.ts'
import { untilItEnds } from './change-meeting.ts'
import { checkMeeting } from './decide-meeting.ts'
import type { MoveFinding } from './move-contract.ts'

const DAY = 86_400_000

type Times = Readonly<{ startsAt: Date; endsAt: Date }>
export type AroundMove = Readonly<{
  limits: Pick<PolicyLimits, 'meetingMinutes' | 'meetingMinutesTolerance' | 'deadlineBufferDays'>
  submissionDeadline: Date | null
  /** Title of another meeting of the cohort at that time. */
  clashesWith: string | null
  /** People of the cohort who are in another cohort's meeting at that time. */
  peopleBusy: number
}>

const isSame = (one: Times, other: Times) =>
  one.startsAt.getTime() === other.startsAt.getTime() && one.endsAt.getTime() === other.endsAt.getTime()

/** What the rules say about a meeting's other time: those of any meeting, and who could not be there. */
export function checkMove(to: Times, { clashesWith, peopleBusy, ...around }: AroundMove): MoveFinding[] {
  return [
    ...checkMeeting(to, around),
    ...(clashesWith === null ? [] : [{ code: 'meeting.clash' as const, facts: { title: clashesWith } }]),
    ...(peopleBusy ? [{ code: 'meeting.people_busy' as const, facts: { count: peopleBusy } }] : []),
  ]
}

/** Refuses `meeting.times`: it ends before it starts, or lasts over a day. */
export function possibleTimes({ startsAt, endsAt }: Times) {
  const length = endsAt.getTime() - startsAt.getTime()
  return length > 0 && length <= DAY ? ok(null) : refuse('meeting.times', {})
}

type Move = Readonly<{ seen: Date; to: Times; reason: string | null }>

/**
 * Whether a meeting moves. `seen`: where the mover saw it begin. Refuses what is over, `meeting.moved_since` with where it
 * is, `meeting.not_moved`, `meeting.times`, and `meeting.needs_reason` while a rule warns and nobody said why.
 */
export function decideMove(meeting: Times, { seen, to, reason }: Move, around: AroundMove, now: Date) {
  const open = untilItEnds(meeting, now)
  if (!open.ok) return open
  if (meeting.startsAt.getTime() !== seen.getTime())
    return refuse('meeting.moved_since', { startsAt: meeting.startsAt.toISOString() })
  if (isSame(meeting, to)) return refuse('meeting.not_moved', {})
  const possible = possibleTimes(to)
  if (!possible.ok) return possible
  const findings = checkMove(to, around)
  if (findings.length && !reason) return refuse('meeting.needs_reason', { findings })
  return ok({ accepted: findings })
}

/** A move is undone while the meeting is where the move put it; where it stood needs no reason. */
export function decideUndo(meeting: Times, move: Readonly<{ to: Times; isUndone: boolean }>, now: Date) {
  const open = untilItEnds(meeting, now)
  if (!open.ok) return open
  if (move.isUndone || !isSame(meeting, move.to))
    return refuse('meeting.moved_since', { startsAt: meeting.startsAt.toISOString() })
  return ok(null)
}
