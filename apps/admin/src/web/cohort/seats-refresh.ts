import { listCohorts, showCohort } from '@copractice/core/cohort'
import { searchPeople, showAdminHome } from '@copractice/core/directory'

/** What shows seats and is asked again after one of them changed. */
export const seatsRefresh = [showCohort, listCohorts, showAdminHome, searchPeople]
