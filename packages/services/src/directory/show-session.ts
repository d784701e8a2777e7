import { abilitiesOf, standingOf } from '@copractice/core/cohort'
import type { SessionSeen } from '@copractice/core/directory'
import type { RoundId } from '@copractice/core/kernel'
import type { Db } from '@copractice/store/database'
import { loadSurroundings, type OpenSpaceSession } from '@copractice/store/directory'

/** What the frame of the pages draws itself from. */
export async function showSession(db: Db, session: OpenSpaceSession): Promise<SessionSeen> {
  const { roundId, ...surroundings } = await loadSurroundings(db, session)
  const can = abilitiesOf(session)
  return {
    ...surroundings,
    standing: standingOf(session),
    can,
    counts: { reviewsWaiting: 0 },
    startAt: roundId ? { page: 'round', roundId: roundId as RoundId } : { page: 'home', roundId: null },
    expiresAt: session.expiresAt,
  }
}
