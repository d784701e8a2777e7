import * as z from 'zod'
import { CohortId, CourseId, PersonId, RoundId } from '../kernel/ids.ts'
import { Instant, PageQuery, page, route } from '../kernel/route.ts'
import { CampusMark } from './person-seen.ts'
import { TimeZone } from './time-zone.ts'

/**
 * Where the person stands towards the space the session opens.
 * member: holds a seat. facilitator: takes none. instructor: instructor or assistant of a course linked to the cohort.
 * may_join: the link is bound, they hold no seat yet. waitlisted: `waitlistPlace` says where. left: may join again.
 * choose_cohort: instructor in a link that opens no cohort yet. not_yet_chosen: anyone else in such a link.
 * observer: sees the published results of whom they mentor. lms_administrator: sees how the link is set up, and no grades.
 * test_visitor: the LMS's test student, who looks around. anonymous_visitor: the LMS did not say who; nothing is theirs.
 * several_cohorts: signed in by e-mail, seated in several, none chosen. no_cohort: signed in by e-mail, seated in none.
 */
export const Standing = z.enum([
  'member',
  'facilitator',
  'instructor',
  'may_join',
  'waitlisted',
  'left',
  'choose_cohort',
  'not_yet_chosen',
  'several_cohorts',
  'no_cohort',
  'observer',
  'lms_administrator',
  'test_visitor',
  'anonymous_visitor',
])
export type Standing = z.infer<typeof Standing>

export const CourseRole = z.enum(['instructor', 'teaching_assistant', 'learner', 'observer', 'administrator', 'guest'])

export const CohortSeen = z.object({ id: CohortId, name: z.string(), theme: z.string(), timeZone: z.string() })
export type CohortSeen = z.infer<typeof CohortSeen>

/** Everything the frame around the pages needs to draw itself. */
export const SessionSeen = z.object({
  person: z.object({
    id: PersonId,
    name: z.string().nullable(),
    pronouns: z.string().nullable(),
    /** Null: the browser's own zone is used. */
    timeZone: z.string().nullable(),
  }),
  network: z.object({ name: z.string() }),
  campus: CampusMark.nullable(),
  /** Null for a session that was not opened from an LMS course. */
  course: z.object({ id: CourseId, title: z.string().nullable(), role: CourseRole }).nullable(),
  cohort: CohortSeen.nullable(),
  standing: Standing,
  /** 1 is next. Null unless waitlisted. */
  waitlistPlace: z.int().nullable(),
  can: z.object({
    /** Sees the space's pages. */
    enter: z.boolean(),
    chooseCohort: z.boolean(),
    join: z.boolean(),
    leave: z.boolean(),
    post: z.boolean(),
    answerMeetings: z.boolean(),
    planMeetings: z.boolean(),
    writePrompt: z.boolean(),
    setUpRounds: z.boolean(),
    /** Signed in by e-mail and seated in more than one cohort. */
    switchCohort: z.boolean(),
  }),
  counts: z.object({ reviewsWaiting: z.int() }),
  /** Which page this session opens on. `roundId` is set when the course link opens a review round. */
  startAt: z.object({ page: z.enum(['home', 'round']), roundId: RoundId.nullable() }),
  expiresAt: Instant,
})
export type SessionSeen = z.infer<typeof SessionSeen>

export const getSession = route({ method: 'GET', path: '/api/session', response: SessionSeen })

/** A bearer token for the space. The page keeps it in memory; it is in no URL and no cookie. */
export const SessionToken = z.object({ token: z.string(), expiresAt: Instant })
export type SessionToken = z.infer<typeof SessionToken>

/** The old token holds for three more minutes, for requests under way and for an answer that was lost. 401 `session.ended` a day after the session began. */
export const renewSession = route({ method: 'POST', path: '/api/session/renew', response: SessionToken })

export const endSession = route({ method: 'POST', path: '/api/session/end', response: z.undefined() })

export const EditMe = z.object({
  name: z.string().trim().min(1).max(120).optional(),
  /** Null takes them away. */
  pronouns: z.string().trim().min(1).max(40).nullable().optional(),
  timeZone: TimeZone.nullable().optional(),
})
export type EditMe = z.infer<typeof EditMe>

export const editMe = route({
  method: 'PATCH',
  path: '/api/me',
  body: EditMe,
  response: SessionSeen.shape.person,
  /** `session.anonymous`: nobody knows who this is, so nothing can be kept for them. */
  refusals: ['session.anonymous'],
})

export const MyCohort = CohortSeen.extend({
  kind: z.enum(['participant', 'chair', 'facilitator']),
  /** Its space stays theirs to open, to write in or to read. */
  isClosed: z.boolean(),
})
export type MyCohort = z.infer<typeof MyCohort>

/** The cohorts the person is seated in or facilitates: the open ones by name, then those that have closed. */
export const listMyCohorts = route({
  method: 'GET',
  path: '/api/my-cohorts',
  query: PageQuery,
  response: page(MyCohort),
})

/** Opens another of the person's own cohorts in this session. A session from a course keeps to the course's cohort. */
export const chooseMyCohort = route({
  method: 'POST',
  path: '/api/session/cohort',
  body: z.object({ cohortId: CohortId }),
  response: SessionSeen,
  refusals: ['cohort.unknown', 'session.from_course'],
})

/** An address as people type it; compared in lower case. */
export const EmailAddress = z.string().trim().toLowerCase().pipe(z.email().max(254))

export const LINK_HOLDS_MINUTES = 15

/** The answer is the same whether or not the address is known. `sign_in.too_many` has facts `{ retryAt }` (ISO text). */
export const requestSignIn = route({
  method: 'POST',
  path: '/api/sign-in/request',
  body: z.object({ email: EmailAddress }),
  response: z.object({ linkHoldsMinutes: z.int() }),
  refusals: ['sign_in.too_many'],
})

/** `token` is what followed the `#` of the mailed address. It works once; it also sets the cookie that `resumeSession` reads. */
export const verifySignIn = route({
  method: 'POST',
  path: '/api/sign-in/verify',
  body: z.object({ token: z.string().min(1).max(200) }),
  response: SessionToken,
  refusals: ['sign_in.link_spent', 'sign_in.too_many'],
})

/** A fresh token for a browser that signed in by e-mail before. 401 `session.ended` when it did not, or too long ago. */
export const resumeSession = route({ method: 'POST', path: '/api/session/resume', response: SessionToken })
