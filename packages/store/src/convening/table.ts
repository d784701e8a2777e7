import type { Generated } from 'kysely'
import type { AffiliationKind } from '../directory/table.ts'

export interface ConveningTable {
  network_id: string
  id: Generated<string>
  region_id: string
  name: string
  slug: string
  description: Generated<string>
  /** Null, all three dates together: announced, dates not set. */
  starts_at: Date | null
  ends_at: Date | null
  time_zone: string
  place: string | null
  join_url: string | null
  capacity: number | null
  registration_closes_at: Date | null
  status: Generated<'draft' | 'announced' | 'open' | 'closed'>
  kind: Generated<'gathering' | 'summer_convening' | 'arena'>
  /** Such as `spring-2027`; null: the term its dates lie in. */
  term: Generated<string | null>
  series_id: Generated<string | null>
  lead_facilitator_id: Generated<string | null>
  /** What the public page and the flyer give for questions. */
  contact_email: Generated<string | null>
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
  badge_key: Generated<string>
}
