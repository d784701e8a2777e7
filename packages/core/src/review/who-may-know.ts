import type { Actor } from '../directory/actor.ts'
import { counts } from '../directory/counts.ts'
import type { CohortId, CourseId } from '../kernel/ids.ts'
import type { Anonymity, Phase } from './contract.ts'

/** What someone is to a cohort's rounds; null: nothing, and every answer is as if there were no round. */
export type Viewer = 'participant' | 'instructor' | 'onlooker'

/**
 * An instructor of a course linked to the cohort runs its rounds, and therefore takes no part in them: running one shows
 * who wrote what. Whoever holds a seat takes part. Facilitators, teaching assistants and the LMS's test student look on:
 * nothing the test student wrote may reach anybody's scores. Observers are nobody here. A coordinator's or an
 * administrator's grant counts for nothing here.
 */
export function viewerOf(actor: Actor, cohortId: CohortId): Viewer | null {
  if (instructedCourses(actor, cohortId).length > 0) return 'instructor'
  const seat = counts(actor)
    ? actor.seats.find((held) => held.cohortId === cohortId && held.status === 'seated')
    : undefined
  if (seat) return seat.kind === 'facilitator' ? 'onlooker' : 'participant'
  const looksOn = actor.courses.some(
    ({ role, cohortIds }) =>
      cohortIds.includes(cohortId) && (role === 'teaching_assistant' || (!counts(actor) && role === 'learner')),
  )
  return looksOn ? 'onlooker' : null
}

/** The actor's own courses that are linked to the cohort: whose learners they may see by name, grade and publish. */
export const instructedCourses = (actor: Actor, cohortId: CohortId): CourseId[] =>
  actor.courses
    .filter(({ role, cohortIds }) => role === 'instructor' && cohortIds.includes(cohortId))
    .map(({ courseId }) => courseId)

/** single: the reviewer knows whose work it is; double: not. */
export const reviewerMayKnowAuthor = (anonymity: Anonymity): boolean => anonymity !== 'double'

/** Only where the round has no anonymity does the author learn who wrote a review. */
export const authorMayKnowReviewer = (anonymity: Anonymity): boolean => anonymity === 'none'

/** `lastReviewUntil`: where somebody has more time than everyone, theirs. */
type RoundTime = Readonly<{ phase: Phase; reviewUntil: Date; lastReviewUntil?: Date }>

/**
 * Reviews are read, and scores are final, once none can be filed any more: the round is closed or the last day has
 * passed. Not as they come in: the time at which one comes in tells who wrote it, and an early one sways the next.
 */
export const isSettled = ({ phase, reviewUntil, lastReviewUntil = reviewUntil }: RoundTime, now: Date): boolean =>
  phase === 'closed' || (phase === 'review' && now > lastReviewUntil)
