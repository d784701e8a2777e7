import type { Generated } from 'kysely'

export interface CohortTable {
  network_id: string
  id: Generated<string>
  region_id: string
  name: string
  theme: string
  time_zone: string
  policy_version: number
  convening_id: string | null
  submission_deadline: Date | null
  community_id: string | null
  proposal_id: string | null
  status: Generated<'open' | 'closed'>
  closed_at: Date | null
  /** What the space is for those who were in it, once it is closed. */
  alumni: Generated<'open' | 'read_only'>
  succeeds_id: string | null
  nested_in_id: string | null
  created_by: string | null
  created_at: Generated<Date>
}
export interface SeatTable {
  network_id: string
  id: Generated<string>
  cohort_id: string
  person_id: string
  institution_id: string
  kind: 'participant' | 'chair' | 'facilitator'
  status: 'seated' | 'waitlisted' | 'left'
  since: Date
}
