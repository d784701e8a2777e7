import { sql } from 'kysely'
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

const MOST_SHOWN = 10

/**
 * An institution's invites that still hold, each with the last registration that was refused with it: ten at most, those
 * first of which something happened last.
 */
export async function listOpenInvites(
  db: Db | Trx,
  { networkId, institutionId }: Pick<OpenInvite, 'networkId' | 'institutionId'>,
  now: Date,
) {
  const rows = await db
    .selectFrom('registration_invite as v')
    .leftJoinLateral(
      (eb) =>
        eb
          .selectFrom('launch_refusal')
          .select(['at', 'code', 'reference'])
          .whereRef('network_id', '=', 'v.network_id')
          .whereRef('invite_id', '=', 'v.id')
          .orderBy('at', 'desc')
          .limit(1)
          .as('r'),
      (on) => on.onTrue(),
    )
    .select(['v.id', 'v.created_at as madeAt', 'v.expires_at as expiresAt', 'r.at', 'r.code', 'r.reference'])
    .where('v.network_id', '=', networkId)
    .where('v.institution_id', '=', institutionId)
    .where('v.used_at', 'is', null)
    .where('v.expires_at', '>', now)
    .orderBy(sql`coalesce(r.at, v.created_at)`, 'desc')
    .orderBy('v.id')
    .limit(MOST_SHOWN)
    .execute()
  return rows.map(({ at, code, reference, ...invite }) => ({
    ...invite,
    lastRefusal: at && code && reference ? { at, code, reference } : null,
  }))
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
