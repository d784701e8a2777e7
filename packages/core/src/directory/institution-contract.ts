import * as z from 'zod'
import { InstitutionId, NetworkId, PlatformId, RegionId } from '../kernel/ids.ts'
import { Day, Instant, PageQuery, page, route } from '../kernel/route.ts'
import { CONNECTION_STATES } from './connection-state.ts'
import { InstitutionKind } from './institution-kind.ts'
import { CampusMark } from './person-seen.ts'
import { TimeZone } from './time-zone.ts'

export const LmsProfile = z.enum(['canvas', 'moodle', 'other'])

export const InstitutionListed = CampusMark.extend({
  kind: InstitutionKind,
  region: z.object({ id: RegionId, name: z.string() }).nullable(),
  isMember: z.boolean(),
  /** People affiliated with it. */
  people: z.int(),
  connection: z.object({
    state: z.enum(CONNECTION_STATES),
    profiles: z.array(LmsProfile),
    lastLaunchAt: Instant.nullable(),
    /** Of the latest refused launch that no later launch has answered. */
    lastErrorCode: z.string().nullable(),
    invitedAt: Instant.nullable(),
  }),
})
export type InstitutionListed = z.infer<typeof InstitutionListed>

/** One LMS as it is registered, without its keys. */
export const ConnectionShown = z.object({
  id: PlatformId,
  issuer: z.string(),
  clientId: z.string(),
  profile: LmsProfile,
  deploymentIds: z.array(z.string()),
  status: z.enum(['parked', 'active', 'disabled']),
  lastLaunchAt: Instant.nullable(),
  lastErrorCode: z.string().nullable(),
  lastErrorAt: Instant.nullable(),
  refusalsThisWeek: z.int(),
})
export type ConnectionShown = z.infer<typeof ConnectionShown>

/** An invite that still holds, without its address: that was told once. */
export const OpenInvite = z.object({
  id: z.string(),
  madeAt: Instant,
  expiresAt: Instant,
  /** The last registration that was refused with it; `code` is one of `registration.`. */
  lastRefusal: z.object({ at: Instant, code: z.string(), reference: z.string() }).nullable(),
})
export type OpenInvite = z.infer<typeof OpenInvite>

export const InstitutionDetails = z
  .strictObject({
    name: z.string().trim().min(1).max(200),
    kind: InstitutionKind,
    regionId: RegionId.nullable(),
    timeZone: TimeZone,
    /** A campus belongs to the network since this day; null when it is not a member. Partners need none. */
    memberSince: Day.nullable(),
    /** Its last day as a member. A later `memberSince` begins another membership, and this one goes into the history. */
    memberUntil: Day.nullable().optional(),
    /** Offices that sponsor what it hosts, all of them; left out: as they are. */
    units: z.array(z.string().trim().min(1).max(200)).max(100).optional(),
  })
  .refine(({ memberSince, memberUntil }) => !memberUntil || (memberSince !== null && memberSince <= memberUntil), {
    path: ['memberUntil'],
    message: 'It ends after it began',
  })
export type InstitutionDetails = z.infer<typeof InstitutionDetails>

const One = z.object({ institutionId: InstitutionId })
const Https = z.url({ protocol: /^https?$/ }).max(500)

export const listInstitutions = route({
  method: 'GET',
  path: '/api/institutions',
  query: PageQuery.extend({ search: z.string().trim().max(100).optional() }),
  response: page(InstitutionListed),
})

export const addInstitution = route({
  method: 'POST',
  path: '/api/institutions',
  body: InstitutionDetails,
  response: z.object({ id: InstitutionId }),
  refusals: ['directory.not_found', 'directory.institution_name_taken'],
})

export const showInstitution = route({
  method: 'GET',
  path: '/api/institutions/:institutionId',
  params: One,
  response: InstitutionListed.extend({
    timeZone: z.string(),
    memberSince: z.string().nullable(),
    memberUntil: z.string().nullable(),
    /** Those before, newest first. */
    memberships: z.array(z.object({ since: z.string(), until: z.string() })),
    units: z.array(z.string()),
    /** False for someone who may only see to its LMS connections. */
    canEdit: z.boolean(),
    connections: z.array(ConnectionShown),
    /** Ten at most. */
    invites: z.array(OpenInvite),
  }),
  refusals: ['directory.not_found'],
})

export const editInstitution = route({
  method: 'PUT',
  path: '/api/institutions/:institutionId',
  params: One,
  body: InstitutionDetails,
  response: z.undefined(),
  refusals: ['directory.not_found', 'directory.institution_name_taken'],
})

/** The address is told once: only its hash is kept. */
export const inviteLmsAdministrator = route({
  method: 'POST',
  path: '/api/institutions/:institutionId/invites',
  params: One,
  response: z.object({ url: z.string(), expiresAt: Instant }),
  refusals: ['directory.not_found'],
})

export const addConnection = route({
  method: 'POST',
  path: '/api/institutions/:institutionId/connections',
  params: One,
  body: z.strictObject({
    profile: LmsProfile,
    issuer: Https,
    clientId: z.string().trim().min(1).max(255),
    deploymentId: z.string().trim().min(1).max(255),
    authorizationEndpoint: Https,
    tokenEndpoint: Https,
    jwksUri: Https,
  }),
  response: z.object({ id: PlatformId }),
  refusals: ['directory.not_found', 'connection.already_registered', 'connection.addresses_elsewhere'],
})

/** `active` confirms a parked connection or switches a disabled one on again. */
export const setConnectionStatus = route({
  method: 'PUT',
  path: '/api/institutions/:institutionId/connections/:platformId/status',
  params: One.extend({ platformId: PlatformId }),
  body: z.strictObject({ status: z.enum(['active', 'disabled']) }),
  response: z.undefined(),
  refusals: ['directory.not_found'],
})

/** Networks someone may administer; shown when they are several. */
export const NetworkChoice = z.object({ id: NetworkId, name: z.string() })
