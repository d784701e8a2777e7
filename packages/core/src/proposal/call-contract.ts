import * as z from 'zod'
import { CallId, RegionId } from '../kernel/ids.ts'
import { Day, Instant, PageQuery, page, route } from '../kernel/route.ts'
import { CALL_REFUSALS } from './decide-call.ts'

/** A call as its coordinator writes it. `regionId` null: the whole network, for its administrators only. */
export const CallDetails = z.strictObject({
  title: z.string().trim().min(1).max(200),
  about: z.string().trim().max(4000),
  opensAt: Instant,
  closesAt: Instant,
  /** Slug of the micro-credential that proposals lead to. */
  credential: z.string().max(120).nullable(),
  /** The submission deadline of its enrolment period: meetings end before it (schedule.before_deadline). */
  enrolmentDeadline: Day.nullable(),
  regionId: RegionId.nullable(),
})
export type CallDetails = z.infer<typeof CallDetails>

export const CallListed = z.object({
  id: CallId,
  title: z.string(),
  about: z.string(),
  opensAt: Instant,
  closesAt: Instant,
  credential: z.object({ slug: z.string(), name: z.string() }).nullable(),
  enrolmentDeadline: z.iso.date().nullable(),
  region: z.object({ id: RegionId, name: z.string() }).nullable(),
  state: z.enum(['draft', 'to_open', 'open', 'over', 'closed']),
  counts: z.object({ drafts: z.int(), submitted: z.int(), approved: z.int() }),
  mayKeep: z.boolean(),
})
export type CallListed = z.infer<typeof CallListed>

const One = z.object({ callId: CallId })

/** The calls of the reader's regions and of the whole network, the one that closes last first. */
export const listCalls = route({ method: 'GET', path: '/api/calls', query: PageQuery, response: page(CallListed) })

export const createCall = route({
  method: 'POST',
  path: '/api/calls',
  body: CallDetails,
  response: z.object({ id: CallId }),
  refusals: ['directory.not_found', 'call.credential_unknown', ...CALL_REFUSALS],
})
export const editCall = route({
  method: 'PUT',
  path: '/api/calls/:callId',
  params: One,
  body: CallDetails,
  response: z.undefined(),
  refusals: ['directory.not_found', 'call.credential_unknown', ...CALL_REFUSALS],
})
/** Opened, a call shows on the public start page within its dates. */
export const setCallStatus = route({
  method: 'PUT',
  path: '/api/calls/:callId/status',
  params: One,
  body: z.strictObject({ status: z.enum(['open', 'closed']) }),
  response: z.undefined(),
  refusals: ['directory.not_found', 'call.over'],
})
