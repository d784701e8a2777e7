import * as z from 'zod'
import { CourseRole } from '../directory/contract.ts'
import { PersonId } from '../kernel/ids.ts'
import { Instant, page, PageQuery, route } from '../kernel/route.ts'

/** Somebody of the session's course as its instructors see them. `name` is null where the LMS does not tell it. */
export const RosterPerson = z.object({
  personId: PersonId,
  name: z.string().nullable(),
  role: CourseRole,
  /** launch: they have been here; roster: the LMS named them. */
  knownFrom: z.enum(['launch', 'roster']),
  /** Their last launch; null for who never came. */
  lastCameAt: Instant.nullable(),
  hasLeft: z.boolean(),
  /** Sections or groups in the course, where the LMS told them. */
  sections: z.array(z.string()),
  /** Their place in the cohort that the course link opens. Joining is their own act (membership.voluntary). */
  inCohort: z.enum(['member', 'waitlisted', 'no']),
})
export type RosterPerson = z.infer<typeof RosterPerson>

/** What went wrong at the last reading, one plain sentence each on screen. fault: ours, not the LMS's. */
export const RosterProblem = z.enum([
  'lms_busy',
  'lms_unreachable',
  'not_permitted',
  'refused_by_lms',
  'unreadable',
  'fault',
])
export type RosterProblem = z.infer<typeof RosterProblem>

/** waiting: it begins within a minute, or is tried again at `nextTryAt`. never: this course was not read yet. */
export const RosterSync = z.object({
  status: z.enum(['never', 'waiting', 'running', 'done', 'failed']),
  startedAt: Instant.nullable(),
  finishedAt: Instant.nullable(),
  /** People read in this pass or the last, how many of them were new, and how many turned out to have left. */
  seen: z.int(),
  added: z.int(),
  departed: z.int(),
  problem: RosterProblem.nullable(),
  /** What the LMS answered, for the small type below the words. */
  detail: z.string().nullable(),
  nextTryAt: Instant.nullable(),
})
export type RosterSync = z.infer<typeof RosterSync>

const refusals = ['roster.not_found', 'roster.instructors_only'] as const

/** The people of the session's course by name, those without one last; `left=true`: who was there before. */
export const rosterRoute = route({
  method: 'GET',
  path: '/api/roster',
  query: PageQuery.extend({
    search: z.string().trim().max(100).optional(),
    section: z.string().max(200).optional(),
    left: z.enum(['true', 'false']).default('false'),
  }),
  response: page(RosterPerson),
  refusals,
})

export const RosterState = z.object({
  sync: RosterSync,
  /** The LMS told where the roster is. */
  isOffered: z.boolean(),
  maySync: z.boolean(),
  here: z.int(),
  /** Of those here, how many are members of the cohort. */
  members: z.int(),
  left: z.int(),
  sections: z.array(z.string()),
})
export type RosterState = z.infer<typeof RosterState>

export const rosterSyncRoute = route({ method: 'GET', path: '/api/roster/sync', response: RosterState, refusals })

/** Asks for a reading now; one that waits or runs already is the one asked for. Facts of `roster.just_read`: `{ againAt }` (ISO text). */
export const syncRosterRoute = route({
  method: 'POST',
  path: '/api/roster/sync',
  response: RosterState,
  refusals: [...refusals, 'roster.not_offered', 'roster.just_read'],
})
