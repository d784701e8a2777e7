import type { ReviewTodo } from '@copractice/core/cohort'
import type { Actor } from '@copractice/core/directory'
import type { CohortId } from '@copractice/core/kernel'
import { instructedCourses, isSettled, viewerOf } from '@copractice/core/review'
import type { Db } from '@copractice/store/database'
import { countOpenAppeals, listRounds } from '@copractice/store/review'

/** More rounds than a cohort has open at once; older ones ask nothing of anybody. */
const ROUNDS_LOOKED_AT = 20

/**
 * What waits for the actor in a cohort's rounds: for instructors, appeals to answer; for participants, work to hand in while it can be, reviews to write while they can be
 * sent, and reviews to read for 30 days after a round's last day. Soonest first.
 */
export async function listReviewTodos(db: Db, actor: Actor, cohortId: CohortId, now: Date): Promise<ReviewTodo[]> {
  const todos = [...(await appealsToAnswer(db, actor, cohortId)), ...(await ofParticipant(db, actor, cohortId, now))]
  const due = ({ dueAt }: ReviewTodo) => dueAt?.getTime() ?? Infinity
  return todos.sort((a, b) => due(a) - due(b))
}

/** Questions of one's own learners about their grades, by round, the oldest first. */
async function appealsToAnswer(db: Db, actor: Actor, cohortId: CohortId): Promise<ReviewTodo[]> {
  const courseIds = instructedCourses(actor, cohortId)
  const rounds = await countOpenAppeals(db, { networkId: actor.networkId, cohortId, courseIds })
  return rounds.map((round) => ({ kind: 'answer_appeals', ...round, dueAt: null }))
}

async function ofParticipant(db: Db, actor: Actor, cohortId: CohortId, now: Date): Promise<ReviewTodo[]> {
  if (viewerOf(actor, cohortId) !== 'participant') return []
  const { networkId, personId } = actor
  const scope = { networkId, cohortId, personId, withDrafts: false }
  const { items } = await listRounds(db, scope, { limit: ROUNDS_LOOKED_AT })
  const todos: ReviewTodo[] = []
  for (const { round, standing } of items) {
    const { roundId, title: roundTitle, submitUntil, reviewUntil } = round
    const left = standing.assigned - standing.filed
    if (round.phase === 'submit' && now <= submitUntil && standing.workStatus !== 'submitted') {
      const draftSavedAt = standing.workSavedAt
      todos.push({ kind: 'submit_work', roundId, roundTitle, draftSavedAt, dueAt: submitUntil })
    }
    const { nextAssignmentId, assigned } = standing
    if (round.phase === 'review' && now <= reviewUntil && nextAssignmentId)
      todos.push({ kind: 'write_reviews', roundTitle, nextAssignmentId, left, of: assigned, dueAt: reviewUntil })
    const isRecent = now.getTime() - reviewUntil.getTime() < 30 * 86_400_000
    if (isSettled(round, now) && isRecent && standing.received > 0)
      todos.push({ kind: 'read_reviews', roundId, roundTitle, received: standing.received, dueAt: null })
  }
  return todos
}
