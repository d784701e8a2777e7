import type { Generated } from 'kysely'

/** A reviewer's note at a passage (start_at to end_at, UTF-16 offsets) or at a place in the file. */
export interface PassageCommentTable {
  network_id: string
  id: string
  assignment_id: string
  round_id: string
  version_number: Generated<number>
  start_at: number | null
  end_at: number | null
  quote: Generated<string>
  place: string | null
  text: string
  created_at: Date
  updated_at: Date
}
export interface ReviewFlagTable {
  network_id: string
  id: Generated<string>
  round_id: string
  submission_id: string
  assignment_id: string | null
  raised_by: string
  raised_as: 'reviewer' | 'author'
  kind: 'not_theirs' | 'unsafe' | 'unkind' | 'identifies' | 'unreadable' | 'other'
  text: string
  raised_at: Date
  outcome: Generated<'kept' | 'hidden' | null>
  answer: Generated<string | null>
  answered_by: Generated<string | null>
  answered_at: Generated<Date | null>
}
export interface ReviewResponseTable {
  network_id: string
  assignment_id: string
  round_id: string
  author_id: string
  helpfulness: number | null
  reply: Generated<string>
  saved_at: Date
}
/** Number 1 is what was reviewed; handed_in_at null is a revision still being written. */
export interface SubmissionVersionTable {
  network_id: string
  id: Generated<string>
  submission_id: string
  round_id: string
  number: number
  body: Generated<string>
  link: Generated<string | null>
  change_note: Generated<string>
  saved_at: Date
  handed_in_at: Date | null
}
export interface SelfAssessmentTable {
  network_id: string
  submission_id: string
  round_id: string
  author_id: string
  marks: Generated<unknown>
  comment: Generated<string>
  saved_at: Date
  filed_at: Date | null
}
