import * as z from 'zod'
import { InstitutionId, PlatformId } from '../kernel/ids.ts'
import { Instant, route } from '../kernel/route.ts'
import { LmsProfile } from '../directory/institution-contract.ts'
import { ConnectionCheck } from './check-contract.ts'
import { LAUNCH_REFUSALS, REGISTRATION_REFUSALS } from './launch-refusal.ts'
import { NEXT_STEPS } from './next-step.ts'
import { LaunchPolicy } from './policy-contract.ts'

const Status = z.enum(['parked', 'active', 'disabled'])
const One = z.object({ institutionId: InstitutionId, platformId: PlatformId })

/** What the admin app shows of one LMS connection: figures of courses and scores, and no person's. */
export const showConnection = route({
  method: 'GET',
  path: '/api/institutions/:institutionId/connections/:platformId',
  params: One,
  response: z.object({
    institution: z.string(),
    profile: LmsProfile,
    issuer: z.string(),
    clientId: z.string(),
    authorizationEndpoint: z.string(),
    tokenEndpoint: z.string(),
    jwksUri: z.string(),
    status: Status,
    registeredAt: Instant,
    next: z.enum(NEXT_STEPS),
    lastLaunchAt: Instant.nullable(),
    lastErrorAt: Instant.nullable(),
    lastErrorCode: z.string().nullable(),
    deployments: z.array(z.object({ id: z.string(), status: Status, since: Instant })),
    /** Not known, though signed launches of the last 7 days named them. */
    strangeDeployments: z.array(z.object({ id: z.string(), lastSeenAt: Instant })),
    /** Sites of this LMS beside its issuer, as launches named them. */
    origins: z.array(z.string()),
    policy: LaunchPolicy,
    /** Registered addresses outside the issuer's host that nobody stands for: keys and tokens are not fetched from there. */
    unconfirmedAddresses: z.array(z.string()),
    /** Those outside it that somebody stands for. */
    confirmedAddresses: z.array(z.string()),
    courses: z.int(),
    courseLinks: z.int(),
    /** Those that open no cohort yet. */
    unboundLinks: z.int(),
    /** Newest first, ten at most. `opens`: the cohort; null while it opens none. */
    latestLinks: z.array(
      z.object({
        course: z.string().nullable(),
        title: z.string().nullable(),
        opens: z.string().nullable(),
        at: Instant,
      }),
    ),
    /** Scores on their way to this LMS's gradebooks, counted. */
    deliveries: z.object({ waiting: z.int(), arrived: z.int(), refused: z.int(), givenUp: z.int() }),
    /** Of the last 7 days. `people` came in; `refused` were the visits that did not. */
    week: z.object({
      people: z.int(),
      refused: z.int(),
      byCode: z.array(z.object({ code: z.string(), count: z.int() })),
    }),
    check: ConnectionCheck.nullable(),
  }),
  refusals: ['directory.not_found'],
})

/** Lets a further deployment of the tool in that LMS launch: added by hand, or found waiting. */
export const saveDeployment = route({
  method: 'PUT',
  path: '/api/institutions/:institutionId/connections/:platformId/deployments',
  params: One,
  body: z.strictObject({ deploymentId: z.string().trim().min(1).max(255), status: z.enum(['active', 'disabled']) }),
  response: z.undefined(),
  refusals: ['directory.not_found'],
})

/** As a page shows it: four letters or digits, a dash, four more; people type it in other ways. */
export const Reference = z
  .string()
  .trim()
  .max(40)
  .transform((text) => text.toUpperCase().replaceAll(/[^A-Z0-9]/g, ''))
  .pipe(z.string().length(8))
  .transform((text) => `${text.slice(0, 4)}-${text.slice(4)}`)

export const RefusalCode = z.enum([...LAUNCH_REFUSALS, ...REGISTRATION_REFUSALS])

/** Of what a refusal noted, words and numbers: an object or a list is for an operator's eyes. */
export function readRefusalFacts(kept: unknown): Record<string, string | number> {
  const entries = typeof kept === 'object' && kept !== null ? Object.entries(kept) : []
  return Object.fromEntries(
    entries.flatMap(([name, value]: [string, unknown]) =>
      typeof value === 'string' || typeof value === 'number' ? [[name, value] as const] : [],
    ),
  )
}

/**
 * A refused visit by the reference on its page, or a refused registration. One that is not kept, is of another
 * institution, or came with no connection and no invite of ours answers the same.
 */
export const findRefusal = route({
  method: 'GET',
  path: '/api/refusals/:reference',
  params: z.object({ reference: z.string().max(40) }),
  response: z.object({
    reference: z.string(),
    code: RefusalCode,
    at: Instant,
    facts: z.record(z.string(), z.union([z.string(), z.number()])),
    institution: z.object({ id: InstitutionId, name: z.string() }),
    /** Null for a registration: there was none yet. */
    connection: z.object({ id: PlatformId, profile: LmsProfile, issuer: z.string() }).nullable(),
    /** When the invite was made that an LMS tried to register itself with; null for a visit. */
    invitedAt: Instant.nullable(),
  }),
  refusals: ['refusal.unknown'],
})

/** What an LMS administrator enters in their LMS. The same for everybody: it tells of no network. */
export const showToolDetails = route({
  method: 'GET',
  path: '/api/tool-details',
  response: z.object({
    loginUrl: z.string(),
    launchUrl: z.string(),
    jwksUrl: z.string(),
    canvasConfigUrl: z.string(),
    iconUrl: z.string(),
    domain: z.string(),
    scopes: z.array(z.string()),
    custom: z.object({ canvas: z.string(), moodle: z.string() }),
  }),
})

/** The tool's signing keys, in the order in which they sign. For network admins: one set serves every network. */
export const listSigningKeys = route({
  method: 'GET',
  path: '/api/signing-keys',
  response: z.object({
    keys: z.array(
      z.object({
        kid: z.string(),
        /** next: listed already, signs when the current one stops. retired: signs no more, listed until `listedUntil`. */
        state: z.enum(['current', 'next', 'retired']),
        createdAt: Instant,
        signsFrom: Instant.nullable(),
        signsUntil: Instant.nullable(),
        listedUntil: Instant.nullable(),
      }),
    ),
    jwksUrl: z.string(),
    /** A key is changed by itself after so many days; null: only by hand. */
    rotatesEveryDays: z.int().nullable(),
  }),
  refusals: ['directory.not_found'],
})

/** Adds a key; `keys.rotated_recently` has facts `{ from }`. */
export const rotateSigningKeys = route({
  method: 'POST',
  path: '/api/signing-keys',
  response: z.object({ kid: z.string() }),
  refusals: ['directory.not_found', 'keys.rotated_recently'],
})
