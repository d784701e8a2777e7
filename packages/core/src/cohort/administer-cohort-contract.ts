import * as z from 'zod'
import { CampusMark } from '../directory/person-seen.ts'
import { LmsProfile } from '../directory/institution-contract.ts'
import {
  CohortId,
  ConveningId,
  CourseLinkId,
  InstitutionId,
  MeetingId,
  PersonId,
  RegionId,
  SeatId,
} from '../kernel/ids.ts'
import { Instant, PageQuery, page, route } from '../kernel/route.ts'
import { SEAT_KINDS } from './create-cohort-contract.ts'

const Seats = z.object({
  capacity: z.int(),
  /** Participants and chairs; facilitators take no seat. */
  taken: z.int(),
  waitlisted: z.int(),
  chairs: z.int(),
})

export const CohortListed = z.object({
  id: CohortId,
  name: z.string(),
  theme: z.string(),
  timeZone: z.string(),
  status: z.enum(['open', 'closed']),
  region: z.object({ id: RegionId, name: z.string() }),
  submissionDeadline: Instant.nullable(),
  deadlineBufferDays: z.int(),
  seats: Seats,
  /** Campuses and partners of those seated, by name, with how many come from each. */
  institutions: z.array(CampusMark.extend({ people: z.int() })),
  /** By start; those held and those to come. */
  meetings: z.array(z.object({ startsAt: Instant, endsAt: Instant })),
  /** Courses whose link opens this cohort. */
  courses: z.int(),
})
export type CohortListed = z.infer<typeof CohortListed>

export const listCohorts = route({
  method: 'GET',
  path: '/api/cohorts',
  query: PageQuery.extend({ search: z.string().trim().max(100).optional() }),
  response: page(CohortListed),
})

export const SeatListed = z.object({
  id: SeatId,
  person: z.object({ id: PersonId, name: z.string().nullable(), email: z.string().nullable() }),
  institution: CampusMark,
  kind: z.enum(SEAT_KINDS),
  status: z.enum(['seated', 'waitlisted', 'left']),
  /** Reaches the space by an e-mailed link. */
  signsInByMail: z.boolean(),
})
export type SeatListed = z.infer<typeof SeatListed>

/** One course link that opens the cohort: where an instructor placed it. */
export const CohortLive = z.object({
  id: CourseLinkId,
  institution: CampusMark,
  profile: LmsProfile,
  courseTitle: z.string().nullable(),
  linkTitle: z.string().nullable(),
  opens: z.enum(['cohort', 'review_round']),
  lastLaunchAt: Instant.nullable(),
})
export type CohortLive = z.infer<typeof CohortLive>

const One = z.object({ cohortId: CohortId })
const OneSeat = One.extend({ seatId: SeatId })

export const showCohort = route({
  method: 'GET',
  path: '/api/cohorts/:cohortId',
  params: One,
  response: CohortListed.extend({
    convening: z.object({ id: ConveningId, name: z.string() }).nullable(),
    seatList: z.array(SeatListed),
    meetingList: z.array(
      z.object({
        id: MeetingId,
        title: z.string(),
        startsAt: Instant,
        endsAt: Instant,
        timeZone: z.string(),
        place: z.string().nullable(),
        joinUrl: z.string().nullable(),
      }),
    ),
    live: z.array(CohortLive),
    /** Campuses of the cohort and the LMS each has connected, for "how to open it"; null where none is. */
    campuses: z.array(CampusMark.extend({ profile: LmsProfile.nullable() })),
  }),
  refusals: ['directory.not_found'],
})

/** Seats someone: a participant joins the waitlist when the cohort has its participants. */
export const addSeat = route({
  method: 'POST',
  path: '/api/cohorts/:cohortId/seats',
  params: One,
  body: z.strictObject({ personId: PersonId, institutionId: InstitutionId, kind: z.enum(SEAT_KINDS) }),
  response: z.object({ id: SeatId, status: z.enum(['seated', 'waitlisted']) }),
  refusals: [
    'directory.not_found',
    'cohort.person_unknown',
    'cohort.already_in',
    'cohort.test_person',
    'eligibility.affiliation',
    'cohort.closed',
  ],
})
export const removeSeat = route({
  method: 'POST',
  path: '/api/cohorts/:cohortId/seats/:seatId/remove',
  params: OneSeat,
  response: z.undefined(),
  refusals: ['directory.not_found'],
})
/** Undo of a removal: the seat if it is still free after those who wait, otherwise the waitlist. */
export const restoreSeat = route({
  method: 'POST',
  path: '/api/cohorts/:cohortId/seats/:seatId/restore',
  params: OneSeat,
  response: z.object({ status: z.enum(['seated', 'waitlisted']) }),
  refusals: ['directory.not_found'],
})
/** Gives the free seats to those who wait, in order, and writes to them. */
export const fillSeats = route({
  method: 'POST',
  path: '/api/cohorts/:cohortId/fill',
  params: One,
  response: z.object({ given: z.int() }),
  refusals: ['directory.not_found'],
})
/** Writes once more how to reach the space; with a sign-in link for someone without an LMS. */
export const inviteAgain = route({
  method: 'POST',
  path: '/api/cohorts/:cohortId/seats/:seatId/invite',
  params: OneSeat,
  response: z.undefined(),
  refusals: ['directory.not_found', 'cohort.no_address'],
})
