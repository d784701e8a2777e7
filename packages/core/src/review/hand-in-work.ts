import { ok, refuse, type Refusal, type Result } from '../kernel/result.ts'
import { wrongPhase, type RoundInTime, type WrongPhase } from './change-phase.ts'
import { minutesLate, type LatePolicy } from './late-policy.ts'
import type { Viewer } from './who-may-know.ts'

/** Someone's own work in a round as it stands. */
export type WorkState = Readonly<{
  status: 'draft' | 'submitted' | 'withdrawn'
  body: string
  savedAt: Date
  hasFile: boolean
  hasLink?: boolean
}>

/** A round as it is for its author (`datesFor`): with their own last moment. Left out: no late work. */
export type RoundForAuthor = RoundInTime & Readonly<{ latePolicy?: LatePolicy; takesLate?: boolean }>

export type HandingRefusal =
  | Refusal<'review.not_found', Record<string, never>>
  | Refusal<'review.not_participant', Record<string, never>>
  | Refusal<'review.submissions_closed', Readonly<{ submitUntil: Date }>>
  | WrongPhase
export type AlreadyHandedIn = Refusal<'review.already_handed_in', Record<string, never>>
export type DraftConflictRefusal<Saved> = Refusal<'review.draft_conflict', Readonly<{ saved: Saved }>>

/** Only those who take part hand in, and a draft round is nobody's yet. */
function takesPart(round: RoundForAuthor, viewer: Viewer | null): Result<true, HandingRefusal> {
  if (!viewer || (viewer !== 'instructor' && round.phase === 'draft')) return refuse('review.not_found', {})
  if (viewer !== 'participant') return refuse('review.not_participant', {})
  if (round.phase !== 'submit' && !round.takesLate) return wrongPhase(round.phase, 'submit')
  return ok(true)
}

/**
 * May the draft change? Until the reviews are dealt, also after `submitUntil`: what someone types is kept, and the
 * instructor may move the date. After that only for those whose late work is still taken.
 */
export function editWork(
  round: RoundForAuthor,
  viewer: Viewer | null,
  work: WorkState | null,
): Result<true, HandingRefusal | AlreadyHandedIn> {
  const part = takesPart(round, viewer)
  if (!part.ok) return part
  return work?.status === 'submitted' ? refuse('review.already_handed_in', {}) : ok(true)
}

/**
 * Saves the text someone typed on top of the version they last saw (`basedOn`, null for none). Another version in
 * between is a conflict that shows it, unless it says the same: a save whose answer was lost is sent again.
 */
export function saveWork(
  round: RoundForAuthor,
  viewer: Viewer | null,
  work: WorkState | null,
  draft: Readonly<{ body: string; basedOn: Date | null }>,
): Result<true, HandingRefusal | AlreadyHandedIn | DraftConflictRefusal<{ body: string; savedAt: Date }>> {
  const editable = editWork(round, viewer, work)
  if (!editable.ok) return editable
  if (work && !isSameInstant(draft.basedOn, work.savedAt) && work.body !== draft.body)
    return refuse('review.draft_conflict', { saved: { body: work.body, savedAt: work.savedAt } })
  return ok(true)
}

/**
 * Work is text, a file, a link or several of them. It is handed in up to and at `submitUntil`, or later where the round
 * takes late work; `lateMinutes` then says by how much, and is null in time or within the grace.
 */
export function handInWork(
  round: RoundForAuthor,
  viewer: Viewer | null,
  work: WorkState | null,
  now: Date,
): Result<
  { lateMinutes: number | null },
  HandingRefusal | AlreadyHandedIn | Refusal<'review.nothing_to_hand_in', Record<string, never>>
> {
  const editable = editWork(round, viewer, work)
  if (!editable.ok) return editable
  const { submitUntil, reviewUntil, latePolicy = { kind: 'closed', graceMinutes: 0 } } = round
  const isLate = now > submitUntil
  const lateMinutes = isLate ? minutesLate(latePolicy, submitUntil, now) : null
  if (isLate && (now > reviewUntil || (latePolicy.kind === 'closed' && lateMinutes !== null)))
    return refuse('review.submissions_closed', { submitUntil })
  if (!work || (work.body.trim() === '' && !work.hasFile && !work.hasLink))
    return refuse('review.nothing_to_hand_in', {})
  return ok({ lateMinutes })
}

/** Not after `submitUntil`: work taken back then could not be handed in again. */
export function takeBackWork(
  round: RoundForAuthor,
  viewer: Viewer | null,
  work: WorkState | null,
  now: Date,
): Result<true, HandingRefusal | Refusal<'review.not_handed_in', Record<string, never>>> {
  const part = takesPart(round, viewer)
  if (!part.ok) return part
  if (round.phase !== 'submit') return wrongPhase(round.phase, 'submit')
  if (work?.status !== 'submitted') return refuse('review.not_handed_in', {})
  if (now > round.submitUntil) return refuse('review.submissions_closed', { submitUntil: round.submitUntil })
  return ok(true)
}

export const isSameInstant = (a: Date | null, b: Date | null): boolean => a?.getTime() === b?.getTime()
