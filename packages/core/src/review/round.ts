import type { CohortId, RoundId, RubricVersionId } from '../kernel/ids.ts'
import type { Anonymity, Phase, SameCampus } from './contract.ts'
import type { GradeComment, ReviewerWeights, ScoreMethod } from './grade-setup.ts'
import type { LatePolicy } from './late-policy.ts'
import type { Rubric } from './rubric.ts'
import type { Advance, WorkKind } from './work-kind.ts'

/** A round as stored. Maxima are points of the two grade columns. */
export type Round = Readonly<{
  roundId: RoundId
  cohortId: CohortId
  title: string
  instructions: string
  rubric: Rubric
  /** The library's version the rubric was taken from; null for one written for this round. */
  rubricVersionId: RubricVersionId | null
  reviewsPerSubmission: number
  anonymity: Anonymity
  sameCampus: SameCampus
  /** At least one; work may be any of them. */
  workKinds: readonly WorkKind[]
  /** Files of one work. */
  filesAtMost: number
  latePolicy: LatePolicy
  /** Only those who handed in review. */
  submitFirst: boolean
  selfAssessment: boolean
  advance: Advance
  /** With `advance` by_date, when a draft opens by itself; null: by hand. */
  openFrom: Date | null
  submitUntil: Date
  reviewUntil: Date
  /** The latest moment anybody may send a review: `reviewUntil`, or of somebody with more time. */
  lastReviewUntil: Date
  /** Authors revise until then; null: no revision. */
  reviseUntil: Date | null
  timeZone: string
  workMaximum: number
  reviewingMaximum: number
  method: ScoreMethod
  reviewerWeights: ReviewerWeights
  gradeComment: GradeComment
  phase: Phase
  seed: number
  copiedFrom: RoundId | null
  /** Its date has passed and it could not move on by itself. */
  stalledAt: Date | null
  /** A refusal's code. */
  stalledWhy: string | null
}>
