import type { CohortId, RegionId, RoundId } from '../kernel/ids.ts'

export type CourseLinkAsked = Readonly<{
  /** The cohort that the link's custom parameters name, as it stands in this network; null when there is none. */
  cohort: Readonly<{ id: CohortId; regionId: RegionId; seatsInstitution: boolean }> | null
  /** Likewise the review round, with the cohort it belongs to. */
  round: Readonly<{ id: RoundId; cohortId: CohortId }> | null
  /** The LMS's institution. */
  institution: Readonly<{ regionId: RegionId | null; isMember: boolean }>
}>

export type CourseLinkBinding = Readonly<{ cohortId: CohortId | null; roundId: RoundId | null }>

const UNBOUND: CourseLinkBinding = { cohortId: null, roundId: null }

/**
 * Decides what a course link opens from its custom parameters, which whoever edits the course may type: only a cohort in
 * which the institution takes part already, or a cohort of its own region when it is a member. A round that belongs to
 * another cohort is left out.
 */
export function bindCourseLink({ cohort, round, institution }: CourseLinkAsked): CourseLinkBinding {
  if (!cohort) return UNBOUND
  const isNeighbour = institution.isMember && institution.regionId === cohort.regionId
  if (!cohort.seatsInstitution && !isNeighbour) return UNBOUND
  return { cohortId: cohort.id, roundId: round?.cohortId === cohort.id ? round.id : null }
}
