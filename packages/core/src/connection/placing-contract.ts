import * as z from 'zod'
import { CohortId, ConveningId, MeetingId, PlacingId, RoundId } from '../kernel/ids.ts'
import { Instant, page, PageQuery, route } from '../kernel/route.ts'
import { Phase } from '../review/contract.ts'

/** What can be opened from a link in a course. practice: this week's prompt and what people answered. */
export const PLACEABLE_KINDS = ['space', 'meeting', 'practice', 'round', 'convening'] as const
export const PlaceableKind = z.enum(PLACEABLE_KINDS)
export type PlaceableKind = z.infer<typeof PlaceableKind>

/** Which of them, by the id it has with us. */
export const Placed = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('space'), id: CohortId }),
  z.object({ kind: z.literal('practice'), id: CohortId }),
  z.object({ kind: z.literal('meeting'), id: MeetingId }),
  z.object({ kind: z.literal('round'), id: RoundId }),
  z.object({ kind: z.literal('convening'), id: ConveningId }),
])
export type Placed = z.infer<typeof Placed>

const inCohort = { title: z.string(), cohort: z.object({ id: CohortId, name: z.string() }) }
const when = { startsAt: Instant, endsAt: Instant, timeZone: z.string() }
/** Something to place, with what tells it from the next. `title` is the thing's own name. */
export const Placeable = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('space'), id: CohortId, ...inCohort, theme: z.string() }),
  z.object({ kind: z.literal('practice'), id: CohortId, ...inCohort, theme: z.string() }),
  z.object({ kind: z.literal('meeting'), id: MeetingId, ...inCohort, ...when }),
  z.object({
    kind: z.literal('round'),
    id: RoundId,
    ...inCohort,
    phase: Phase,
    submitUntil: Instant,
    timeZone: z.string(),
    /** Points of the column for the work. */
    workMaximum: z.number(),
  }),
  z.object({ kind: z.literal('convening'), id: ConveningId, title: z.string(), region: z.string(), ...when }),
])
export type Placeable = z.infer<typeof Placeable>

/** A link per choice; nobody places more at once. */
export const MOST_PLACED = 20

const params = z.object({ placingId: PlacingId })

/** What the LMS asked for, so that the page offers what it takes. */
export const showPlacing = route({
  method: 'GET',
  path: '/api/placings/:placingId',
  params,
  response: z.object({
    course: z.string().nullable(),
    lms: z.enum(['canvas', 'moodle', 'other']),
    /** False: this place in the LMS takes no links to tools, only to go back is left. */
    takesLinks: z.boolean(),
    takesSeveral: z.boolean(),
    /** Whether a review round's link may bring its column for the work. */
    takesColumns: z.boolean(),
  }),
  refusals: ['placing.unknown'],
})

/** By name; meetings and convenings that are to come, soonest first; rounds that are not closed, newest first. */
export const listPlaceable = route({
  method: 'GET',
  path: '/api/placings/:placingId/choices',
  params,
  query: PageQuery.extend({ kind: PlaceableKind, search: z.string().trim().max(100).optional() }),
  response: page(Placeable),
  refusals: ['placing.unknown'],
})

/**
 * Signs the answer to the LMS: the page posts `jwt` as the form field `JWT` to `returnUrl`. No choice at all goes back
 * without placing anything. `placing.too_many` has facts `{ most }`.
 */
export const answerPlacing = route({
  method: 'POST',
  path: '/api/placings/:placingId/answer',
  params,
  body: z.object({ chosen: z.array(Placed).max(100) }),
  response: z.object({ returnUrl: z.url(), jwt: z.string() }),
  refusals: ['placing.unknown', 'placing.links_not_taken', 'placing.too_many', 'placing.not_offered'],
})
