import { randomInt } from 'node:crypto'
import type { Actor } from '@copractice/core/directory'
import { ok, refuse, type CohortId, type Refusal, type Result, type RoundId } from '@copractice/core/kernel'
import { datesAfterWeeks, instructedCourses, weeksAhead, type Round } from '@copractice/core/review'
import type { Db, Trx } from '@copractice/store/database'
import { findRound, insertRound, listCohortNames } from '@copractice/store/review'
import { lockRoundRunBy, roundRunBy, type InstructorsOnly, type NotFound } from './find-round.ts'
import { audit } from './set-up-round.ts'

type Copy = Readonly<{ roundId: RoundId; cohortId: CohortId; weeks?: number }>

/**
 * A draft with an earlier round's set-up: no people, no work, no reviews, no conflicts, dates and dice of its own. What
 * people did is not read. `weeks` left out: until the work is due 14 days ahead. The caller has decided that it may be.
 */
export async function copyRound(
  trx: Trx,
  actor: Actor,
  { roundId, cohortId, weeks }: Copy,
  now: Date,
): Promise<RoundId> {
  const { networkId, personId: createdBy } = actor
  const old = await findRound(trx, networkId, roundId)
  if (!old) throw new Error('A round to copy is gone')
  return insertRound(trx, networkId, {
    ...setupOnly(old),
    ...datesAfterWeeks(old, weeks ?? weeksAhead(old, now)),
    seed: randomInt(2 ** 31),
    copiedFrom: roundId,
    cohortId,
    createdBy,
    createdAt: now,
  })
}

/** What a round was set up with, and nothing that happened in it. */
function setupOnly(round: Round) {
  return {
    title: round.title,
    instructions: round.instructions,
    rubric: round.rubric,
    rubricVersionId: round.rubricVersionId,
    reviewsPerSubmission: round.reviewsPerSubmission,
    anonymity: round.anonymity,
    sameCampus: round.sameCampus,
    workKinds: round.workKinds,
    filesAtMost: round.filesAtMost,
    latePolicy: round.latePolicy,
    submitFirst: round.submitFirst,
    selfAssessment: round.selfAssessment,
    advance: round.advance,
    timeZone: round.timeZone,
    workMaximum: round.workMaximum,
    reviewingMaximum: round.reviewingMaximum,
    method: round.method,
    reviewerWeights: round.reviewerWeights,
    gradeComment: round.gradeComment,
  }
}

type Running = NotFound | InstructorsOnly
export type ReuseTargets = Readonly<{
  cohorts: { cohortId: CohortId; name: string; isHere: boolean }[]
  weeks: number
}>

/** The cohorts of the actor's own courses, this round's first. */
export async function listReuseTargets(
  db: Db,
  actor: Actor,
  roundId: RoundId,
  now: Date,
): Promise<Result<ReuseTargets, Running>> {
  const found = await roundRunBy(db, actor, roundId)
  if (!found.ok) return found
  const ids = actor.courses.filter(({ role }) => role === 'instructor').flatMap(({ cohortIds }) => cohortIds)
  const cohorts = await listCohortNames(db, actor.networkId, ids)
  const isHere = (cohortId: CohortId) => cohortId === found.value.cohortId
  return ok({
    cohorts: cohorts
      .map((cohort) => ({ ...cohort, isHere: isHere(cohort.cohortId) }))
      .sort((a, b) => Number(b.isHere) - Number(a.isHere)),
    weeks: weeksAhead(found.value, now),
  })
}

type Reuse = Readonly<{ roundId: RoundId; cohortId: CohortId; weeks: number }>

/** Uses a round again, in its own cohort or another whose rounds the actor runs. */
export function reuseRound(
  db: Db,
  actor: Actor,
  { roundId, cohortId, weeks }: Reuse,
  now: Date,
): Promise<
  Result<
    { roundId: RoundId; isHere: boolean },
    Running | Refusal<'review.cohort_not_yours', Readonly<Record<string, never>>>
  >
> {
  return db.transaction().execute(async (trx) => {
    const found = await lockRoundRunBy(trx, actor, roundId)
    if (!found.ok) return found
    if (instructedCourses(actor, cohortId).length === 0) return refuse('review.cohort_not_yours', {})
    const made = await copyRound(trx, actor, { roundId, cohortId, weeks }, now)
    await audit(trx, actor, { roundId: made, action: 'round.copied', facts: { from: roundId, weeks } }, now)
    return ok({ roundId: made, isHere: cohortId === found.value.cohortId })
  })
}
