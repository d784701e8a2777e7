import * as z from 'zod'
import { AFFILIATIONS } from '../directory/affiliation.ts'
import { EmailAddress } from '../directory/contract.ts'
import { InstitutionKind } from '../directory/institution-kind.ts'
import { CampusMark, PersonSeen } from '../directory/person-seen.ts'
import { CallId, CohortId, HelpRequestId, InstitutionId, PersonId, ProposalId, RegionId } from '../kernel/ids.ts'
import { Instant, PageQuery, page, route } from '../kernel/route.ts'
import { PROPOSAL_STATUSES } from './decide-proposal.ts'
import { ProposalBody } from './proposal-body.ts'
import { ProposalFinding } from './proposal-finding.ts'

const One = z.object({ proposalId: ProposalId })
const Region = z.object({ id: RegionId, name: z.string() })
const Status = z.enum(PROPOSAL_STATUSES)

export const ProposalListed = z.object({
  id: ProposalId,
  title: z.string(),
  area: z.string(),
  status: Status,
  region: Region,
  call: z.object({ id: CallId, title: z.string() }).nullable(),
  hosts: z.array(CampusMark),
  savedAt: Instant,
  submittedAt: Instant.nullable(),
  isMine: z.boolean(),
  asksHelp: z.boolean(),
})
export type ProposalListed = z.infer<typeof ProposalListed>

/** The reader's own proposals, and those sent to their regions or with their institution as a host; the one last written first. */
export const listProposals = route({
  method: 'GET',
  path: '/api/proposals',
  query: PageQuery.extend({
    search: z.string().trim().max(100).optional(),
    status: Status.optional(),
    callId: CallId.optional(),
    /** `mine`: only those the reader writes. */
    of: z.enum(['mine', 'region']).optional(),
  }),
  response: page(ProposalListed),
})

/** For whoever administers something; others begin on the public start page. */
export const startProposal = route({
  method: 'POST',
  path: '/api/proposals',
  body: z.strictObject({ callId: CallId.nullable(), institutionId: InstitutionId }),
  response: z.object({ id: ProposalId }),
  refusals: ['directory.not_found', 'call.closed'],
})

const ProposalEvent = z.object({
  id: z.uuid(),
  at: Instant,
  byName: z.string().nullable(),
  kind: z.enum([
    'submitted',
    'changes_asked',
    'resubmitted',
    'approved',
    'declined',
    'withdrawn',
    'author_added',
    'pairing_agreed',
    'starter_kit',
  ]),
  text: z.string(),
  /** Rules that warned, and were accepted with the reason in `text`. */
  findings: z.array(ProposalFinding),
})
export type ProposalEvent = z.infer<typeof ProposalEvent>

const HelpAsked = z.object({
  id: HelpRequestId,
  askedAt: Instant,
  byName: z.string().nullable(),
  text: z.string(),
  answer: z.string().nullable(),
  answeredAt: Instant.nullable(),
  answeredByName: z.string().nullable(),
})
export type HelpAsked = z.infer<typeof HelpAsked>

/**
 * Somebody named in a proposal. `email` only for those who write it or decide on it. `isOpened` false: an invited author who
 * has not opened it, with the name and the address that were typed and nothing else.
 */
export const ProposalPerson = PersonSeen.extend({
  email: z.string().nullable(),
  isAuthor: z.boolean(),
  isOpened: z.boolean(),
})
export type ProposalPerson = z.infer<typeof ProposalPerson>

