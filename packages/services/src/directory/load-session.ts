import type { Db, Trx } from '@copractice/store/database'
import { loadSpaceSession, type OpenSpaceSession } from '@copractice/store/directory'
import { hashToken } from './issue-space-session.ts'

/** Who holds this bearer token; undefined when it is unknown or its time is over. One query. */
export async function loadSession(db: Db | Trx, token: string, now: Date): Promise<OpenSpaceSession | undefined> {
  return loadSpaceSession(db, hashToken(token), now)
}
