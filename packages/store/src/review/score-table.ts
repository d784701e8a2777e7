import type { Generated } from 'kysely'

export interface ScoreCheckTable {
  network_id: string
  id: Generated<string>
  round_id: string
  submission_id: string
  checked_by: string
  marks: unknown
  note: Generated<string>
  at: Date
  withdrawn_at: Generated<Date | null>
}
export interface ScoreOverrideTable {
  network_id: string
  id: Generated<string>
  round_id: string
  person_id: string
  grade_column: 'work' | 'reviewing'
  points: number
  reason: string
  by_id: string
  at: Date
  withdrawn_at: Generated<Date | null>
}
export interface ScoreReleaseTable {
  network_id: string
  id: Generated<string>
  round_id: string
  course_id: string
  released_at: Date
  released_by: string
  appeals_until: Date
  pooled_round_ids: Generated<string[]>
  pooled_as_of: Date
  entered: Generated<unknown>
  withdrawn_at: Generated<Date | null>
}
export interface AppealTable {
  network_id: string
  id: Generated<string>
  round_id: string
  submission_id: string | null
  person_id: string
  grade_column: 'work' | 'reviewing'
  reason: string
  raised_at: Date
  status: Generated<'open' | 'answered' | 'withdrawn'>
}
export interface AppealEntryTable {
  network_id: string
  id: Generated<string>
  appeal_id: string
  at: Date
  by_id: string
  by: 'learner' | 'instructor'
  text: string
  outcome: 'kept' | 'changed' | null
}
