import * as z from 'zod'
import { CampusMark } from '../directory/person-seen.ts'
import { MeetingId, PersonId } from '../kernel/ids.ts'
import { Instant, route } from '../kernel/route.ts'
import { ACTIVITIES, FUNCTIONS } from '../programme/blueprint.ts'

/** The five functions of a community of practice (functions.coverage). */
export type CommunityFunction = (typeof FUNCTIONS)[number]
/** What a facilitator can put on an agenda. */
export type Activity = (typeof ACTIVITIES)[number]

const One = z.object({ id: MeetingId })
const Functions = z
  .array(z.enum(FUNCTIONS))
  .max(FUNCTIONS.length)
  .refine((named) => new Set(named).size === named.length, 'A function stands there twice')

export const AgendaItem = z.object({
  title: z.string().trim().min(1).max(160),
  kind: z.enum(ACTIVITIES),
  minutes: z.int().min(1).max(480),
  /** Whether one person presents it or everyone takes part (agenda.not_didactic). */
  ledBy: z.enum(['one_person', 'everyone']),
  functions: Functions,
})
export type AgendaItem = z.infer<typeof AgendaItem>

const MOST_ITEMS = 20

/** A warning never stops an agenda: it is shown. Shares are 0 to 1. */
export const AgendaFinding = z.discriminatedUnion('code', [
  z.object({
    code: z.literal('agenda.not_didactic'),
    facts: z.object({ minutes: z.int(), ofMinutes: z.int(), most: z.number() }),
  }),
  z.object({ code: z.literal('agenda.longer'), facts: z.object({ minutes: z.int(), meeting: z.int() }) }),
  z.object({ code: z.literal('functions.coverage'), facts: z.object({ unnamed: z.int() }) }),
])
export type AgendaFinding = z.infer<typeof AgendaFinding>

export const Agenda = z.object({
  items: z.array(AgendaItem),
  findings: z.array(AgendaFinding),
  mayChange: z.boolean(),
})

export const showAgenda = route({
  method: 'GET',
  path: '/api/meetings/:id/agenda',
  params: One,
  response: Agenda,
  refusals: ['cohort.unknown', 'meeting.unknown'],
})

/** The whole agenda in its order; what was there before goes. The meeting serves what its parts serve. */
export const writeAgenda = route({
  method: 'PUT',
  path: '/api/meetings/:id/agenda',
  params: One,
  body: z.object({ items: z.array(AgendaItem).max(MOST_ITEMS) }),
  response: Agenda,
  refusals: ['cohort.unknown', 'meeting.unknown', 'meeting.not_allowed'],
})

/** Everyone who holds or held a seat when it met, and whoever was noted; by name. For facilitators, chairs and instructors. */
export const showAttendance = route({
  method: 'GET',
  path: '/api/meetings/:id/attendance',
  params: One,
  response: z.object({
    people: z.array(
      z.object({ id: PersonId, name: z.string().nullable(), institution: CampusMark, isPresent: z.boolean() }),
    ),
  }),
  refusals: ['cohort.unknown', 'meeting.unknown', 'meeting.not_allowed'],
})

/** `meeting.not_yet`: it has not begun. `meeting.not_in`: the person holds no seat in this cohort. */
export const noteAttendance = route({
  method: 'PUT',
  path: '/api/meetings/:id/attendance',
  params: One,
  body: z.object({ personId: PersonId, isPresent: z.boolean() }),
  response: z.object({ present: z.int() }),
  refusals: ['cohort.unknown', 'meeting.unknown', 'meeting.not_allowed', 'meeting.not_yet', 'meeting.not_in'],
})

export const KEPT = ['kept', 'partly', 'not'] as const
export type Kept = (typeof KEPT)[number]
/** After how many days a commitment is looked at again (commitment.follow_up). */
export const CHECK_DAYS = [30, 90] as const
export type CheckDay = (typeof CHECK_DAYS)[number]

const Check = z.object({ kept: z.enum(KEPT).nullable(), dueAt: Instant, isDue: z.boolean() })
export const CommitmentSeen = z.object({
  id: z.uuid(),
  person: z.object({ id: PersonId, name: z.string().nullable() }),
  isMine: z.boolean(),
  text: z.string(),
  /** What came of it, in its owner's words. */
  outcome: z.string(),
  madeAt: Instant,
  after30: Check,
  after90: Check,
})
export type CommitmentSeen = z.infer<typeof CommitmentSeen>

/** The cohort's commitments, one's own first, then the latest; at most 100. */
export const listCommitments = route({
  method: 'GET',
  path: '/api/commitments',
  response: z.object({ items: z.array(CommitmentSeen), mayMake: z.boolean() }),
  refusals: ['cohort.unknown'],
})

export const makeCommitment = route({
  method: 'POST',
  path: '/api/commitments',
  body: z.object({ text: z.string().trim().min(1).max(1000) }),
  response: CommitmentSeen,
  refusals: ['cohort.unknown', 'commitment.no_seat'],
})

/** Its owner looks at it again. `commitment.not_yet`: its day has not come. The last answer counts. */
export const checkCommitment = route({
  method: 'POST',
  path: '/api/commitments/:id/check',
  params: z.object({ id: z.uuid() }),
  body: z.object({
    after: z.literal(CHECK_DAYS),
    kept: z.enum(KEPT),
    outcome: z.string().trim().max(2000).default(''),
  }),
  response: CommitmentSeen,
  refusals: ['cohort.unknown', 'commitment.unknown', 'commitment.not_yet', 'commitment.no_seat'],
})
