import * as z from 'zod'
import { AFFILIATIONS } from '../directory/affiliation.ts'
import { EmailAddress } from '../directory/contract.ts'
import { InstitutionKind } from '../directory/institution-kind.ts'
import { CampusMark } from '../directory/person-seen.ts'
import { TimeZone } from '../directory/time-zone.ts'
import { ConveningId, InstitutionId, PersonId, RegionId, RegistrationId } from '../kernel/ids.ts'
import { Instant, PageQuery, page, route } from '../kernel/route.ts'
import { CONVENING_REFUSALS } from './decide-convening.ts'
import { AskedWishes } from './wishes.ts'
import { PublicSession, SessionId } from './session-contract.ts'

/** A term gathering, a summer programme's convening, or a big event with side events. */
export const CONVENING_KINDS = ['gathering', 'summer_convening', 'arena'] as const
export const CONVENING_STATUSES = ['draft', 'announced', 'open', 'closed'] as const
/** A term of one year, such as `spring-2027`. */
const TermKey = z.string().regex(/^(spring|summer|fall)-\d{4}$/)

/**
 * A convening as its coordinator writes it. Text is empty rather than absent; capacity null is unlimited. The three dates
 * are null together while they are not set: it can be announced, and cannot be opened.
 */
export const ConveningDetails = z.strictObject({
  regionId: RegionId,
  name: z.string().trim().min(1).max(200),
  description: z.string().trim().max(5000),
  startsAt: Instant.nullable(),
  endsAt: Instant.nullable(),
  timeZone: TimeZone,
  place: z.string().trim().max(300).nullable(),
  joinUrl: z
    .url({ protocol: /^https?$/ })
    .max(500)
    .nullable(),
  capacity: z.int().min(1).max(100_000).nullable(),
  registrationClosesAt: Instant.nullable(),
  /** Left out: a gathering. */
  kind: z.enum(CONVENING_KINDS).optional(),
  /** Null: the term its dates lie in. */
  term: TermKey.nullable().optional(),
  /** The series it belongs to, by its slug, whose days of the year bind it. */
  series: z.string().max(100).nullable().optional(),
})
export type ConveningDetails = z.infer<typeof ConveningDetails>

const Counts = z.object({ registered: z.int(), waitlisted: z.int() })
const ConveningListed = z.object({
  id: ConveningId,
  name: z.string(),
  slug: z.string(),
  region: z.object({ id: RegionId, name: z.string() }),
  startsAt: Instant.nullable(),
  endsAt: Instant.nullable(),
  timeZone: z.string(),
  place: z.string().nullable(),
  joinUrl: z.string().nullable(),
  capacity: z.int().nullable(),
  status: z.enum(CONVENING_STATUSES),
  registrationClosesAt: Instant.nullable(),
  kind: z.enum(CONVENING_KINDS),
  term: z.string().nullable(),
  counts: Counts,
})
export type ConveningListed = z.infer<typeof ConveningListed>

/** A term without a convening, from its first day until its last. */
export const MissingTerm = z.object({
  key: z.string(),
  term: z.enum(['spring', 'summer', 'fall']),
  year: z.int(),
  from: z.string(),
  until: z.string(),
})
export type MissingTerm = z.infer<typeof MissingTerm>

const One = z.object({ conveningId: ConveningId })

export const listConvenings = route({
  method: 'GET',
  path: '/api/convenings',
  query: PageQuery.extend({ search: z.string().trim().max(100).optional() }),
  response: page(ConveningListed).extend({
    /** Terms of the year ahead without a convening in the reader's reach (convening.each_term); days as `YYYY-MM-DD`. */
    missing: z.array(MissingTerm),
  }),
})
export const createConvening = route({
  method: 'POST',
  path: '/api/convenings',
  body: ConveningDetails,
  response: z.object({ id: ConveningId }),
  refusals: ['directory.not_found', ...CONVENING_REFUSALS],
})
export const showConvening = route({
  method: 'GET',
  path: '/api/convenings/:conveningId',
  params: One,
  response: ConveningListed.extend({
    description: z.string(),
    series: z.string().nullable(),
    /** Its facts are its region's to change; host institutions see to everything else. */
    mayEdit: z.boolean(),
    mayReadNeeds: z.boolean(),
  }),
  refusals: ['directory.not_found'],
})
export const editConvening = route({
  method: 'PUT',
  path: '/api/convenings/:conveningId',
  params: One,
  body: ConveningDetails,
  response: z.undefined(),
  refusals: ['directory.not_found', ...CONVENING_REFUSALS],
})
export const setRegistration = route({
  method: 'PUT',
  path: '/api/convenings/:conveningId/registration',
  params: One,
  body: z.strictObject({ status: z.enum(['announced', 'open', 'closed']) }),
  response: z.undefined(),
  refusals: ['directory.not_found', 'convening.over', 'convening.no_dates'],
})

