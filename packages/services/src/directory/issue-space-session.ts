import { hash, randomBytes } from 'node:crypto'
import type { NetworkId, PersonId } from '@copractice/core/kernel'
import type { Db, Trx } from '@copractice/store/database'
import { insertSpaceSession, type SessionFrom } from '@copractice/store/directory'

/** Short, because the page renews it while it is open (POST /api/session/renew). */
const SESSION_MINUTES = 60

export type SpaceSessionFor = Readonly<{
  networkId: NetworkId
  personId: PersonId
  courseLinkId: string | null
  cohortId: string | null
  /** Left out for a session that no LMS opened. */
  from?: SessionFrom
}>

/** Opens a session of the space. The token is told once, to the page that will hold it; only its hash is stored. */
export async function issueSpaceSession(
  trx: Db | Trx,
  session: SpaceSessionFor,
  now: Date,
): Promise<{ token: string; expiresAt: Date }> {
  const { token, ...opened } = newSpaceToken(now)
  await insertSpaceSession(trx, { ...session, from: session.from ?? null, ...opened })
  return { token, expiresAt: opened.expiresAt }
}

/** A fresh token with the row's part of it, for whoever inserts the session in a statement of their own. */
export function newSpaceToken(now: Date): { token: string; tokenHash: Uint8Array; createdAt: Date; expiresAt: Date } {
  const token = randomBytes(32).toString('base64url')
  const expiresAt = new Date(now.getTime() + SESSION_MINUTES * 60_000)
  return { token, tokenHash: hashToken(token), createdAt: now, expiresAt }
}

export const hashToken = (token: string): Uint8Array => hash('sha256', token, 'buffer')
