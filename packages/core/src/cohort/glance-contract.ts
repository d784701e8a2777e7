import * as z from 'zod'
import { CampusMark } from '../directory/person-seen.ts'
import { CohortId, InstitutionId, RegionId } from '../kernel/ids.ts'
import { Instant, PageQuery, page, route } from '../kernel/route.ts'
import { CohortListed } from './administer-cohort-contract.ts'
import { COHORT_CONCERNS } from './judge-season.ts'

/** One cohort of the season with all a coordinator watches. Hours are those of its meetings. */
export const CohortGlanced = CohortListed.extend({
  nextMeetingAt: Instant.nullable(),
  minutes: z.object({ held: z.int(), planned: z.int(), promised: z.int().nullable() }),
  lastHeardAt: Instant,
  silentSince: Instant.nullable(),
  readiness: z.object({
    state: z.enum(['no_deadline', 'on_course', 'behind', 'past']),
    /** Its last meeting has to end by then. */
    latest: Instant.nullable(),
    isLate: z.boolean(),
    /** Missing for the policy's count and for the programme's promise; 0 where enough is planned. */
    meetings: z.int(),
    minutes: z.int(),
  }),
  concerns: z.array(z.enum(COHORT_CONCERNS)),
  /** Campuses of its people, with how far each LMS has come. */
  campuses: z.array(CampusMark.extend({ lms: z.enum(['none', 'connected', 'placed']) })),
})
export type CohortGlanced = z.infer<typeof CohortGlanced>

const Filters = {
  search: z.string().trim().max(100).optional(),
  status: z.enum(['open', 'closed', 'all']).default('open'),
  regionId: RegionId.optional(),
  /** Cohorts with somebody of this campus or organisation. */
  institutionId: InstitutionId.optional(),
  concern: z.enum(COHORT_CONCERNS).optional(),
  /** Cohorts with a free seat, or without one. */
  seats: z.enum(['free', 'full']).optional(),
}
export const GlanceFilters = z.object(Filters)
export type GlanceFilters = z.output<typeof GlanceFilters>

/** By name. */
export const glanceAtCohorts = route({
  method: 'GET',
  path: '/api/season/cohorts',
  query: PageQuery.extend(Filters),
  response: page(CohortGlanced),
})
/** How many open cohorts of the reader's reach have each concern. */
export const countConcerns = route({
  method: 'GET',
  path: '/api/season/concerns',
  response: z.object({
    cohorts: z.int(),
    seats: z.int(),
    taken: z.int(),
    concerns: z.record(z.enum(COHORT_CONCERNS), z.int()),
  }),
})
/** Answers `text/csv`, not JSON: all that the filters let through. */
export const exportGlance = route({
  method: 'GET',
  path: '/api/season/cohorts.csv',
  query: GlanceFilters,
  response: z.string(),
})

/** A community of the same people before or after, and one inside another. */
const Linked = z.object({ id: CohortId, name: z.string(), status: z.enum(['open', 'closed']) })
export const CohortLinks = z.object({
  succeeds: Linked.nullable(),
  succeededBy: z.array(Linked),
  nestedIn: Linked.nullable(),
  nested: z.array(Linked),
})
export type CohortLinks = z.infer<typeof CohortLinks>
