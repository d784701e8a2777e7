import type { Actor } from '@copractice/core/directory'
import { ok, refuse, type Refusal, type Result, type RoundId, type RouteOutput } from '@copractice/core/kernel'
import {
  assessSelf,
  fileSelfAssessment as decideFile,
  isSettled,
  viewerOf,
  type AssessSelfRefusal,
  type Mark,
  type Round,
  type selfAssessmentRoute,
  type SelfAssessmentState,
} from '@copractice/core/review'
import type { Db, Trx } from '@copractice/store/database'
import { listSelfAssessments, lockRound, lockWork, saveSelfAssessment, type Work } from '@copractice/store/review'
import { notFound, type NotFound } from './find-round.ts'
import type { NotParticipant } from './read-reviews.ts'

type Mine = NotFound | NotParticipant
type Draft = Readonly<{ roundId: RoundId; marks: readonly Mark[]; comment: string; basedOn: Date | null }>
type Own = Readonly<{ round: Round; work: Work | undefined; saved: SelfAssessmentState | null }>

/** One's own look at one's own work: what is saved, and whether it can be written now. */
export async function showSelfAssessment(
  db: Db,
  actor: Actor,
  roundId: RoundId,
  now: Date,
): Promise<Result<RouteOutput<typeof selfAssessmentRoute>, Mine>> {
  return db.transaction().execute(async (trx): Promise<Result<RouteOutput<typeof selfAssessmentRoute>, Mine>> => {
    const own = await find(trx, actor, roundId)
    if (!own.ok) return own
    const { round, work, saved } = own.value
    const isAsked = round.selfAssessment && work?.status === 'submitted'
    return ok({
      isAsked,
      isOpen: isAsked && !saved?.filedAt && !isSettled(round, now),
      assessment: saved && { ...saved, marks: [...saved.marks] },
    })
  })
}

export async function saveSelf(db: Db, actor: Actor, draft: Draft, now: Date) {
  const result = await change(db, actor, draft, now, assessSelf, null)
  return result.ok ? ok({ savedAt: now }) : result
}

export async function fileSelf(db: Db, actor: Actor, draft: Draft, now: Date) {
  const result = await change(db, actor, draft, now, decideFile, now)
  return result.ok ? ok({ filedAt: now }) : result
}

function change<R extends Refusal>(
  db: Db,
  actor: Actor,
  draft: Draft,
  now: Date,
  decide: (
    round: Round,
    state: Readonly<{ isHandedIn: boolean; saved: SelfAssessmentState | null }>,
    draft: Draft,
    now: Date,
  ) => Result<true, R | AssessSelfRefusal>,
  filedAt: Date | null,
): Promise<Result<true, Mine | R | AssessSelfRefusal>> {
  return db.transaction().execute(async (trx): Promise<Result<true, Mine | R | AssessSelfRefusal>> => {
    const own = await find(trx, actor, draft.roundId)
    if (!own.ok) return own
    const { round, work, saved } = own.value
    const decision = decide(round, { isHandedIn: work?.status === 'submitted', saved }, draft, now)
    if (!decision.ok || !work) return decision
    const place = { submissionId: work.submissionId, roundId: draft.roundId, authorId: actor.personId }
    const { marks, comment } = draft
    await saveSelfAssessment(trx, actor.networkId, place, { marks, comment, savedAt: now, filedAt })
    return ok(true)
  })
}

async function find(trx: Trx, actor: Actor, roundId: RoundId): Promise<Result<Own, Mine>> {
  const { networkId, personId: authorId } = actor
  const round = await lockRound(trx, networkId, roundId, 'share')
  const viewer = round && viewerOf(actor, round.cohortId)
  if (!round || !viewer || (round.phase === 'draft' && viewer !== 'instructor')) return notFound()
  if (viewer !== 'participant') return refuse('review.not_participant', {})
  const work = await lockWork(trx, { networkId, roundId, authorId })
  const all = work ? await listSelfAssessments(trx, networkId, [work.submissionId]) : []
  const saved = all.find((own) => own.authorId === authorId)
  return ok({
    round,
    work,
    saved: saved
      ? {
          marks: saved.marks,
          comment: saved.comment,
          savedAt: saved.savedAt,
          filedAt: saved.filedAt,
        }
      : null,
  })
}
