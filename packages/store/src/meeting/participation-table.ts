import type { Generated } from 'kysely'
import type { Activity, CommunityFunction, Kept } from '@copractice/core/meeting'

export interface AgendaItemTable {
  network_id: string
  id: Generated<string>
  meeting_id: string
  position: number
  title: string
  kind: Activity
  minutes: number
  led_by: 'one_person' | 'everyone'
  functions: CommunityFunction[]
}
export interface AttendanceTable {
  network_id: string
  meeting_id: string
  person_id: string
  noted_by: string
  at: Date
}
export interface CommitmentTable {
  network_id: string
  id: Generated<string>
  cohort_id: string
  person_id: string
  text: string
  outcome: Generated<string>
  made_at: Date
  check_30: Generated<Kept | null>
  check_90: Generated<Kept | null>
  checked_at_30: Generated<Date | null>
  checked_at_90: Generated<Date | null>
}
