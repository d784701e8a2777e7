import type { Generated } from 'kysely'
import type { RoundSetupColumns, WorkSourceColumns } from './setup-table.ts'

export type { RoundExtensionTable, RubricTable, RubricVersionTable } from './setup-table.ts'

export interface ReviewRoundTable extends RoundSetupColumns {
  network_id: string
  id: Generated<string>
  cohort_id: string
  title: string
  instructions: Generated<string>
  rubric: unknown
  reviews_per_submission: number
  anonymity: 'none' | 'single' | 'double'
  same_campus: Generated<'allow' | 'avoid' | 'forbid'>
  submit_until: Date
  review_until: Date
  time_zone: string
  work_maximum: number
  reviewing_maximum: number
  phase: Generated<'draft' | 'submit' | 'review' | 'closed'>
  seed: number
  created_by: string
  created_at: Date
  closed_at: Generated<Date | null>
}
export interface UploadTable {
  network_id: string
  id: Generated<string>
  owner_id: string
  file_name: string
  media_type: string
  bytes: number
  storage_key: string
  uploaded_at: Date
  /** The copy for readers who may not know the author. */
  cleaned_key: Generated<string | null>
  cleaned_bytes: Generated<number | null>
}
/** One file in its place, of exactly one of the three. */
export interface WorkFileTable {
  network_id: string
  id: Generated<string>
  upload_id: string
  submission_id: string | null
  version_id: string | null
  exemplar_id: string | null
  position: number
}
export interface SubmissionTable extends WorkSourceColumns {
  network_id: string
  id: Generated<string>
  round_id: string
  author_id: string
  body: Generated<string>
  status: 'draft' | 'submitted' | 'withdrawn'
  saved_at: Date
  submitted_at: Date | null
  team_id: Generated<string | null>
}
export interface ReviewConflictTable {
  network_id: string
  round_id: string
  reviewer_id: string
  author_id: string
  reason: string
  note: Generated<string>
}
export interface ReviewAssignmentTable {
  network_id: string
  id: Generated<string>
  round_id: string
  submission_id: string
  reviewer_id: string
  marks: Generated<unknown>
  comment: Generated<string>
  saved_at: Date | null
  filed_at: Date | null
  origin: Generated<'dealt' | 'repaired' | 'moved'>
  assigned_at: Generated<Date | null>
  withdrawn_at: Generated<Date | null>
  /** Kept from the author and out of every score, by an instructor's answer to a flag. */
  hidden_at: Generated<Date | null>
  withdrawn_why: Generated<'moved' | 'author_left' | 'reviewer_left' | 'silent' | null>
}
export interface RoundAbsenceTable {
  network_id: string
  round_id: string
  person_id: string
  kind: 'dropped_out' | 'silent'
  at: Date
  noted_by: string | null
}
export interface RoundTeamTable {
  network_id: string
  id: Generated<string>
  round_id: string
  name: string
}
export interface RoundTeamMemberTable {
  network_id: string
  round_id: string
  team_id: string
  person_id: string
}
export interface ExemplarTable {
  network_id: string
  id: Generated<string>
  round_id: string
  title: string
  body: Generated<string>
  reference: unknown
  reference_comment: Generated<string>
  asked_first: Generated<boolean>
  created_by: string
  created_at: Date
}
export interface ExemplarMarkingTable {
  network_id: string
  exemplar_id: string
  round_id: string
  reviewer_id: string
  marks: unknown
  comment: Generated<string>
  saved_at: Date
  filed_at: Date | null
}
