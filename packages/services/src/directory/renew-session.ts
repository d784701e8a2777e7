import type { SessionToken } from '@copractice/core/directory'
import type { Db } from '@copractice/store/database'
import {
  endSpaceSession,
  insertSpaceSession,
  shortenSpaceSession,
  type OpenSpaceSession,
} from '@copractice/store/directory'
import { newSpaceToken } from './issue-space-session.ts'

const DAY = 86_400_000
/** A page whose renewal was answered by nobody asks once more a minute later, maybe of a process whose clock is a minute ahead. */
const OLD_HOLDS_MS = 3 * 60_000

/**
 * A fresh token for the same session; the old one holds for three minutes more, for requests under way and for who never got
 * the new one. The session as a whole ends a day after it began: a course or a mailed link begins the next.
 */
export function renewSession(db: Db, session: OpenSpaceSession, now: Date): Promise<SessionToken> {
  return db.transaction().execute(async (trx) => {
    const { actor, courseLinkId, cohortId, beganAt, from } = session
    const { token, tokenHash, expiresAt: usual } = newSpaceToken(now)
    const expiresAt = new Date(Math.min(usual.getTime(), beganAt.getTime() + DAY))
    const { networkId, personId } = actor
    await insertSpaceSession(trx, {
      networkId,
      personId,
      courseLinkId,
      cohortId,
      from,
      tokenHash,
      createdAt: beganAt,
      expiresAt,
    })
    await shortenSpaceSession(trx, { networkId, tokenHash: session.tokenHash }, new Date(now.getTime() + OLD_HOLDS_MS))
    return { token, expiresAt }
  })
}

/** Neither this token holds any longer nor the one it came after. */
export async function endSession(db: Db, { actor, beganAt }: OpenSpaceSession, now: Date): Promise<void> {
  await endSpaceSession(db, { ...actor, beganAt }, now)
}
