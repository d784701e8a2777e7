import type { Actor } from '@copractice/core/directory'
import { ok, refuse, type Refusal, type Result, type RoundId } from '@copractice/core/kernel'
import { viewerOf, type Round, type Viewer } from '@copractice/core/review'
import type { Db, Trx } from '@copractice/store/database'
import { findRound, lockRound } from '@copractice/store/review'

export type NotFound = Refusal<'review.not_found', Record<string, never>>
export type InstructorsOnly = Refusal<'review.instructors_only', Record<string, never>>

export const notFound = () => refuse('review.not_found', {})

/** What the actor is to this round; not found when it is not there, not theirs, or a draft that is not theirs to run. */
export function seenRound(actor: Actor, round: Round | undefined): Result<{ round: Round; viewer: Viewer }, NotFound> {
  const viewer = round && viewerOf(actor, round.cohortId)
  if (!round || !viewer || (round.phase === 'draft' && viewer !== 'instructor')) return notFound()
  return ok({ round, viewer })
}

/** A round for whoever may see it. */
export async function roundSeenBy(trx: Db | Trx, actor: Actor, roundId: RoundId) {
  return seenRound(actor, await findRound(trx, actor.networkId, roundId))
}

/** A round for those who run it. */
export async function roundRunBy(
  trx: Db | Trx,
  actor: Actor,
  roundId: RoundId,
): Promise<Result<Round, NotFound | InstructorsOnly>> {
  return onlyInstructors(await roundSeenBy(trx, actor, roundId))
}

/** As `roundRunBy`, held until commit. */
export async function lockRoundRunBy(
  trx: Trx,
  actor: Actor,
  roundId: RoundId,
): Promise<Result<Round, NotFound | InstructorsOnly>> {
  return onlyInstructors(seenRound(actor, await lockRound(trx, actor.networkId, roundId, 'update')))
}

function onlyInstructors(
  seen: Result<{ round: Round; viewer: Viewer }, NotFound>,
): Result<Round, NotFound | InstructorsOnly> {
  if (!seen.ok) return seen
  return seen.value.viewer === 'instructor' ? ok(seen.value.round) : refuse('review.instructors_only', {})
}
