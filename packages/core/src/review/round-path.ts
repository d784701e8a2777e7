import * as z from 'zod'
import { RoundId } from '../kernel/ids.ts'

export const roundParams = z.object({ roundId: RoundId })
/** Refusals of a route that shows something: a round that is not there and one that is not yours answer alike. */
export const seen = ['review.not_found'] as const
/** Refusals of a route that runs a round. */
export const run = ['review.not_found', 'review.instructors_only'] as const
