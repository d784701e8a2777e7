import * as z from 'zod'
import { ConveningId, ConveningSessionId, InstitutionId, PersonId } from '../kernel/ids.ts'
import { Instant, route } from '../kernel/route.ts'
import { FUNCTIONS } from '../programme/blueprint.ts'
import { SESSION_REFUSALS } from './decide-session.ts'

export const SessionId = ConveningSessionId
export const SESSION_KINDS = ['session', 'side_event'] as const
export const SESSIONS_AT_MOST = 200

/** A session or side event as a coordinator writes it. `track` and `speakers` are empty rather than absent. */
export const SessionPlan = z.strictObject({
  title: z.string().trim().min(1).max(200),
  track: z.string().trim().max(100),
  kind: z.enum(SESSION_KINDS),
  startsAt: Instant,
  endsAt: Instant,
  place: z.string().trim().max(300).nullable(),
  joinUrl: z
    .url({ protocol: /^https?$/ })
    .max(500)
    .nullable(),
  capacity: z.int().min(1).max(100_000).nullable(),
  /** One a line. */
  speakers: z.string().trim().max(2000),
  description: z.string().trim().max(5000),
  functions: z.array(z.enum(FUNCTIONS)).max(FUNCTIONS.length),
})
export type SessionPlan = z.infer<typeof SessionPlan>

/** A session as anybody may read it: that it is online, and not where. */
export const PublicSession = z.object({
  ...SessionPlan.omit({ joinUrl: true, functions: true }).shape,
  id: SessionId,
  isOnline: z.boolean(),
  offered: z.enum(['open', 'waitlist']),
})
export type PublicSession = z.infer<typeof PublicSession>

export const SessionListed = z.object({ ...SessionPlan.shape, id: SessionId, chosen: z.int(), waitlisted: z.int() })
export type SessionListed = z.infer<typeof SessionListed>

const One = z.object({ conveningId: ConveningId })
const OneSession = One.extend({ sessionId: SessionId })
const at = '/api/convenings/:conveningId'

/** All of them, at most `SESSIONS_AT_MOST`, by time and track. */
export const listSessions = route({
  method: 'GET',
  path: `${at}/sessions`,
  params: One,
  response: z.object({ items: z.array(SessionListed) }),
  refusals: ['directory.not_found'],
})
export const addSession = route({
  method: 'POST',
  path: `${at}/sessions`,
  params: One,
  body: SessionPlan,
  response: z.object({ id: SessionId }),
  refusals: ['directory.not_found', 'session.too_many', ...SESSION_REFUSALS],
})
/** Fewer places than people chose it takes nobody's place away. */
export const changeSession = route({
  method: 'PUT',
  path: `${at}/sessions/:sessionId`,
  params: OneSession,
  body: SessionPlan,
  response: z.undefined(),
  refusals: ['directory.not_found', ...SESSION_REFUSALS],
})
/** `session.attended`: people were checked in, whose minutes it holds. */
export const removeSession = route({
  method: 'DELETE',
  path: `${at}/sessions/:sessionId`,
  params: OneSession,
  response: z.undefined(),
  refusals: ['directory.not_found', 'session.attended'],
})
/** Gives the free places of a session to those who wait for it, in order, and writes to them. */
export const fillSession = route({
  method: 'POST',
  path: `${at}/sessions/:sessionId/fill`,
  params: OneSession,
  response: z.object({ given: z.int() }),
  refusals: ['directory.not_found'],
})

/** Who hosts, how many places a campus has at most, and whom people may ask. */
export const Hosting = z.strictObject({
  hosts: z.array(InstitutionId).max(100),
  places: z.array(z.strictObject({ institutionId: InstitutionId, places: z.int().min(0).max(100_000) })).max(500),
  leadFacilitatorId: PersonId.nullable(),
  /** Stands on the public page and the flyer; null: nowhere. */
  contactEmail: z.email().max(254).nullable(),
})
export type Hosting = z.infer<typeof Hosting>

export const showHosting = route({
  method: 'GET',
  path: `${at}/hosting`,
  params: One,
  response: z.object({
    hosts: z.array(z.object({ id: InstitutionId, name: z.string() })),
    places: z.array(
      z.object({
        institutionId: InstitutionId,
        name: z.string(),
        places: z.int(),
        registered: z.int(),
        waitlisted: z.int(),
      }),
    ),
    lead: z.object({ id: PersonId, name: z.string().nullable() }).nullable(),
    contactEmail: z.string().nullable(),
    /** Every campus and organisation of the network, by name. */
    institutions: z.array(z.object({ id: InstitutionId, name: z.string() })),
  }),
  refusals: ['directory.not_found'],
})
export const setHosting = route({
  method: 'PUT',
  path: `${at}/hosting`,
  params: One,
  body: Hosting,
  response: z.undefined(),
  refusals: ['directory.not_found', 'convening.institution_unknown', 'convening.lead_unknown'],
})
