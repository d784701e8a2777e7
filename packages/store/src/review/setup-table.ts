import type { Generated } from 'kysely'

/** How a round is set up, beyond its title, dates and rubric. */
export interface RoundSetupColumns {
  rubric_version_id: string | null
  work_kinds: Generated<string[]>
  files_at_most: Generated<number>
  late_policy: Generated<unknown>
  submit_first: Generated<boolean>
  self_assessment: Generated<boolean>
  advance: Generated<'by_hand' | 'by_date'>
  open_from: Date | null
  revise_until: Date | null
  copied_from: string | null
  stalled_at: Date | null
  stalled_why: unknown
  method: Generated<'mean' | 'model'>
  reviewer_weights: Generated<unknown>
  grade_comment: Generated<unknown>
}
export interface WorkSourceColumns {
  link: string | null
  link_kind: 'link' | 'video' | null
  portfolio_draft_id: string | null
  late_minutes: number | null
}
export interface RubricTable {
  network_id: string
  id: Generated<string>
  title: string
  created_by: string
  created_at: Date
  archived_at: Date | null
}
export interface RubricVersionTable {
  network_id: string
  id: Generated<string>
  rubric_id: string
  number: number
  body: unknown
  note: Generated<string>
  created_by: string
  created_at: Date
}
export interface RoundExtensionTable {
  network_id: string
  round_id: string
  person_id: string
  kind: 'work' | 'reviews'
  until: Date
  reason: string
  granted_by: string
  granted_at: Date
}
