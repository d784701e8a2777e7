import * as z from 'zod'
import { CONNECTION_STATES } from '../directory/connection-state.ts'
import type { SpaceSession } from '../directory/space-session.ts'
import { ok, refuse } from '../kernel/result.ts'
import { Instant, route } from '../kernel/route.ts'

/** How the course link a session was opened from is set up. Holds nobody's name, work or grade. */
export const LinkStatus = z.object({
  institution: z.string(),
  profile: z.enum(['canvas', 'moodle', 'other']),
  connection: z.enum(CONNECTION_STATES),
  lastLaunchAt: Instant.nullable(),
  /** Of the last refused launch from this LMS. */
  lastRefusal: z.object({ code: z.string(), at: Instant }).nullable(),
  /** Whether the LMS lets us write grades and read the roster of this course. */
  hasGradebook: z.boolean(),
  hasRoster: z.boolean(),
  opens: z.enum(['cohort', 'round', 'nothing']),
})
export type LinkStatus = z.infer<typeof LinkStatus>

export const linkStatusRoute = route({
  method: 'GET',
  path: '/api/link-status',
  response: LinkStatus,
  refusals: ['link.not_yours'],
})

/** For who runs the LMS or the course, and those who teach it. */
export function mayCheckLink({ actor, courseId, courseLinkId }: SpaceSession) {
  const role = actor.courses.find((course) => course.courseId === courseId)?.role
  const may = role === 'administrator' || role === 'instructor'
  return may && courseLinkId ? ok(courseLinkId) : refuse('link.not_yours', {})
}
