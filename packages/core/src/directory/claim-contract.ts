import * as z from 'zod'
import { Instant, route } from '../kernel/route.ts'
import { CLAIM_CODE_DIGITS } from './claim-invitation.ts'
import { EmailAddress } from './contract.ts'

/** A code as people type it, with or without spaces. */
export const ClaimCode = z
  .string()
  .overwrite((typed) => typed.replaceAll(/\s/g, ''))
  .regex(new RegExp(`^\\d{${CLAIM_CODE_DIGITS}}$`))

const Asked = z.object({ email: EmailAddress, expiresAt: Instant })

/** `address`: what the LMS told, to begin with; null when it keeps it to itself. `asked`: a code that may still be typed. */
export const getClaim = route({
  method: 'GET',
  path: '/api/claim',
  response: z.object({ address: z.string().nullable(), asked: Asked.nullable() }),
  refusals: ['claim.not_launched', 'claim.test_person', 'claim.own_role'],
})

/**
 * Mails a code to the address of an invitation. The answer is the same whether or not the network knows somebody by it.
 * Only the newest code of a person counts. `claim.too_many` has facts `{ retryAt }` (ISO text).
 */
export const askClaimCode = route({
  method: 'POST',
  path: '/api/claim/code',
  body: z.object({ email: EmailAddress }),
  response: Asked,
  refusals: ['claim.not_launched', 'claim.test_person', 'claim.own_role', 'claim.already_yours', 'claim.too_many'],
})

/**
 * Makes the person of the launch and the one invited by mail one, who is the person of the launch. Answers the names of
 * the cohorts they now have a seat in. `claim.code_wrong` has facts `{ left }`: how often the code may still be typed.
 */
export const claimInvitation = route({
  method: 'POST',
  path: '/api/claim',
  body: z.object({ code: ClaimCode }),
  response: z.object({ cohorts: z.array(z.string()) }),
  refusals: [
    'claim.not_launched',
    'claim.test_person',
    'claim.own_role',
    'claim.code_wrong',
    'claim.code_over',
    'claim.holds_role',
    'claim.same_lms',
    'merge.both_hold',
    'merge.review_each_other',
  ],
})
