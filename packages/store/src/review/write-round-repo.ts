import type { CohortId, NetworkId, PersonId, RoundId } from '@copractice/core/kernel'
import type { Phase, Round } from '@copractice/core/review'
import type { Db, Trx } from '../database.ts'

/** What a round can do without: the columns' defaults stand in. */
type WithDefault =
  | 'rubricVersionId'
  | 'workKinds'
  | 'filesAtMost'
  | 'latePolicy'
  | 'submitFirst'
  | 'selfAssessment'
  | 'advance'
  | 'openFrom'
  | 'reviseUntil'
  | 'copiedFrom'
  | 'method'
  | 'reviewerWeights'
  | 'gradeComment'
type Written = Omit<
  Round,
  'roundId' | 'cohortId' | 'phase' | 'stalledAt' | 'stalledWhy' | 'lastReviewUntil' | WithDefault
> &
  Readonly<{ [field in WithDefault]?: Round[field] | undefined }>

const json = (value: unknown) => (value === undefined ? undefined : JSON.stringify(value))

/** Kysely leaves out what is undefined. */
const columnsWithDefault = (round: Partial<Written>) => ({
  rubric_version_id: round.rubricVersionId,
  work_kinds: round.workKinds && [...round.workKinds],
  files_at_most: round.filesAtMost,
  late_policy: json(round.latePolicy),
  submit_first: round.submitFirst,
  self_assessment: round.selfAssessment,
  advance: round.advance,
  open_from: round.openFrom,
  revise_until: round.reviseUntil,
  copied_from: round.copiedFrom,
  method: round.method,
  reviewer_weights: json(round.reviewerWeights),
  grade_comment: json(round.gradeComment),
})

export async function insertRound(
  trx: Db | Trx,
  networkId: NetworkId,
  round: Written & Readonly<{ cohortId: CohortId; createdBy: PersonId; createdAt: Date }>,
): Promise<RoundId> {
  const { id } = await trx
    .insertInto('review_round')
    .values({
      network_id: networkId,
      cohort_id: round.cohortId,
      title: round.title,
      instructions: round.instructions,
      rubric: JSON.stringify(round.rubric),
      reviews_per_submission: round.reviewsPerSubmission,
      anonymity: round.anonymity,
      same_campus: round.sameCampus,
      submit_until: round.submitUntil,
      review_until: round.reviewUntil,
      time_zone: round.timeZone,
      work_maximum: round.workMaximum,
      reviewing_maximum: round.reviewingMaximum,
      seed: round.seed,
      created_by: round.createdBy,
      created_at: round.createdAt,
      ...columnsWithDefault(round),
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  return id as RoundId
}

type RoundUpdate = Partial<Written> &
  Readonly<{ phase?: Phase; stalled?: Readonly<{ at: Date; why: unknown }> | null; closedAt?: Date }>

/** Writes what is given and leaves the rest. */
export async function updateRound(
  trx: Db | Trx,
  networkId: NetworkId,
  roundId: RoundId,
  change: RoundUpdate,
): Promise<void> {
  const columns = {
    title: change.title,
    instructions: change.instructions,
    rubric: change.rubric && JSON.stringify(change.rubric),
    reviews_per_submission: change.reviewsPerSubmission,
    anonymity: change.anonymity,
    same_campus: change.sameCampus,
    submit_until: change.submitUntil,
    review_until: change.reviewUntil,
    time_zone: change.timeZone,
    work_maximum: change.workMaximum,
    reviewing_maximum: change.reviewingMaximum,
    seed: change.seed,
    phase: change.phase,
    closed_at: change.phase && (change.phase === 'closed' ? (change.closedAt ?? new Date()) : null),
    ...columnsWithDefault(change),
    ...(change.stalled === undefined
      ? {}
      : { stalled_at: change.stalled?.at ?? null, stalled_why: json(change.stalled?.why) ?? null }),
  }
  // An update of nothing is no statement.
  if (Object.values(columns).every((value) => value === undefined)) return
  await trx
    .updateTable('review_round')
    .set(columns)
    .where('network_id', '=', networkId)
    .where('id', '=', roundId)
    .returning('id')
    .executeTakeFirstOrThrow()
}
