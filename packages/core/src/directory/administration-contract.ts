import * as z from 'zod'
import { AFFILIATIONS } from './affiliation.ts'
import { CohortId, ConveningId, InstitutionId, NetworkId, PersonId, ProposalId, RegionId } from '../kernel/ids.ts'
import { Instant, PageQuery, page, route } from '../kernel/route.ts'
import { NetworkChoice } from './institution-contract.ts'
import { CampusMark } from './person-seen.ts'

/** Who is signed in to the admin app, and how far they reach. `network` is null until one of several is chosen. */
export const whoAdministers = route({
  method: 'GET',
  path: '/api/me',
  response: z.object({
    name: z.string().nullable(),
    email: z.string(),
    network: NetworkChoice.extend({ timeZone: z.string() }).nullable(),
    networks: z.array(NetworkChoice),
    /** `institution`: only the LMS connections of `institutions`; `proposals`: only what they write themselves. */
    reach: z.enum(['network', 'regions', 'institution', 'proposals']).nullable(),
    regions: z.array(z.object({ id: RegionId, name: z.string() })),
    institutions: z.array(InstitutionId),
    /** Support alone: everything is shown, nothing can be changed. */
    isReadOnly: z.boolean(),
  }),
})
export const chooseNetwork = route({
  method: 'POST',
  path: '/api/session/network',
  body: z.strictObject({ networkId: NetworkId }),
  response: z.undefined(),
  refusals: ['directory.not_found'],
})

/** The token of a mailed link becomes a cookie session. `directory.no_grant`: the person administers nothing. */
export const signInToAdmin = route({
  method: 'POST',
  path: '/api/sign-in/verify',
  body: z.strictObject({ token: z.string().min(1).max(300) }),
  response: z.undefined(),
  refusals: ['sign_in.link_spent', 'sign_in.too_many', 'directory.no_grant'],
})

export const PersonListed = z.object({
  id: PersonId,
  name: z.string().nullable(),
  email: z.string().nullable(),
  affiliations: z.array(z.object({ institution: CampusMark, kind: z.enum(AFFILIATIONS) })),
  cohorts: z.array(z.object({ id: CohortId, name: z.string() })),
})
export type PersonListed = z.infer<typeof PersonListed>

/** People affiliated with what the reader administers, by name. Never grades. */
export const searchPeople = route({
  method: 'GET',
  path: '/api/people',
  query: PageQuery.extend({
    search: z.string().trim().max(100).optional(),
    institutionId: InstitutionId.optional(),
  }),
  response: page(PersonListed),
})

export const listAuditEntries = route({
  method: 'GET',
  path: '/api/audit',
  query: PageQuery,
  response: page(
    z.object({
      id: z.uuid(),
      at: Instant,
      actorName: z.string().nullable(),
      action: z.string(),
      subject: z.string(),
      facts: z.record(z.string(), z.unknown()),
    }),
  ),
})

/** One thing that waits for the reader, with what is needed to say it in a sentence. */
export const Waiting = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('launches_refused'),
    institution: CampusMark,
    code: z.string(),
    count: z.int(),
    since: Instant,
  }),
  z.object({ kind: z.literal('connection_parked'), institution: CampusMark, issuer: z.string(), since: Instant }),
  z.object({
    kind: z.literal('convening_waitlist'),
    id: ConveningId,
    name: z.string(),
    waiting: z.int(),
    freePlaces: z.int(),
  }),
  /** convening.each_term: nobody has planned one for this term, which has begun or soon will. `from` as `YYYY-MM-DD`. */
  z.object({
    kind: z.literal('term_without_convening'),
    key: z.string(),
    term: z.enum(['spring', 'summer', 'fall']),
    year: z.int(),
    from: z.string(),
  }),
  z.object({ kind: z.literal('cohort_without_chair'), id: CohortId, name: z.string() }),
  z.object({
    kind: z.literal('cohort_below_minimum'),
    id: CohortId,
    name: z.string(),
    seated: z.int(),
    minimum: z.int(),
  }),
  /** Nobody met or wrote since, for longer than the cohort's policy lets pass (silence). */
  z.object({ kind: z.literal('cohort_silent'), id: CohortId, name: z.string(), since: Instant }),
  /** Sent to the reader's regions and not decided on. */
  z.object({ kind: z.literal('proposal_sent'), id: ProposalId, title: z.string(), since: Instant }),
  /** The reader's own, which came back with changes asked. */
  z.object({ kind: z.literal('proposal_back'), id: ProposalId, title: z.string(), since: Instant }),
  z.object({
    kind: z.literal('help_asked'),
    proposalId: ProposalId,
    title: z.string(),
    byName: z.string().nullable(),
    since: Instant,
  }),
  /** People who offer to facilitate and wait for an answer. */
  z.object({ kind: z.literal('facilitators_applied'), count: z.int(), since: Instant }),
  /** Proposals that look for a facilitator, nobody asked yet; `first` by title. */
  z.object({ kind: z.literal('proposals_to_pair'), count: z.int(), first: z.string() }),
  /** Cohorts that will not be done before their deadline as planned; `first` falls due first. */
  z.object({ kind: z.literal('cohorts_behind'), count: z.int(), first: z.string(), deadline: Instant }),
  z.object({
    kind: z.literal('campuses_without_connection'),
    count: z.int(),
    first: z.array(CampusMark),
  }),
])
export type Waiting = z.infer<typeof Waiting>

export const showAdminHome = route({
  method: 'GET',
  path: '/api/home',
  response: z.object({
    waiting: z.array(Waiting),
    glance: z.object({
      participants: z.int(),
      partnerParticipants: z.int(),
      campuses: z.int(),
      partners: z.int(),
      cohorts: z.int(),
    }),
    convenings: z.array(
      z.object({
        id: ConveningId,
        name: z.string(),
        startsAt: Instant,
        timeZone: z.string(),
        state: z.enum(['draft', 'announced', 'open', 'closed', 'held']),
        registered: z.int(),
      }),
    ),
  }),
})
