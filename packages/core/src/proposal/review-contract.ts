import * as z from 'zod'
import { HelpRequestId, ProposalId } from '../kernel/ids.ts'
import { Instant, PageQuery, page, route } from '../kernel/route.ts'
import { VERDICTS } from './decide-proposal.ts'

const One = z.object({ proposalId: ProposalId })
const text = z.string().trim().max(4000)
const someText = text.min(1)

/** `basedOn` is the version that was read: nobody sends or decides on words they have not seen. */
export const submitProposalRoute = route({
  method: 'POST',
  path: '/api/proposals/:proposalId/submit',
  params: One,
  body: z.strictObject({ basedOn: z.int(), text }),
  response: z.undefined(),
  refusals: [
    'directory.not_found',
    'proposal.changed_meanwhile',
    'proposal.not_open',
    'proposal.blocked',
    'proposal.needs_reason',
    'call.closed',
  ],
})

/** An approval makes the community with its public page, its cohorts and their meetings; a name may be taken by then. */
export const decideProposalRoute = route({
  method: 'POST',
  path: '/api/proposals/:proposalId/decision',
  params: One,
  body: z.strictObject({ basedOn: z.int(), verdict: z.enum(VERDICTS), text }),
  response: z.object({ slug: z.string().nullable(), cohorts: z.int() }),
  refusals: [
    'directory.not_found',
    'proposal.changed_meanwhile',
    'proposal.not_waiting',
    'proposal.blocked',
    'proposal.needs_reason',
    'cohort.name_taken',
    'cohort.blocked',
  ],
})

export const withdrawProposal = route({
  method: 'POST',
  path: '/api/proposals/:proposalId/withdraw',
  params: One,
  body: z.strictObject({ text }),
  response: z.undefined(),
  refusals: ['directory.not_found', 'proposal.decided'],
})

export const askForHelp = route({
  method: 'POST',
  path: '/api/proposals/:proposalId/help',
  params: One,
  body: z.strictObject({ text: someText }),
  response: z.object({ id: HelpRequestId }),
  refusals: ['directory.not_found', 'proposal.help_waiting'],
})
export const answerHelp = route({
  method: 'POST',
  path: '/api/proposals/:proposalId/help/:helpRequestId/answer',
  params: One.extend({ helpRequestId: HelpRequestId }),
  body: z.strictObject({ text: someText }),
  response: z.undefined(),
  refusals: ['directory.not_found', 'proposal.answered'],
})
/** The questions that wait in the reader's regions, the oldest first. */
export const listHelpRequests = route({
  method: 'GET',
  path: '/api/help-requests',
  query: PageQuery,
  response: page(
    z.object({
      id: HelpRequestId,
      proposalId: ProposalId,
      title: z.string(),
      text: z.string(),
      byName: z.string().nullable(),
      askedAt: Instant,
    }),
  ),
})

/** Asks for the starter kit: it is written down, and a mail tells everyone who writes where it is. */
export const askForStarterKit = route({
  method: 'POST',
  path: '/api/proposals/:proposalId/starter-kit',
  params: One,
  response: z.undefined(),
  refusals: ['directory.not_found'],
})
/** Answers `application/zip`, not JSON. */
export const downloadStarterKit = route({
  method: 'GET',
  path: '/api/proposals/:proposalId/starter-kit.zip',
  params: One,
  response: z.string(),
  refusals: ['directory.not_found'],
})
