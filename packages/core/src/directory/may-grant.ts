import type { InstitutionId, RegionId } from '../kernel/ids.ts'
import type { Actor } from './actor.ts'
import { mayAdminister } from './may-administer.ts'

/** A role with the place it holds for. An institution comes with its region, which decides who else administers it. */
export type RoleGiven =
  | Readonly<{ role: 'network_admin' | 'support' }>
  | Readonly<{ role: 'coordinator'; regionId: RegionId }>
  | Readonly<{ role: 'institution_admin'; institutionId: InstitutionId; regionId: RegionId | null }>

/**
 * Whether somebody may give this role, or take it from someone: nobody beyond their own reach. A network admin may all of
 * them; a coordinator those of their region and its institutions; an institution admin that of their institution.
 */
export function mayGrant(actor: Pick<Actor, 'grants'>, given: RoleGiven): boolean {
  if (given.role === 'coordinator') return mayAdminister(actor, { kind: 'region', regionId: given.regionId })
  if (given.role !== 'institution_admin') return mayAdminister(actor, { kind: 'network' })
  const { institutionId, regionId } = given
  return mayAdminister(actor, { kind: 'people', institutionId, regionId })
}
