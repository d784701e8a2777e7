import * as z from 'zod'
import { CampusMark, PersonSeen } from '../directory/person-seen.ts'
import { CohortSeen, Standing } from '../directory/contract.ts'
import { AssignmentId, CohortId, MeetingId, PromptId, RoundId } from '../kernel/ids.ts'
import { Instant, PageQuery, page, route } from '../kernel/route.ts'
import { MeetingSeen } from '../meeting/contract.ts'
import { PostSeen, PromptSeen } from '../practice/contract.ts'

export const SeatCount = z.object({ taken: z.int(), capacity: z.int(), waitlisted: z.int() })
export type SeatCount = z.infer<typeof SeatCount>

export const CohortChoice = CohortSeen.extend({
  region: z.string(),
  seats: SeatCount,
  /** How many of the instructor's own campus are seated. */
  seatedFromCampus: z.int(),
  nextMeetingAt: Instant.nullable(),
})
export type CohortChoice = z.infer<typeof CohortChoice>

/** For the instructor of a link that opens no cohort yet: open cohorts where their campus is seated or their region runs, by name. */
export const listCohortChoices = route({
  method: 'GET',
  path: '/api/cohorts/choices',
  query: PageQuery.extend({ search: z.string().trim().max(100).optional() }),
  response: page(CohortChoice),
  refusals: ['course_link.unknown', 'course_link.not_instructor'],
})

/** Binds the course link of this session to a cohort. `course_link.bound_elsewhere` has facts `{ name }`. */
export const bindCourseLink = route({
  method: 'POST',
  path: '/api/course-link/cohort',
  body: z.object({ cohortId: CohortId }),
  response: CohortSeen,
  refusals: [
    'course_link.unknown',
    'course_link.not_instructor',
    'course_link.bound_elsewhere',
    'cohort.unknown',
    'cohort.closed',
  ],
})

const JOIN_REFUSALS = [
  'cohort.unknown',
  'cohort.closed',
  'cohort.already_in',
  'cohort.test_person',
  'eligibility.affiliation',
] as const
/**
 * Takes a seat, or the next place of the waitlist when the cohort has its participants (`cohort.full`: standing
 * `waitlisted`). `eligibility.affiliation` has facts `{ eligible: string[] }`; `cohort.test_person`: an LMS's "student
 * view" is nobody, and takes no seat.
 */
export const joinCohort = route({
  method: 'POST',
  path: '/api/cohort/join',
  response: z.object({ standing: Standing, waitlistPlace: z.int().nullable(), seats: SeatCount }),
  refusals: JOIN_REFUSALS,
})

/**
 * What joining would give now: a seat, or the next place of the waitlist, which `waitlistPlace` numbers. Refuses as joining
 * would. Another may be quicker.
 */
export const showJoining = route({
  method: 'GET',
  path: '/api/cohort/join',
  response: z.object({ waitlistPlace: z.int().nullable(), seats: SeatCount }),
  refusals: JOIN_REFUSALS,
})

/** The person's own act; no grade changes by it. The first on the waitlist gets the seat and a mail. */
export const leaveCohort = route({
  method: 'POST',
  path: '/api/cohort/leave',
  response: z.object({ standing: Standing }),
  refusals: ['cohort.unknown', 'cohort.not_in'],
})

/** Everyone seated and the facilitators. By name, from another letter each week: `startsWith`. */
export const listPeople = route({
  method: 'GET',
  path: '/api/cohort/people',
  query: PageQuery,
  response: page(PersonSeen.extend({ isFacilitator: z.boolean(), isMe: z.boolean() })).extend({
    startsWith: z.string(),
    seats: SeatCount,
  }),
  refusals: ['cohort.unknown'],
})

/** What waits for a person in a review round; listed by the review slice. */
export const ReviewTodo = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('submit_work'),
    roundId: RoundId,
    roundTitle: z.string(),
    draftSavedAt: Instant.nullable(),
    dueAt: Instant,
  }),
  z.object({
    kind: z.literal('write_reviews'),
    nextAssignmentId: AssignmentId,
    roundTitle: z.string(),
    left: z.int(),
    of: z.int(),
    dueAt: Instant,
  }),
  z.object({
    kind: z.literal('read_reviews'),
    roundId: RoundId,
    roundTitle: z.string(),
    received: z.int(),
    dueAt: z.null(),
  }),
  /** For instructors: their own learners' questions about grades. */
  z.object({
    kind: z.literal('answer_appeals'),
    roundId: RoundId,
    roundTitle: z.string(),
    open: z.int(),
    since: Instant,
    dueAt: z.null(),
  }),
])
export type ReviewTodo = z.infer<typeof ReviewTodo>

/** Soonest first; those without a date last. */
export const Todo = z.discriminatedUnion('kind', [
  ...ReviewTodo.options,
  z.object({ kind: z.literal('answer_meeting'), meetingId: MeetingId, title: z.string(), dueAt: Instant }),
  z.object({
    kind: z.literal('finish_draft'),
    promptId: PromptId,
    promptText: z.string(),
    savedAt: Instant,
    words: z.int(),
    dueAt: z.null(),
  }),
])
export type Todo = z.infer<typeof Todo>

/** One place at the table: whose campus, and whether they said they come to the next meeting. */
export const TablePlace = CampusMark.extend({ coming: z.boolean() })
export type TablePlace = z.infer<typeof TablePlace>

export const CohortHome = z.object({
  cohort: CohortSeen,
  nextMeeting: MeetingSeen.nullable(),
  /** The term, earliest first; at most 60. */
  meetings: z.array(MeetingSeen),
  /** The programme's submission deadline, if it has one. */
  submissionDeadline: Instant.nullable(),
  prompt: PromptSeen.extend({ posts: page(PostSeen) }).nullable(),
  todos: z.array(Todo),
  /** `ring` holds the seats taken, in an order that says nothing about rank. */
  seats: SeatCount.extend({ ring: z.array(TablePlace) }),
  facilitators: z.array(PersonSeen),
})
export type CohortHome = z.infer<typeof CohortHome>

export const getCohortHome = route({
  method: 'GET',
  path: '/api/cohort/home',
  response: CohortHome,
  refusals: ['cohort.unknown'],
})
