import * as z from 'zod'
import { CohortId, PersonId } from '../kernel/ids.ts'
import { Instant, route } from '../kernel/route.ts'
import { CohortFinding, CohortDraft, SEAT_KINDS } from './create-cohort-contract.ts'
import { CohortLinks } from './glance-contract.ts'

const One = z.object({ cohortId: CohortId })

/** What stands in the way of closing unnoticed: a reason is asked for. */
export const ClosingFinding = z.discriminatedUnion('code', [
  z.object({ code: z.literal('cohort.meetings_ahead'), facts: z.object({ count: z.int(), last: Instant }) }),
  z.object({ code: z.literal('cohort.rounds_running'), facts: z.object({ count: z.int() }) }),
])
export type ClosingFinding = z.infer<typeof ClosingFinding>

/** What may be done with a cohort next, and what it is linked to. */
export const showCohortLife = route({
  method: 'GET',
  path: '/api/cohorts/:cohortId/life',
  params: One,
  response: z.object({
    status: z.enum(['open', 'closed']),
    closedAt: Instant.nullable(),
    /** What the space is for those who were in it, once it is closed. */
    alumni: z.enum(['open', 'read_only']),
    closing: z.array(ClosingFinding),
    links: CohortLinks,
    /** Who was asked whether they take part in this cohort, when it goes on from another. */
    asked: z.array(
      z.object({
        personId: PersonId,
        name: z.string().nullable(),
        kind: z.enum(SEAT_KINDS),
        answer: z.enum(['yes', 'no']).nullable(),
        hasAddress: z.boolean(),
      }),
    ),
  }),
  refusals: ['directory.not_found'],
})

/** Nobody joins a closed cohort. Those seated keep its space, to write in or to read (`alumni`), and are told. */
export const closeCohort = route({
  method: 'POST',
  path: '/api/cohorts/:cohortId/close',
  params: One,
  body: z.strictObject({
    alumni: z.enum(['open', 'read_only']),
    reason: z.string().trim().min(1).max(500).nullable(),
  }),
  response: z.object({ told: z.int() }),
  refusals: ['directory.not_found', 'cohort.closed', 'cohort.needs_reason'],
})
/** Undo of closing: everybody is where they were. Nobody is written to. */
export const reopenCohort = route({
  method: 'POST',
  path: '/api/cohorts/:cohortId/reopen',
  params: One,
  response: z.undefined(),
  refusals: ['directory.not_found', 'cohort.not_closed'],
})

const Renewal = CohortDraft.pick({ name: true, meetings: true, submissionDeadline: true })
const NotReady = { name: z.string().trim().max(120) }
/** What the rules say about next term's cohort if everybody who is asked says yes. Saves nothing. */
export const checkRenewal = route({
  method: 'POST',
  path: '/api/cohorts/:cohortId/renewal/check',
  params: One,
  body: Renewal.extend(NotReady),
  response: z.object({ findings: z.array(CohortFinding), asks: z.int(), withoutAddress: z.int() }),
  refusals: ['directory.not_found', 'cohort.person_unknown'],
})
/**
 * Makes next term's cohort, which succeeds this one, and asks everybody seated here whether they take part again: taking
 * part is voluntary, so nobody is seated by it.
 */
export const renewCohort = route({
  method: 'POST',
  path: '/api/cohorts/:cohortId/renew',
  params: One,
  body: Renewal.extend({ reason: z.string().trim().min(1).max(500).nullable() }),
  response: z.object({ id: CohortId, asked: z.int() }),
  refusals: [
    'directory.not_found',
    'cohort.person_unknown',
    'cohort.blocked',
    'cohort.needs_reason',
    'cohort.name_taken',
  ],
})

/** Puts a cohort inside another, or with null on its own again. */
export const nestCohort = route({
  method: 'POST',
  path: '/api/cohorts/:cohortId/nest',
  params: One,
  body: z.strictObject({ within: CohortId.nullable() }),
  response: z.undefined(),
  refusals: ['directory.not_found', 'cohort.nested_in_itself'],
})

/** `parts`: who is written to. Somebody on the waitlist has no part yet. */
export const MESSAGE_PARTS = ['participant', 'chair', 'facilitator', 'waitlisted'] as const
const Message = z.strictObject({
  subject: z.string().trim().min(1).max(160),
  text: z.string().trim().min(1).max(5000),
  parts: z.array(z.enum(MESSAGE_PARTS)).min(1),
})
export type CohortMessage = z.output<typeof Message>

/** The mail as it would go out, and to whom: nobody twice, whoever shares an address once. Sends nothing. */
export const previewCohortMessage = route({
  method: 'POST',
  path: '/api/cohorts/:cohortId/message/preview',
  params: One,
  body: Message,
  response: z.object({
    subject: z.string(),
    text: z.string(),
    to: z.array(z.object({ name: z.string().nullable(), email: z.string() })),
    withoutAddress: z.array(z.object({ name: z.string().nullable() })),
  }),
  refusals: ['directory.not_found'],
})
/** `expected`: how many the writer saw in the preview; others meanwhile are refused with the new number. */
export const sendCohortMessage = route({
  method: 'POST',
  path: '/api/cohorts/:cohortId/message',
  params: One,
  body: Message.extend({ expected: z.int().min(0) }),
  response: z.object({ sent: z.int() }),
  refusals: ['directory.not_found', 'cohort.nobody_to_write', 'cohort.recipients_changed'],
})

const Ask = z.strictObject({ token: z.string().min(1).max(300) })
/** The page behind the link of a mail that asks somebody to take part again. No sign-in. */
export const showAsk = route({
  method: 'POST',
  path: '/api/public/asked',
  body: Ask,
  response: z.object({
    name: z.string().nullable(),
    kind: z.enum(SEAT_KINDS),
    answer: z.enum(['yes', 'no']).nullable(),
    /** Where they are now that they said yes. */
    place: z.enum(['seated', 'waitlisted']).nullable(),
    cohort: z.object({ name: z.string(), theme: z.string(), timeZone: z.string() }),
    before: z.string().nullable(),
    meetings: z.array(z.object({ title: z.string(), startsAt: Instant, endsAt: Instant, timeZone: z.string() })),
  }),
  refusals: ['ask.unknown', 'ask.taken_away'],
})
export const answerAsk = route({
  method: 'POST',
  path: '/api/public/asked/answer',
  body: Ask.extend({ answer: z.enum(['yes', 'no']) }),
  response: z.object({ place: z.enum(['seated', 'waitlisted']).nullable() }),
  refusals: ['ask.unknown', 'ask.taken_away', 'cohort.closed', 'eligibility.affiliation', 'cohort.test_person'],
})
