import type { CohortId, RoundId } from '../kernel/ids.ts'
import type { Anonymity, Phase, SameCampus } from './contract.ts'
import type { Rubric } from './rubric.ts'

/** A round as stored. Maxima are points of the two grade columns. */
export type Round = Readonly<{
  roundId: RoundId
  cohortId: CohortId
  title: string
  instructions: string
  rubric: Rubric
  reviewsPerSubmission: number
  anonymity: Anonymity
  sameCampus: SameCampus
  submitUntil: Date
  reviewUntil: Date
  timeZone: string
  workMaximum: number
  reviewingMaximum: number
  phase: Phase
  seed: number
}>