export const ProposalShown = z.object({
  id: ProposalId,
  version: z.int(),
  status: Status,
  body: ProposalBody,
  hosts: z.array(CampusMark),
  region: Region,
  call: z
    .object({
      id: CallId,
      title: z.string(),
      closesAt: Instant,
      enrolmentDeadline: z.iso.date().nullable(),
      area: z.string().nullable(),
    })
    .nullable(),
  people: z.array(ProposalPerson),
  /** For a reader who was invited to write it and has not opened it: by whom. */
  invitation: z.object({ byName: z.string().nullable() }).nullable(),
  savedAt: Instant,
  savedBy: z.object({ id: PersonId, name: z.string().nullable() }).nullable(),
  submittedAt: Instant.nullable(),
  decidedAt: Instant.nullable(),
  findings: z.array(ProposalFinding),
  /** The last day a meeting may end on, from the call's deadline; null without one. */
  latestMeeting: Instant.nullable(),
  events: z.array(ProposalEvent),
  help: z.array(HelpAsked),
  community: z.object({ slug: z.string(), name: z.string() }).nullable(),
  cohorts: z.array(z.object({ id: CohortId, name: z.string() })),
  isPoolOpen: z.boolean(),
  can: z.object({
    write: z.boolean(),
    withdraw: z.boolean(),
    decide: z.boolean(),
    askHelp: z.boolean(),
    answerHelp: z.boolean(),
    /** Addresses, questions and the pairing too: not whoever only administers one of its hosts. */
    readAll: z.boolean(),
    /** A coordinator's act while it asks to be paired: `isPoolOpen` says whether its authors read the pool. */
    openPool: z.boolean(),
  }),
})
export type ProposalShown = z.infer<typeof ProposalShown>

export const showProposal = route({
  method: 'GET',
  path: '/api/proposals/:proposalId',
  params: One,
  response: ProposalShown,
  refusals: ['directory.not_found'],
})

/** An invited author's own act: from then on the others see their name and campus. Whatever they write counts as the same. */
export const openInvitation = route({
  method: 'POST',
  path: '/api/proposals/:proposalId/open',
  params: One,
  response: z.undefined(),
  refusals: ['directory.not_found'],
})

/** What a form may offer: institutions of the network by name, and its competency areas. */
export const proposalChoices = route({
  method: 'GET',
  path: '/api/proposals/:proposalId/choices',
  params: One,
  response: z.object({
    institutions: z.array(CampusMark.extend({ kind: InstitutionKind })),
    areas: z.array(z.string()),
  }),
  refusals: ['directory.not_found'],
})

/**
 * Facts of `proposal.changed_meanwhile`: the draft as it stands, for the writer to join with theirs. Instants in it are
 * ISO text.
 */
export const DraftMeanwhile = z.object({
  version: z.int(),
  body: ProposalBody,
  hosts: z.array(InstitutionId),
  savedAt: Instant,
  savedByName: z.string().nullable(),
})

/** Saves the shared draft; `basedOn` is the version that was seen. The rules answer at once. */
export const saveDraft = route({
  method: 'PUT',
  path: '/api/proposals/:proposalId/draft',
  params: One,
  body: z.strictObject({
    basedOn: z.int().min(1),
    body: ProposalBody,
    hosts: z
      .array(InstitutionId)
      .max(20)
      .refine((ids) => new Set(ids).size === ids.length, 'names an institution twice'),
  }),
  response: z.object({ version: z.int(), savedAt: Instant, findings: z.array(ProposalFinding) }),
  refusals: [
    'directory.not_found',
    'proposal.changed_meanwhile',
    'proposal.not_open',
    'proposal.person_unknown',
    'proposal.institution_unknown',
  ],
})

/** Somebody who shares the draft from now on; a mail tells them. Until they open it they are what is typed here. */
export const addAuthor = route({
  method: 'POST',
  path: '/api/proposals/:proposalId/authors',
  params: One,
  body: z.strictObject({
    name: z.string().trim().min(1).max(200),
    email: EmailAddress,
    institutionId: InstitutionId,
    affiliation: z.enum(AFFILIATIONS),
  }),
  response: z.object({ id: PersonId }),
  refusals: [
    'directory.not_found',
    'proposal.not_open',
    'proposal.institution_unknown',
    'proposal.already_author',
    'proposal.too_many_authors',
    'notice.too_many_mails',
  ],
})
