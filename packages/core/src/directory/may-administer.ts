import type { InstitutionId, RegionId } from '../kernel/ids.ts'
import type { Actor, Grant } from './actor.ts'

/**
 * What a decision of the admin app is about. `connection` is an institution's LMS connections and invites;
 * `people` is who belongs to it.
 */
export type Administered =
  | Readonly<{ kind: 'network' }>
  | Readonly<{ kind: 'region'; regionId: RegionId }>
  | Readonly<{ kind: 'institution' | 'connection' | 'people'; institutionId: InstitutionId; regionId: RegionId | null }>

/**
 * How far someone's grants reach, for the `where` of a query. `regions: 'all'` is a network admin. Institutions named
 * one by one (`institutions`) open their page and their LMS connections, and nothing else.
 */
export type AdminReach = Readonly<{ regions: 'all' | readonly RegionId[]; institutions: readonly InstitutionId[] }>

/** Someone without any grant has no business in the admin app: undefined. */
export function adminReach({ grants }: Pick<Actor, 'grants'>): AdminReach | undefined {
  if (!grants.length) return undefined
  if (grants.some(({ role }) => role === 'network_admin' || role === 'support'))
    return { regions: 'all', institutions: [] }
  return {
    regions: grants.flatMap((grant) => (grant.role === 'coordinator' ? [grant.regionId] : [])),
    institutions: grants.flatMap((grant) => (grant.role === 'institution_admin' ? [grant.institutionId] : [])),
  }
}

/** Without support, which only reads: what somebody may change something by. */
export const grantsToChange = (grants: readonly Grant[]): readonly Grant[] =>
  grants.filter(({ role }) => role !== 'support')

/**
 * A network admin administers everything; a coordinator the institutions, convenings and cohorts of their regions; an
 * institution admin the LMS connections of their institution and who belongs to it. Support changes nothing. Grades are administered
 * by nobody here.
 */
export function mayAdminister(actor: Pick<Actor, 'grants'>, subject: Administered): boolean {
  const reach = adminReach({ grants: grantsToChange(actor.grants) })
  if (!reach) return false
  if (reach.regions === 'all') return true
  if (subject.kind === 'network') return false
  if (subject.regionId !== null && reach.regions.includes(subject.regionId)) return true
  if (subject.kind === 'region') return false
  return subject.kind !== 'institution' && reach.institutions.includes(subject.institutionId)
}

/**
 * Where somebody stands in the admin app: how far their grants reach, or `proposals` for whoever has none and is admitted
 * because they write a proposal. Those see what they write and nothing else (`proposalAccess`).
 */
export function adminPlace(actor: Pick<Actor, 'grants'>): 'network' | 'regions' | 'institution' | 'proposals' {
  const reach = adminReach(actor)
  if (!reach) return 'proposals'
  if (reach.regions === 'all') return 'network'
  return reach.regions.length ? 'regions' : 'institution'
}
