import type { Generated } from 'kysely'

export interface ReviewRoundTable {
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
}
export interface SubmissionTable {
  network_id: string
  id: Generated<string>
  round_id: string
  author_id: string
  body: Generated<string>
  upload_id: string | null
  status: 'draft' | 'submitted' | 'withdrawn'
  saved_at: Date
  submitted_at: Date | null
}
export interface ReviewConflictTable {
  network_id: string
  round_id: string
  reviewer_id: string
  author_id: string
  reason: string
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
}
