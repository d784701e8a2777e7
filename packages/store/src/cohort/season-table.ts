import type { Generated } from 'kysely'

export interface CohortAskTable {
  network_id: string
  id: Generated<string>
  cohort_id: string
  person_id: string
  institution_id: string
  kind: 'participant' | 'chair' | 'facilitator'
  asked_at: Date
  answer: 'yes' | 'no' | null
  answered_at: Date | null
  /** When whoever administers the cohort took the seat away that was asked about. */
  closed_at: Date | null
}
