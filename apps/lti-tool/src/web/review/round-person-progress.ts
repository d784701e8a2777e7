import type { RouteOutput } from '@copractice/core/kernel'
import type { progressRoute } from '@copractice/core/review'

/** One person's row of a round's progress. */
export type RoundPersonProgress = RouteOutput<typeof progressRoute>['people'][number]
