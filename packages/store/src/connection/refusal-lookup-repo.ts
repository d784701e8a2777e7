import type { InstitutionId, PlatformId } from '@copractice/core/kernel'
import type { Db, Trx } from '../database.ts'
import { institutionInReach, type AdminScope } from '../directory/reach.ts'

/**
 * A refusal of a connection, or of a registration with an invite, that the reader may see to; undefined for any other, and
 * for one that is not kept.
 */
export async function findRefusalInReach(db: Db | Trx, scope: AdminScope, reference: string) {
  const row = await db
    .selectFrom('launch_refusal as r')
    .leftJoin('lti_platform as p', (on) =>
      on.onRef('p.network_id', '=', 'r.network_id').onRef('p.id', '=', 'r.platform_id'),
    )
    .leftJoin('registration_invite as v', (on) =>
      on.onRef('v.network_id', '=', 'r.network_id').onRef('v.id', '=', 'r.invite_id'),
    )
    .innerJoin('institution as i', (on) =>
      on
        .onRef('i.network_id', '=', 'r.network_id')
        .on((eb) => eb('i.id', '=', eb.fn.coalesce('p.institution_id', 'v.institution_id'))),
    )
    .select(['r.reference', 'r.code', 'r.at', 'r.facts', 'v.created_at as invitedAt'])
    .select(['p.id', 'p.profile', 'p.issuer', 'i.id as institutionId', 'i.name as institution'])
    .where('r.network_id', '=', scope.networkId)
    .where('r.reference', '=', reference)
    .where(institutionInReach(scope, 'i'))
    .executeTakeFirst()
  if (!row) return undefined
  const { id, profile, issuer, institutionId, institution: name, ...refusal } = row
  const connection = id && profile && issuer ? { id: id as PlatformId, profile, issuer } : null
  return { ...refusal, institution: { id: institutionId as InstitutionId, name }, connection }
}
