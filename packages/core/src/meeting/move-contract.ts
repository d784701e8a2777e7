import * as z from 'zod'
import { CohortId, MeetingId } from '../kernel/ids.ts'
import { Instant, route } from '../kernel/route.ts'
import { MeetingFinding } from './contract.ts'

/** A rule that a move meets. Beside those of any meeting: another of the cohort, or of its people, at that time. */
export const MoveFinding = z.discriminatedUnion('code', [
  ...MeetingFinding.options,
  z.object({ code: z.literal('meeting.clash'), facts: z.object({ title: z.string() }) }),
  z.object({ code: z.literal('meeting.people_busy'), facts: z.object({ count: z.int() }) }),
])
export type MoveFinding = z.infer<typeof MoveFinding>

const params = z.object({ cohortId: CohortId, meetingId: MeetingId })
const Times = z.strictObject({ startsAt: Instant, endsAt: Instant })

/** What the rules say about another time, and how many would be written to. Saves nothing. */
export const checkMove = route({
  method: 'POST',
  path: '/api/cohorts/:cohortId/meetings/:meetingId/move/check',
  params,
  body: Times,
  response: z.object({ findings: z.array(MoveFinding), tells: z.int() }),
  refusals: ['directory.not_found', 'meeting.times'],
})

/**
 * `from`: where the mover saw it; refused `meeting.moved_since` with where it is when somebody moved it meanwhile. Those
 * who come, and those who lead it, are written to.
 */
export const moveMeeting = route({
  method: 'POST',
  path: '/api/cohorts/:cohortId/meetings/:meetingId/move',
  params,
  body: Times.extend({ from: Instant, reason: z.string().trim().min(1).max(500).nullable() }),
  response: z.object({ moveId: z.uuid(), told: z.int() }),
  refusals: [
    'directory.not_found',
    'meeting.over',
    'meeting.moved_since',
    'meeting.not_moved',
    'meeting.times',
    'meeting.needs_reason',
  ],
})
/** Puts the meeting back where it was, unless it is elsewhere by now, and tells the same people. */
export const undoMove = route({
  method: 'POST',
  path: '/api/cohorts/:cohortId/meetings/:meetingId/moves/:moveId/undo',
  params: params.extend({ moveId: z.uuid() }),
  response: z.object({ told: z.int() }),
  refusals: ['directory.not_found', 'meeting.over', 'meeting.moved_since'],
})
