import { createHash, randomBytes } from 'node:crypto'
import type { NetworkId, PersonId } from '@copractice/core/kernel'
import type { Db, Trx } from '@copractice/store/database'
import { insertSpaceSession } from '@copractice/store/directory'

/** Short, because the page renews it while it is open (POST /api/session/renew). */
const SESSION_MINUTES = 60

export type SpaceSessionFor = Readonly<{
  networkId: NetworkId
  personId: PersonId
  courseLinkId: string | null
  cohortId: string | null
}>

/** Opens a session of the space. The token is told once, to the page that will hold it; only its hash is stored. */
export async function issueSpaceSession(
  trx: Db | Trx,
  session: SpaceSessionFor,
  now: Date,
): Promise<{ token: string; expiresAt: Date }> {
  const token = randomBytes(32).toString('base64url')
  const expiresAt = new Date(now.getTime() + SESSION_MINUTES * 60_000)
  await insertSpaceSession(trx, { ...session, tokenHash: hashToken(token), createdAt: now, expiresAt })
  return { token, expiresAt }
}

export const hashToken = (token: string): Uint8Array => createHash('sha256').update(token).digest()
