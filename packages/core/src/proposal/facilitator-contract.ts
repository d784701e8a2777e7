import * as z from 'zod'
import { AFFILIATIONS } from '../directory/affiliation.ts'
import { EmailAddress } from '../directory/contract.ts'
import { CampusMark } from '../directory/person-seen.ts'
import { TimeZone } from '../directory/time-zone.ts'
import { InstitutionId, PersonId, ProposalId } from '../kernel/ids.ts'
import { Instant, PageQuery, page, route } from '../kernel/route.ts'
import { FACILITATOR_STATUSES } from './decide-facilitator.ts'
import { PairingReason } from './pairing/weigh-pair.ts'
import { WhyNot } from './pairing/why-not.ts'

const list = (most: number) =>
  z
    .array(z.string().trim().min(1).max(100))
    .max(most)
    .refine((items) => new Set(items).size === items.length, 'names one twice')
const SLOT = /^(mon|tue|wed|thu|fri|sat|sun)-([01]\d|2[0-3])$/

/** What somebody says about facilitating. `slots`: hours of a week by their own clock, `mon-15`. Nobody is paid: no such field. */
export const FacilitatorDetails = z.strictObject({
  about: z.string().trim().max(2000),
  experience: z.string().trim().max(2000),
  languages: list(20).refine((languages) => languages.length > 0, 'names no language'),
  timeZone: TimeZone,
  areas: list(30),
  slots: z.array(z.string().regex(SLOT)).max(168),
  /** How many cohorts at once. */
  atOnce: z.int().min(1).max(10),
})
export type FacilitatorDetails = z.output<typeof FacilitatorDetails>

const Wish = z.union([z.literal(-1), z.literal(1), z.literal(2)]).nullable()
const Status = z.enum(FACILITATOR_STATUSES)

/** The public form: what somebody says, and who they are. */
export const ApplyForm = FacilitatorDetails.extend({
  network: z.string().max(100),
  name: z.string().trim().min(1).max(200),
  email: EmailAddress,
  institutionId: InstitutionId,
  affiliation: z.enum(AFFILIATIONS),
})
export type ApplyForm = z.output<typeof ApplyForm>

/** What the public form offers; `network` null while there are several and none is named. */
export const showApply = route({
  method: 'GET',
  path: '/api/public/facilitate',
  query: z.object({ network: z.string().max(100).optional() }),
  response: z.object({
    network: z.object({ name: z.string(), slug: z.string(), timeZone: z.string() }).nullable(),
    networks: z.array(z.object({ name: z.string(), slug: z.string() })),
    institutions: z.array(z.object({ id: InstitutionId, name: z.string() })),
    areas: z.array(z.string()),
  }),
})
/** The answer is the same whether or not the address is known; a mail to it says what came of it. */
export const applyToFacilitate = route({
  method: 'POST',
  path: '/api/public/facilitate',
  body: ApplyForm,
  response: z.undefined(),
  refusals: [
    'facilitator.network_unknown',
    'facilitator.institution_unknown',
    'facilitator.too_many',
    'notice.too_many_mails',
  ],
})

const Facilitator = z.object({
  ...FacilitatorDetails.shape,
  personId: PersonId,
  name: z.string().nullable(),
  campus: CampusMark.nullable(),
  status: Status,
})
/** An offer that waits, or what became of it. */
export const PairingShown = z.object({
  id: z.uuid(),
  status: z.enum(['offered', 'agreed', 'declined', 'withdrawn']),
  offeredAt: Instant,
  proposal: z.object({ id: ProposalId, title: z.string(), area: z.string(), hosts: z.array(CampusMark) }),
  facilitator: z.object({ id: PersonId, name: z.string().nullable() }),
  reasons: z.array(PairingReason),
  facilitatorAnswer: z.enum(['yes', 'no']).nullable(),
  hostsAnswer: z.enum(['yes', 'no']).nullable(),
  closeReason: z.string(),
})
export type PairingShown = z.infer<typeof PairingShown>

/** The reader's own part: their application, what they wish for, what they are offered. */
export const showFacilitating = route({
  method: 'GET',
  path: '/api/facilitating',
  response: z.object({
    application: Facilitator.extend({ decision: z.string() }).nullable(),
    areas: z.array(z.string()),
    proposals: z.array(
      z.object({
        id: ProposalId,
        title: z.string(),
        area: z.string(),
        hosts: z.array(CampusMark),
        languages: z.array(z.string()),
        meetings: z.array(z.object({ startsAt: Instant })),
        timeZone: z.string(),
        wish: Wish,
      }),
    ),
    offers: z.array(PairingShown),
  }),
})
/** Applies, or changes what was said. A declined application that is sent again waits again. */
export const saveFacilitating = route({
  method: 'PUT',
  path: '/api/facilitating',
  body: FacilitatorDetails,
  response: z.object({ status: Status }),
})
/** Rests: no new offers, what is agreed stays. Ends the rest. */
export const restFromFacilitating = route({
  method: 'POST',
  path: '/api/facilitating/rest',
  body: z.strictObject({ rests: z.boolean() }),
  response: z.object({ status: Status }),
  refusals: ['facilitator.not_in_pool'],
})
export const wishForProposal = route({
  method: 'PUT',
  path: '/api/facilitating/wishes/:proposalId',
  params: z.object({ proposalId: ProposalId }),
  body: z.strictObject({ wish: Wish }),
  response: z.undefined(),
  refusals: ['directory.not_found'],
})

