import * as z from 'zod'
import { ProposalId } from '../kernel/ids.ts'
import { route } from '../kernel/route.ts'

/** A coordinator opens the facilitators' pool to those who write a proposal, who are written to, or closes it again. */
export const setPoolOpen = route({
  method: 'PUT',
  path: '/api/proposals/:proposalId/pairing/pool',
  params: z.object({ proposalId: ProposalId }),
  body: z.strictObject({ isOpen: z.boolean() }),
  response: z.undefined(),
  refusals: ['directory.not_found', 'pairing.not_asked'],
})
