import { randomBytes } from 'node:crypto'
import type { InstitutionId, NetworkId, PersonId } from '@copractice/core/kernel'
import { insertInvite } from '@copractice/store/connection'
import type { Db } from '@copractice/store/database'
import { insertAuditEntry } from '@copractice/store/directory'
import { hashToken } from '../directory/issue-space-session.ts'

const HOLDS_DAYS = 7

export type InviteFor = Readonly<{
  networkId: NetworkId
  institutionId: InstitutionId
  /** Null for an operator at the command line. */
  by: PersonId | null
  /** Where LMSs reach the space, without a slash at the end. */
  spaceUrl: string
}>

/**
 * An address that registers one LMS for this institution, once, within 7 days. It is told now and never again: only its
 * hash is stored. Whoever calls has decided that this institution may be administered.
 */
export function createRegistrationInvite(
  db: Db,
  { networkId, institutionId, by, spaceUrl }: InviteFor,
  now: Date,
): Promise<{ url: string; expiresAt: Date }> {
  return db.transaction().execute(async (trx) => {
    const token = randomBytes(32).toString('base64url')
    const expiresAt = new Date(now.getTime() + HOLDS_DAYS * 86_400_000)
    const invite = { networkId, institutionId, tokenHash: hashToken(token), createdBy: by, createdAt: now, expiresAt }
    await insertInvite(trx, invite)
    const entry = { networkId, at: now, actorId: by, action: 'connection.invited' }
    await insertAuditEntry(trx, { ...entry, subject: `institution:${institutionId}`, facts: { institutionId } })
    return { url: `${spaceUrl}/lti/register/${token}`, expiresAt }
  })
}
