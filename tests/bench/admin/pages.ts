import type { SeededRegion } from './seed-region.ts'

/** What each page of the admin app asks for when it is opened; the first named is the slowest of most. */
export const pagesOf = ({ institutionId, platformId, cohortId, conveningId }: SeededRegion) => ({
  home: ['/api/me', '/api/home'],
  institutions: ['/api/institutions?limit=50'],
  institution: [`/api/institutions/${institutionId}`],
  connection: [`/api/institutions/${institutionId}/connections/${platformId}`],
  people: ['/api/people?limit=50'],
  'people searched': ['/api/people?limit=50&search=abcd'],
  cohorts: ['/api/cohorts?limit=50'],
  'cohorts at a glance': ['/api/season/cohorts?limit=50', '/api/season/concerns'],
  'season calendar': [season()],
  cohort: [`/api/cohorts/${cohortId}`],
  convenings: ['/api/convenings?limit=50'],
  convening: [`/api/convenings/${conveningId}`, `/api/convenings/${conveningId}/registrations?limit=50`],
  proposals: ['/api/proposals?limit=50', '/api/calls?limit=50'],
  facilitators: ['/api/facilitators?limit=50'],
  programme: ['/api/programme'],
  roles: ['/api/roles?limit=50'],
  audit: ['/api/audit?limit=50'],
  reports: ['/api/reports'],
})

function season(): string {
  const days = (count: number) => new Date(Date.now() + count * 86_400_000).toISOString()
  return `/api/season/calendar?${new URLSearchParams({ from: days(-15), until: days(16) }).toString()}`
}
