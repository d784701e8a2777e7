import type { Actor } from '../directory/actor.ts'
import type { InstitutionId, PersonId, RegionId } from '../kernel/ids.ts'

type Hosted = Readonly<{
  regionId: RegionId
  hosts: readonly InstitutionId[]
  leadFacilitatorId: PersonId | null
}>

/**
 * Accessibility and dietary needs are for those who host: the coordinators of the convening's region, the administrators
 * of its host institutions, and its lead facilitator. To administer the whole network is not to host.
 */
export const mayReadNeeds = ({ personId, grants }: Pick<Actor, 'personId' | 'grants'>, convening: Hosted): boolean =>
  personId === convening.leadFacilitatorId ||
  grants.some(
    (grant) =>
      (grant.role === 'coordinator' && grant.regionId === convening.regionId) ||
      (grant.role === 'institution_admin' && convening.hosts.includes(grant.institutionId)),
  )

const DAY = 86_400_000

/** Needs are kept until the day after the convening; while it has no dates, for a year at most. */
export const needsKeptUntil = (endsAt: Date | null, now: Date): Date =>
  endsAt ? new Date(endsAt.getTime() + DAY) : new Date(now.getTime() + 365 * DAY)