export const FacilitatorListed = Facilitator.extend({
  email: z.string().nullable(),
  appliedAt: Instant,
  decision: z.string(),
  /** Cohorts they facilitate now, and offers that wait or are agreed. */
  facilitates: z.int(),
  offers: z.int(),
})
export type FacilitatorListed = z.infer<typeof FacilitatorListed>

/** People of the reader's reach who offer to facilitate: those who wait for an answer first, then by name. */
export const listFacilitators = route({
  method: 'GET',
  path: '/api/facilitators',
  query: PageQuery.extend({
    search: z.string().trim().max(100).optional(),
    status: Status.optional(),
    language: z.string().trim().max(100).optional(),
    area: z.string().trim().max(200).optional(),
    free: z.enum(['yes']).optional(),
  }),
  response: page(FacilitatorListed),
})
/** A mail tells them, with the reason. */
export const decideFacilitator = route({
  method: 'POST',
  path: '/api/facilitators/:personId/decide',
  params: z.object({ personId: PersonId }),
  body: z.strictObject({ verdict: z.enum(['in_pool', 'declined']), reason: z.string().trim().max(1000) }),
  response: z.undefined(),
  refusals: ['directory.not_found', 'facilitator.not_waiting', 'facilitator.needs_reason'],
})

const PairSuggested = z.object({
  facilitator: z.object({ id: PersonId, name: z.string().nullable(), campus: CampusMark.nullable() }),
  reasons: z.array(PairingReason),
  points: z.int(),
})
/** The best pairing of the reader's proposals that ask for one, with the network's pool. Offers nothing by itself. */
export const suggestPairing = route({
  method: 'GET',
  path: '/api/pairing',
  response: z.object({
    proposals: z.array(
      z.object({
        id: ProposalId,
        title: z.string(),
        area: z.string(),
        hosts: z.array(CampusMark),
        wants: z.int(),
        suggested: z.array(PairSuggested),
        offers: z.array(PairingShown),
      }),
    ),
    pool: z.int(),
    /** What the suggestion reaches, and what there is to fill. */
    places: z.object({ filled: z.int(), wanted: z.int() }),
  }),
})
/** Why each of the pool is not suggested for one proposal; names stand for the ids in the facts. */
export const explainPairing = route({
  method: 'GET',
  path: '/api/pairing/:proposalId/why-not',
  params: z.object({ proposalId: ProposalId }),
  response: z.object({
    people: z.array(z.object({ id: PersonId, name: z.string().nullable(), points: z.int(), whyNot: z.array(WhyNot) })),
    names: z.record(z.string(), z.string()),
  }),
  refusals: ['directory.not_found'],
})
/** Offers a pair to both sides, who are written to. Any pair of the pool that no bar forbids, suggested or not. */
export const offerPairing = route({
  method: 'POST',
  path: '/api/pairing/offers',
  body: z.strictObject({ proposalId: ProposalId, personId: PersonId }),
  response: z.object({ id: z.uuid() }),
  refusals: ['directory.not_found', 'pairing.barred', 'pairing.offered_already'],
})

const One = z.object({ pairingId: z.uuid() })
/** One side's consent. Both yes: the facilitator becomes the proposal's. One no ends it. The last answer of a side counts. */
export const answerPairing = route({
  method: 'POST',
  path: '/api/pairings/:pairingId/answer',
  params: One,
  body: z.strictObject({ as: z.enum(['facilitator', 'hosts']), answer: z.enum(['yes', 'no']) }),
  response: z.object({ status: PairingShown.shape.status }),
  refusals: ['directory.not_found', 'pairing.closed', 'pairing.already_in'],
})
/** Takes it back: whoever offered it, and either side, also after it was agreed. The others are told why. */
export const withdrawPairing = route({
  method: 'POST',
  path: '/api/pairings/:pairingId/withdraw',
  params: One,
  body: z.strictObject({ reason: z.string().trim().min(1).max(1000) }),
  response: z.undefined(),
  refusals: ['directory.not_found', 'pairing.closed'],
})

const OfProposal = z.object({ proposalId: ProposalId })
/** The hosts' side: the pool as they may see it (no addresses), what they wish, and what is offered. */
export const showProposalPairing = route({
  method: 'GET',
  path: '/api/proposals/:proposalId/pairing',
  params: OfProposal,
  response: z.object({
    asks: z.boolean(),
    /** False for those who write it until a coordinator opens the pool to them; `pool` is empty then. */
    readsPool: z.boolean(),
    wants: z.int(),
    languages: z.array(z.string()),
    /** An author says what the hosts wish and answers for them. */
    mayAnswer: z.boolean(),
    pool: z.array(
      Facilitator.omit({ status: true, slots: true }).extend({ free: z.int(), meetings: z.int(), wish: Wish }),
    ),
    offers: z.array(PairingShown),
  }),
  refusals: ['directory.not_found'],
})
export const savePairingNeed = route({
  method: 'PUT',
  path: '/api/proposals/:proposalId/pairing/need',
  params: OfProposal,
  body: z.strictObject({ wants: z.int().min(1).max(2), languages: list(20) }),
  response: z.undefined(),
  refusals: ['directory.not_found'],
})
export const wishForFacilitator = route({
  method: 'PUT',
  path: '/api/proposals/:proposalId/pairing/wishes/:personId',
  params: OfProposal.extend({ personId: PersonId }),
  body: z.strictObject({ wish: Wish }),
  response: z.undefined(),
  refusals: ['directory.not_found'],
})
