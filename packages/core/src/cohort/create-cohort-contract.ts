import * as z from 'zod'
import { TimeZone } from '../directory/time-zone.ts'
import { CohortId, ConveningId, InstitutionId, PersonId, RegionId } from '../kernel/ids.ts'
import { Instant, route } from '../kernel/route.ts'

export const SEAT_KINDS = ['participant', 'chair', 'facilitator'] as const

const SeatDraft = z.strictObject({
  personId: PersonId,
  /** Where the person comes from, as far as this cohort goes. */
  institutionId: InstitutionId,
  kind: z.enum(SEAT_KINDS),
  /** Joins the waitlist, in the order of the draft. */
  isWaitlisted: z.boolean(),
})
const MeetingDraft = z.strictObject({
  title: z.string().trim().min(1).max(160),
  startsAt: Instant,
  endsAt: Instant,
  place: z.string().trim().max(300).nullable(),
  joinUrl: z
    .url({ protocol: /^https$/ })
    .max(2000)
    .nullable(),
})

const namesOnce = (seats: readonly { personId: string }[]) =>
  new Set(seats.map(({ personId }) => personId)).size === seats.length

/** A cohort as it is being composed. Times are instants: whoever composes turned wall clock into instants before. */
export const CohortDraft = z.strictObject({
  regionId: RegionId,
  name: z.string().trim().min(1).max(120),
  theme: z.string().trim().min(1).max(200),
  timeZone: TimeZone,
  conveningId: ConveningId.nullable(),
  submissionDeadline: Instant.nullable(),
  seats: z.array(SeatDraft).max(200).refine(namesOnce, 'names a person twice'),
  meetings: z.array(MeetingDraft).max(60),
})
export type CohortDraft = z.output<typeof CohortDraft>

const finding = <Code extends string, Facts extends z.ZodType>(code: Code, facts: Facts) =>
  z.object({ code: z.literal(code), strength: z.enum(['block', 'warn']), facts })
const Numbers = z.object({ meetings: z.array(z.int()) })

/** What one rule of domain.md has to say; meetings are named by their number, counted from 1. */
export const CohortFinding = z.discriminatedUnion('code', [
  finding('cohort.name_taken', z.object({ name: z.string() })),
  /** `personIds`: the newest participants, who could wait instead. */
  finding(
    'cohort.full',
    z.object({ capacity: z.int(), taken: z.int(), over: z.int(), personIds: z.array(z.string()) }),
  ),
  finding('cohort.chair', z.object({ chairs: z.int(), needed: z.int() })),
  finding(
    'eligibility.affiliation',
    z.object({
      people: z.array(z.object({ id: z.string(), name: z.string().nullable() })),
      eligible: z.array(z.string()),
    }),
  ),
  finding('schedule.meetings', z.object({ planned: z.int(), usual: z.int() })),
  finding(
    'meeting.length',
    z.object({
      meetings: z.array(z.object({ number: z.int(), minutes: z.int() })),
      usual: z.int(),
      tolerance: z.int(),
    }),
  ),
  /** Minutes of all meetings together, against what the network promises over `sessions`. */
  finding('hours.commitment', z.object({ planned: z.int(), promised: z.int(), sessions: z.int() })),
  finding('meeting.times', Numbers),
  finding('meeting.place', Numbers),
  finding(
    'schedule.before_deadline',
    z.object({ deadline: Instant, latest: Instant, daysBefore: z.int(), bufferDays: z.int() }),
  ),
])
export type CohortFinding = z.output<typeof CohortFinding>

/** What the rules say while composing: name, theme and titles may still be empty. */
export const checkCohortDraft = route({
  method: 'POST',
  path: '/api/cohorts/check',
  body: CohortDraft.extend({
    name: z.string().trim().max(120),
    theme: z.string().trim().max(200),
    meetings: z.array(MeetingDraft.extend({ title: z.string().max(160) })).max(60),
  }),
  response: z.object({ findings: z.array(CohortFinding), capacity: z.int(), seated: z.int() }),
  refusals: ['directory.not_found', 'cohort.person_unknown'],
})

/** Facts of `cohort.blocked` and `cohort.needs_reason` hold the findings; send the same again with a reason. */
export const createCohortFromDraft = route({
  method: 'POST',
  path: '/api/cohorts',
  body: CohortDraft.extend({ reason: z.string().trim().min(1).max(500).nullable() }),
  response: z.object({ id: CohortId, invited: z.int() }),
  refusals: [
    'directory.not_found',
    'cohort.person_unknown',
    'cohort.blocked',
    'cohort.needs_reason',
    'cohort.name_taken',
  ],
})
