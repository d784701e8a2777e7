import type { Generated } from 'kysely'
import type { CommunityFunction } from '@copractice/core/meeting'

export interface MeetingTable {
  network_id: string
  id: Generated<string>
  cohort_id: string
  title: string
  starts_at: Date
  ends_at: Date
  time_zone: string
  place: string | null
  join_url: string | null
  bring: string | null
  functions: Generated<CommunityFunction[]>
}
export interface MeetingAnswerTable {
  network_id: string
  meeting_id: string
  person_id: string
  answer: 'yes' | 'no'
  answered_at: Date
}