export const RegistrationListed = z.object({
  id: RegistrationId,
  person: z.object({ id: PersonId, name: z.string().nullable(), email: z.string().nullable() }),
  institution: CampusMark,
  affiliation: z.enum(AFFILIATIONS),
  interests: z.string(),
  status: z.enum(['registered', 'waitlisted', 'cancelled']),
  /** 1 is next; null when not on the waitlist. */
  waitlistPlace: z.int().nullable(),
  registeredAt: Instant,
})
export type RegistrationListed = z.infer<typeof RegistrationListed>

export const listRegistrations = route({
  method: 'GET',
  path: '/api/convenings/:conveningId/registrations',
  params: One,
  query: PageQuery.extend({
    search: z.string().trim().max(100).optional(),
    status: z.enum(['registered', 'waitlisted', 'cancelled']).optional(),
  }),
  response: page(RegistrationListed),
  refusals: ['directory.not_found'],
})
/** Answers `text/csv`, not JSON: the whole list, in the order people signed up. */
export const exportRegistrations = route({
  method: 'GET',
  path: '/api/convenings/:conveningId/registrations.csv',
  params: One,
  response: z.string(),
  refusals: ['directory.not_found'],
})
const OneRegistration = One.extend({ registrationId: RegistrationId })
export const cancelRegistration = route({
  method: 'POST',
  path: '/api/convenings/:conveningId/registrations/:registrationId/cancel',
  params: OneRegistration,
  response: z.undefined(),
  refusals: ['directory.not_found'],
})
/** Undo of a cancellation: back where the person was, or on the waitlist in their old order if the place is gone. */
export const restoreRegistration = route({
  method: 'POST',
  path: '/api/convenings/:conveningId/registrations/:registrationId/restore',
  params: OneRegistration,
  response: z.object({ status: z.enum(['registered', 'waitlisted']) }),
  refusals: ['directory.not_found'],
})
/** Gives the free places to those who wait, in order, and writes to them. */
export const fillFromWaitlist = route({
  method: 'POST',
  path: '/api/convenings/:conveningId/fill',
  params: One,
  response: z.object({ given: z.int() }),
  refusals: ['directory.not_found'],
})

// ---- the public page, without sign-in
export const PUBLIC_CONVENINGS = '/api/public/convenings'
export const Slug = z.object({ slug: z.string().min(1).max(80) })
export const showPublicConvening = route({
  method: 'GET',
  path: `${PUBLIC_CONVENINGS}/:slug`,
  params: Slug,
  response: z.object({
    name: z.string(),
    description: z.string(),
    network: z.string(),
    region: z.string(),
    kind: z.enum(CONVENING_KINDS),
    /** Null while it is announced without dates. */
    startsAt: Instant.nullable(),
    endsAt: Instant.nullable(),
    timeZone: z.string(),
    place: z.string().nullable(),
    isOnline: z.boolean(),
    /** announced: nobody registers yet, and whoever asks hears of the dates. */
    registration: z.enum(['announced', 'open', 'waitlist', 'closed']),
    closesAt: Instant.nullable(),
    capacity: z.int().nullable(),
    sessions: z.array(PublicSession),
    hosts: z.array(z.string()),
    /** Whom to ask. */
    lead: z.string().nullable(),
    contactEmail: z.string().nullable(),
    institutions: z.array(CampusMark.extend({ kind: InstitutionKind })),
  }),
  refusals: ['convening.not_found'],
})
/** Answers alike whether the address is known, registered already or new: the mail tells the person, and only them. */
export const register = route({
  method: 'POST',
  path: `${PUBLIC_CONVENINGS}/:slug/registrations`,
  params: Slug,
  body: z.strictObject({
    name: z.string().trim().min(1).max(200),
    email: EmailAddress,
    institutionId: InstitutionId,
    affiliation: z.enum(AFFILIATIONS),
    interests: z.string().trim().max(2000),
    sessions: z.array(SessionId).max(200).optional(),
    wishes: AskedWishes.optional(),
    /** For those who host, deleted after the convening. */
    accessibility: z.string().trim().max(1000).optional(),
    dietary: z.string().trim().max(1000).optional(),
  }),
  response: z.undefined(),
  refusals: [
    'convening.not_found',
    'convening.closed',
    'convening.institution_unknown',
    'convening.too_many',
    'notice.too_many_mails',
    'session.unknown',
    'session.overlap',
  ],
})
