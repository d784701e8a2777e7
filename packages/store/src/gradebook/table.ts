import type { Generated } from 'kysely'

export interface CourseTable {
  network_id: string
  id: Generated<string>
  platform_id: string
  deployment_id: string
  context_id: string
  title: string | null
  label: string | null
  lineitems_url: string | null
  memberships_url: string | null
  ags_scopes: Generated<string[]>
}
export type CourseRole = 'instructor' | 'teaching_assistant' | 'learner' | 'observer' | 'administrator' | 'guest'
export interface CourseMemberTable {
  network_id: string
  course_id: string
  person_id: string
  lms_user_id: string
  role: CourseRole
  status: Generated<'active' | 'left'>
  role_from: 'launch' | 'roster'
  seen_at: Date
  rostered_at: Generated<Date | null>
  sections: Generated<string[]>
  observes: Generated<string[]>
}
export interface RosterSyncTable {
  network_id: string
  course_id: string
  status: Generated<'waiting' | 'running' | 'done' | 'failed'>
  due_at: Date
  asked_at: Generated<Date | null>
  claim: Generated<string | null>
  claimed_until: Generated<Date | null>
  attempts: Generated<number>
  started_at: Generated<Date | null>
  finished_at: Generated<Date | null>
  is_whole: Generated<boolean>
  next_url: Generated<string | null>
  seen: Generated<number>
  added: Generated<number>
  departed: Generated<number>
  last_error: Generated<string | null>
  whole_at: Generated<Date | null>
  differences_url: Generated<string | null>
  coming_differences_url: Generated<string | null>
}
export interface CourseLinkTable {
  network_id: string
  id: Generated<string>
  course_id: string
  resource_link_id: string
  title: string | null
  cohort_id: string | null
  round_id: string | null
  /** What a copied link opened where it came from, until an instructor here decides. */
  copied_course_id: Generated<string | null>
  copied_cohort_id: Generated<string | null>
  copied_round_id: Generated<string | null>
  created_at: Date
}
export interface LineItemTable {
  network_id: string
  id: Generated<string>
  course_id: string
  round_id: string
  grade_column: 'work' | 'reviewing'
  label: string
  score_maximum: number
  url: string | null
  claimed_until: Date | null
}
export interface ScoreDeliveryTable {
  network_id: string
  id: Generated<string>
  line_item_id: string
  round_id: string
  course_id: string
  platform_id: string
  person_id: string
  lms_user_id: string
  sequence: Generated<string>
  score_given: number
  score_maximum: number
  comment: Generated<string>
  status: 'waiting' | 'arrived' | 'superseded' | 'refused' | 'given_up'
  attempts: Generated<number>
  next_attempt_at: Date
  claimed_until: Date | null
  score_timestamp: Date | null
  /** A request with it may have gone out; null: as its timestamp says. */
  was_sent: Generated<boolean | null>
  last_error: string | null
  lms_score: Generated<number | null>
  /** The LMS has kept a teacher's in its place, and does not tell which. */
  lms_score_unsaid: Generated<boolean>
  overwrites: Generated<boolean>
  /** Takes back what was sent for its cell: no points go out. */
  withdraws: Generated<boolean>
  published_by: string
  created_at: Date
  arrived_at: Date | null
}
export interface LtiCircuitTable {
  network_id: string
  platform_id: string
  failures: Generated<number>
  opened_at: Date | null
  open_until: Date | null
}
