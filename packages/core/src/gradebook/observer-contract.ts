import * as z from 'zod'
import { Instant, route } from '../kernel/route.ts'
import { GradeColumn } from './contract.ts'

/** One published result of a learner whom the reader mentors. */
export const ObservedResult = z.object({
  roundTitle: z.string(),
  column: GradeColumn,
  score: z.number(),
  maximum: z.number(),
  arrivedAt: Instant,
})
export type ObservedResult = z.infer<typeof ObservedResult>

export const ObservedLearner = z.object({ name: z.string().nullable(), results: z.array(ObservedResult) })
export type ObservedLearner = z.infer<typeof ObservedLearner>

/** The published results of those whom the observer mentors in the session's course, newest first. Nothing of anybody else. */
export const observedRoute = route({
  method: 'GET',
  path: '/api/observed',
  response: z.object({ learners: z.array(ObservedLearner) }),
  refusals: ['observer.not_one'],
})
