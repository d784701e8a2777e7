import type { Generated } from 'kysely'

export interface MeetingMoveTable {
  network_id: string
  id: Generated<string>
  meeting_id: string
  at: Date
  by_id: string
  from_starts_at: Date
  from_ends_at: Date
  to_starts_at: Date
  to_ends_at: Date
  undone_at: Date | null
}
export interface CalendarFeedTable {
  network_id: string
  person_id: string
  token_hash: Uint8Array
  made_at: Date
  last_read_at: Date | null
}
