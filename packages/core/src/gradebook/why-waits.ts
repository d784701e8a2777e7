import type { GradeColumn, WaitReason } from './contract.ts'

export type LearnerInRound = Readonly<{
  /** No review can be filed any more. */
  settled: boolean
  takesPart: boolean
  courseHasGradebook: boolean
  handedIn: boolean
  /** Filed reviews of their work. */
  received: number
  /** Reviews they were given to write. */
  assigned: number
  /** A review that they filed was set aside, so that it is none of those assigned. */
  setAside: boolean
  /** An instructor put points in the score's place: there is something to send, whatever else is missing. */
  overridden: boolean
}>

/** Why a learner's score in a column is not sent, the reason that lasts longest first; null when it may be. */
export function whyWaits(column: GradeColumn, learner: LearnerInRound): WaitReason | null {
  if (!learner.courseHasGradebook) return 'no_gradebook'
  if (!learner.takesPart) return 'left_cohort'
  if (!learner.settled) return 'round_open'
  if (learner.overridden) return null
  if (column === 'reviewing') {
    if (learner.assigned > 0) return null
    return learner.setAside ? 'review_set_aside' : 'nothing_to_review'
  }
  if (!learner.handedIn) return 'no_work'
  return learner.received === 0 ? 'no_reviews' : null
}
