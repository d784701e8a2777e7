import { abilitiesOf, standingOf } from '@copractice/core/cohort'
import type { SessionSeen } from '@copractice/core/directory'
import type { RoundId } from '@copractice/core/kernel'
import type { Db } from '@copractice/store/database'
import { loadSurroundings, type OpenSpaceSession } from '@copractice/store/directory'
import { listReviewTodos } from '../review/index.ts'

/** What the frame of the pages draws itself from. */
export async function showSession(db: Db, session: OpenSpaceSession, now: Date): Promise<SessionSeen> {
  const { roundId, ...surroundings } = await loadSurroundings(db, session)
  const can = abilitiesOf(session)
  const todos = session.cohortId && can.enter ? await listReviewTodos(db, session.actor, session.cohortId, now) : []
  const reviewsWaiting = todos.reduce((sum, todo) => sum + (todo.kind === 'write_reviews' ? todo.left : 0), 0)
  return {
    ...surroundings,
    standing: standingOf(session),
    can,
    counts: { reviewsWaiting },
    startAt: roundId ? { page: 'round', roundId: roundId as RoundId } : { page: 'home', roundId: null },
    expiresAt: session.expiresAt,
  }
}
