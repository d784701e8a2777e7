import { getCohortHome } from '@copractice/core/cohort'
import { publishPreviewRoute } from '@copractice/core/gradebook'
import { listReviewsRoute, listRoundsRoute, progressRoute, scoresRoute, showRoundRoute } from '@copractice/core/review'

/** What to ask again after one's own work has changed. */
export const workRefreshes = [showRoundRoute, listRoundsRoute, getCohortHome]

/** What to ask again after a round has moved on. */
export const roundRefreshes = [...workRefreshes, listReviewsRoute, progressRoute, scoresRoute, publishPreviewRoute]

/** What to ask again after an instructor has done something about a score. */
export const scoreRefreshes = [scoresRoute, publishPreviewRoute]
