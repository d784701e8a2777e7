import { ok, refuse, type Refusal, type Result } from '../kernel/result.ts'
import { wrongPhase, type RoundInTime, type WrongPhase } from './change-phase.ts'
import { isSettled } from './who-may-know.ts'

export type RaisedAs = 'reviewer' | 'author'
export type FlagKind = 'not_theirs' | 'unsafe' | 'unkind' | 'identifies' | 'unreadable' | 'other'

/** What each side can say is wrong: reviewers of a work, authors of a review. */
export const FLAG_KINDS: Readonly<Record<RaisedAs, readonly FlagKind[]>> = {
  reviewer: ['not_theirs', 'identifies', 'unsafe', 'unreadable', 'other'],
  author: ['unkind', 'identifies', 'unsafe', 'other'],
}

export type RaiseFlagRefusal =
  | WrongPhase
  | Refusal<'review.flag_kind', Readonly<{ kinds: readonly FlagKind[] }>>
  | Refusal<'review.flag_waits', Record<string, never>>
  | Refusal<'review.not_readable_yet', Readonly<{ reviewUntil: Date }>>

/**
 * Reviewers say that something is wrong with a work from the day it is theirs to read; authors, with a review, from the day
 * they may read it. One at a time: `waits` is true while an earlier one of theirs has no answer.
 */
export function raiseFlag(
  round: RoundInTime,
  flag: Readonly<{ as: RaisedAs; kind: FlagKind; waits: boolean }>,
  now: Date,
): Result<true, RaiseFlagRefusal> {
  const kinds = FLAG_KINDS[flag.as]
  if (!kinds.includes(flag.kind)) return refuse('review.flag_kind', { kinds })
  if (flag.as === 'author' && !isSettled(round, now))
    return refuse('review.not_readable_yet', { reviewUntil: round.reviewUntil })
  if (round.phase !== 'review' && round.phase !== 'closed') return wrongPhase(round.phase, 'review')
  return flag.waits ? refuse('review.flag_waits', {}) : ok(true)
}
