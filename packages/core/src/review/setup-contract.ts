import * as z from 'zod'
import { CohortId, PersonId, PortfolioDraftId, RoundId } from '../kernel/ids.ts'
import { Instant, route } from '../kernel/route.ts'
import { MyWork, RoundDetail, WorkLink } from './contract.ts'
import { NamedPerson } from './round-person.ts'
import { roundParams, run } from './round-path.ts'

/** More time for one person's work or for the reviews they write. The reason is for instructors alone. */
export const Extension = z.object({
  person: NamedPerson,
  kind: z.enum(['work', 'reviews']),
  until: Instant,
  reason: z.string(),
  grantedAt: Instant,
})
export type Extension = z.infer<typeof Extension>

/** Of the instructor's own learners; how many people of other courses have more time. */
export const listExtensionsRoute = route({
  method: 'GET',
  path: '/api/rounds/:roundId/extensions',
  params: roundParams,
  response: z.object({ own: z.array(Extension), others: z.number().int(), people: z.array(NamedPerson) }),
  refusals: run,
})

const extensionParams = z.object({ roundId: RoundId, personId: PersonId, kind: Extension.shape.kind })

/** Grants, or changes what was granted. */
export const grantExtensionRoute = route({
  method: 'PUT',
  path: '/api/rounds/:roundId/extensions/:personId/:kind',
  params: extensionParams,
  body: z.object({ until: Instant, reason: z.string().trim().min(1).max(500) }),
  response: Extension,
  refusals: [
    ...run,
    'review.not_own_learner',
    'review.wrong_phase',
    'review.extension_too_early',
    'review.extension_too_late',
  ],
})

export const withdrawExtensionRoute = route({
  method: 'DELETE',
  path: '/api/rounds/:roundId/extensions/:personId/:kind',
  params: extensionParams,
  response: z.object({ withdrawn: z.boolean() }),
  refusals: [...run, 'review.not_own_learner'],
})

/** review -> submit while no review was begun, submit -> draft while nobody has begun. */
export const stepBackRoute = route({
  method: 'POST',
  path: '/api/rounds/:roundId/step-back',
  params: roundParams,
  body: z.object({ submitUntil: Instant.optional() }),
  response: RoundDetail,
  refusals: [
    ...run,
    'review.wrong_phase',
    'review.date_passed',
    'review.dates_out_of_order',
    'review.work_begun',
    'review.reviews_begun',
  ],
})

/** The cohorts one may use a round in again: those of one's own courses. `weeks`: by how much its dates would move. */
export const reuseTargetsRoute = route({
  method: 'GET',
  path: '/api/rounds/:roundId/reuse',
  params: roundParams,
  response: z.object({
    cohorts: z.array(z.object({ cohortId: CohortId, name: z.string(), isHere: z.boolean() })),
    weeks: z.number().int(),
  }),
  refusals: run,
})

/** A draft with this round's set-up, its dates moved by whole weeks: no people, no work, no reviews, no conflicts. */
export const reuseRoundRoute = route({
  method: 'POST',
  path: '/api/rounds/:roundId/reuse',
  params: roundParams,
  body: z.object({ cohortId: CohortId, weeks: z.number().int().min(0).max(260) }),
  response: z.object({ roundId: RoundId, isHere: z.boolean() }),
  refusals: [...run, 'review.cohort_not_yours'],
})

const choosing = [
  'review.not_found',
  'review.not_participant',
  'review.wrong_phase',
  'review.submissions_closed',
  'review.already_handed_in',
  'review.kind_not_taken',
] as const

/** The link of one's work; null takes it out. */
export const setLinkRoute = route({
  method: 'PUT',
  path: '/api/rounds/:roundId/submission/link',
  params: roundParams,
  body: z.object({ link: WorkLink.nullable() }),
  response: MyWork,
  refusals: choosing,
})

/** Makes a draft of one's portfolio the work: it is kept as it is, and the work is a copy of it. */
export const choosePortfolioRoute = route({
  method: 'PUT',
  path: '/api/rounds/:roundId/submission/portfolio',
  params: roundParams,
  body: z.object({ draftId: PortfolioDraftId }),
  response: MyWork,
  refusals: [...choosing, 'portfolio.not_found', 'portfolio.empty'],
})
