import type { Generated } from 'kysely'
import type { AffiliationKind } from '../directory/table.ts'

export interface ConveningTable {
  network_id: string
  id: Generated<string>
  region_id: string
  name: string
  slug: string
  description: Generated<string>
  starts_at: Date
  ends_at: Date
  time_zone: string
  place: string | null
  join_url: string | null
  capacity: number | null
  registration_closes_at: Date
  status: Generated<'draft' | 'open' | 'closed'>
  created_at: Generated<Date>
}
export interface RegistrationTable {
  network_id: string
  id: Generated<string>
  convening_id: string
  person_id: string
  institution_id: string
  affiliation: AffiliationKind
  interests: Generated<string>
  wishes: Generated<unknown>
  status: 'registered' | 'waitlisted' | 'cancelled'
  created_at: Date
}
