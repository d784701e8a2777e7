import * as z from 'zod'
import { TimeZone } from '../directory/time-zone.ts'
import { MeetingId } from '../kernel/ids.ts'
import { Instant, PageQuery, page, route } from '../kernel/route.ts'

/** A meeting as one person sees it. Times are instants; `timeZone` is where it was set. */
export const MeetingSeen = z.object({
  id: MeetingId,
  title: z.string(),
  startsAt: Instant,
  endsAt: Instant,
  timeZone: z.string(),
  place: z.string().nullable(),
  joinUrl: z.string().nullable(),
  /** What to bring, in the facilitator's words. */
  bring: z.string().nullable(),
  /** Meeting `number` of `total` of the cohort, by time. */
  number: z.int(),
  total: z.int(),
  myAnswer: z.enum(['yes', 'no']).nullable(),
  /** How many said yes. */
  coming: z.int(),
})
export type MeetingSeen = z.infer<typeof MeetingSeen>

/** By start, earliest first. `from` leaves out those that ended before it. */
export const listMeetings = route({
  method: 'GET',
  path: '/api/meetings',
  query: PageQuery.extend({ from: Instant.optional() }),
  response: page(MeetingSeen),
  refusals: ['cohort.unknown'],
})

const One = z.object({ id: MeetingId })

export const answerMeeting = route({
  method: 'POST',
  path: '/api/meetings/:id/answer',
  params: One,
  body: z.object({ answer: z.enum(['yes', 'no']) }),
  response: MeetingSeen,
  refusals: ['cohort.unknown', 'meeting.unknown', 'meeting.over', 'meeting.no_seat'],
})

/** Answers `text/calendar` (RFC 5545), not JSON: one event with its time zone. Fetch it with the bearer and save the text. */
export const getMeetingCalendar = route({
  method: 'GET',
  path: '/api/meetings/:id/calendar',
  params: One,
  response: z.string(),
  refusals: ['cohort.unknown', 'meeting.unknown'],
})

/** Only https: what people click must not run script or travel in the clear. */
const JoinUrl = z.url({ protocol: /^https$/, hostname: z.regexes.domain }).max(2000)

export const PlanMeeting = z.object({
  title: z.string().trim().min(1).max(160),
  startsAt: Instant,
  endsAt: Instant,
  timeZone: TimeZone,
  place: z.string().trim().min(1).max(300).nullable(),
  joinUrl: JoinUrl.nullable(),
  bring: z.string().trim().min(1).max(500).nullable(),
  /** Why it goes ahead in spite of a warning; recorded. */
  reason: z.string().trim().min(1).max(500).optional(),
})
export type PlanMeeting = z.infer<typeof PlanMeeting>

/** A rule of strength `warn` that the plan meets. Minutes and days are whole numbers; instants are ISO text. */
export const MeetingFinding = z.discriminatedUnion('code', [
  z.object({
    code: z.literal('meeting.length'),
    facts: z.object({ minutes: z.int(), usual: z.int(), tolerance: z.int() }),
  }),
  z.object({
    code: z.literal('schedule.before_deadline'),
    facts: z.object({ deadline: z.string(), daysBefore: z.int(), bufferDays: z.int() }),
  }),
])
export type MeetingFinding = z.infer<typeof MeetingFinding>

/**
 * `meeting.needs_reason` has facts `{ findings: MeetingFinding[] }`: send the same again with `reason` to go ahead.
 * `meeting.place`: neither a place nor a link. `meeting.times`: it ends before it starts, or lasts over a day.
 */
export const planMeeting = route({
  method: 'POST',
  path: '/api/meetings',
  body: PlanMeeting,
  response: MeetingSeen,
  refusals: ['cohort.unknown', 'meeting.not_allowed', 'meeting.place', 'meeting.times', 'meeting.needs_reason'],
})

/** What is left out stays as it is. Those who said they come are written to when the time or the place changes. */
export const changeMeeting = route({
  method: 'PATCH',
  path: '/api/meetings/:id',
  params: One,
  body: PlanMeeting.partial(),
  response: MeetingSeen,
  refusals: [
    'cohort.unknown',
    'meeting.unknown',
    'meeting.not_allowed',
    'meeting.over',
    'meeting.place',
    'meeting.times',
    'meeting.needs_reason',
  ],
})

/** Those who said they come are written to. */
export const cancelMeeting = route({
  method: 'DELETE',
  path: '/api/meetings/:id',
  params: One,
  response: z.undefined(),
  refusals: ['cohort.unknown', 'meeting.unknown', 'meeting.not_allowed', 'meeting.over'],
})
