import type { Generated } from 'kysely'

export interface ConveningHostTable {
  network_id: string
  convening_id: string
  institution_id: string
}
export interface ConveningPlacesTable {
  network_id: string
  convening_id: string
  institution_id: string
  places: number
}
export interface ConveningSessionTable {
  network_id: string
  id: Generated<string>
  convening_id: string
  title: string
  track: Generated<string>
  kind: Generated<'session' | 'side_event'>
  starts_at: Date
  ends_at: Date
  place: string | null
  join_url: string | null
  capacity: number | null
  speakers: Generated<string>
  description: Generated<string>
  functions: Generated<string[]>
  created_at: Generated<Date>
}
export interface SessionChoiceTable {
  network_id: string
  session_id: string
  registration_id: string
  status: 'chosen' | 'waitlisted'
  created_at: Date
}
export interface CheckInTable {
  network_id: string
  id: Generated<string>
  convening_id: string
  session_id: string | null
  registration_id: string
  at: Date
  by_id: string | null
  how: 'qr' | 'list'
}
export interface CheckInActTable extends CheckInTable {
  is_here: boolean
}
export interface RegistrationNeedTable {
  network_id: string
  registration_id: string
  accessibility: Generated<string>
  dietary: Generated<string>
  delete_after: Date
}
export interface ConveningFeedbackTable {
  network_id: string
  registration_id: string
  usefulness: number
  kept: Generated<string>
  change: Generated<string>
  at: Date
}
export interface NotifyMeTable {
  network_id: string
  convening_id: string
  email: string
  key: Generated<string>
  asked_at: Date
  confirmed_at: Date | null
  told_at: Date | null
}
