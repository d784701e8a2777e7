import type { InstitutionId, PlatformId } from '@copractice/core/kernel'
import type { Db, Trx } from '../database.ts'
import { institutionInReach, type AdminScope } from '../directory/reach.ts'

/** A refusal of a connection that the reader may see to; undefined for any other, and for one that is not kept. */
export async function findRefusalInReach(db: Db | Trx, scope: AdminScope, reference: string) {
  const row = await db
    .selectFrom('launch_refusal as r')
    .innerJoin('lti_platform as p', (on) =>
      on.onRef('p.network_id', '=', 'r.network_id').onRef('p.id', '=', 'r.platform_id'),
    )
    .innerJoin('institution as i', (on) =>
      on.onRef('i.network_id', '=', 'p.network_id').onRef('i.id', '=', 'p.institution_id'),
    )
    .select(['r.reference', 'r.code', 'r.at', 'r.facts'])
    .select(['p.id', 'p.profile', 'p.issuer', 'i.id as institutionId', 'i.name as institution'])
    .where('r.network_id', '=', scope.networkId)
    .where('r.reference', '=', reference)
    .where(institutionInReach(scope, 'i'))
    .executeTakeFirst()
  if (!row) return undefined
  const { id, profile, issuer, institution, ...refusal } = row
  const institutionId = row.institutionId as InstitutionId
  return { ...refusal, connection: { id: id as PlatformId, institutionId, institution, profile, issuer } }
}
