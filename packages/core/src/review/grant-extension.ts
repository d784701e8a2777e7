import { ok, refuse, type Refusal, type Result } from '../kernel/result.ts'
import { wrongPhase, type WrongPhase } from './change-phase.ts'
import type { Phase } from './contract.ts'

export type ExtensionKind = 'work' | 'reviews'
export type ExtensionRefusal =
  /** More time ends after everyone's last moment, and in the future. */
  | Refusal<'review.extension_too_early', Readonly<{ after: Date }>>
  /** Work has to be in before the reviews are due, or nobody could review it. */
  | Refusal<'review.extension_too_late', Readonly<{ before: Date }>>
  | WrongPhase

/** May one person be given until `until`, for their work or for the reviews they write? Not once the round is closed. */
export function grantExtension(
  round: Readonly<{ phase: Phase; submitUntil: Date; reviewUntil: Date }>,
  { kind, until }: Readonly<{ kind: ExtensionKind; until: Date }>,
  now: Date,
): Result<true, ExtensionRefusal> {
  if (round.phase === 'closed') return wrongPhase(round.phase, 'review')
  const everyones = kind === 'work' ? round.submitUntil : round.reviewUntil
  const after = everyones > now ? everyones : now
  if (until <= after) return refuse('review.extension_too_early', { after })
  if (kind === 'work' && until >= round.reviewUntil)
    return refuse('review.extension_too_late', { before: round.reviewUntil })
  return ok(true)
}
