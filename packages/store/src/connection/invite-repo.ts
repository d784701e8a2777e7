import type { InstitutionId, NetworkId, PersonId, PlatformId } from '@copractice/core/kernel'
import type { Db, Trx } from '../database.ts'

export type NewInvite = Readonly<{
  networkId: NetworkId
  institutionId: InstitutionId
  tokenHash: Uint8Array
  createdBy: PersonId | null
  createdAt: Date
  expiresAt: Date
}>

export async function insertInvite(db: Db | Trx, invite: NewInvite): Promise<void> {
  await db
    .insertInto('registration_invite')
    .values({
      network_id: invite.networkId,
      institution_id: invite.institutionId,
      token_hash: invite.tokenHash,
      created_by: invite.createdBy,
      created_at: invite.createdAt,
      expires_at: invite.expiresAt,
      used_at: null,
      platform_id: null,
    })
    .execute()
}

export type OpenInvite = Readonly<{ id: string; networkId: NetworkId; institutionId: InstitutionId }>

/** An invite that still holds. Without a network: its token is what tells it. */
export async function findInvite(db: Db | Trx, tokenHash: Uint8Array, now: Date): Promise<OpenInvite | undefined> {
  const row = await db
    .selectFrom('registration_invite')
    .select(['id', 'network_id as networkId', 'institution_id as institutionId'])
    .where('token_hash', '=', tokenHash)
    .where('used_at', 'is', null)
    .where('expires_at', '>', now)
    .executeTakeFirst()
  return row as OpenInvite | undefined
}

/** Of any number of uses at once exactly one is told true. */
export async function consumeInvite(
  trx: Db | Trx,
  invite: OpenInvite,
  platformId: PlatformId,
  now: Date,
): Promise<boolean> {
  const row = await trx
    .updateTable('registration_invite')
    .set({ used_at: now, platform_id: platformId })
    .where('network_id', '=', invite.networkId)
    .where('id', '=', invite.id)
    .where('used_at', 'is', null)
    .returning('id')
    .executeTakeFirst()
  return row !== undefined
}
