import type { InstitutionKind } from '@copractice/core/directory'
import type { Generated } from 'kysely'

export interface NetworkTable {
  id: Generated<string>
  name: string
  slug: string
  time_zone: string
  created_at: Generated<Date>
}
export interface RegionTable {
  network_id: string
  id: Generated<string>
  name: string
}
export interface InstitutionTable {
  network_id: string
  id: Generated<string>
  region_id: string | null
  name: string
  kind: InstitutionKind
  letter: string
  colour: number
  time_zone: string
  member_since: string | null
  member_until: Generated<string | null>
  created_at: Generated<Date>
}
export interface PersonTable {
  network_id: string
  id: Generated<string>
  name: string | null
  pronouns: string | null
  email: string | null
  time_zone: string | null
  is_test: Generated<boolean>
  is_anonymous: Generated<boolean>
  merged_into: Generated<string | null>
  removed_at: Generated<Date | null>
  created_at: Generated<Date>
}
export interface IdentityTable {
  network_id: string
  id: Generated<string>
  person_id: string
  kind: 'lti' | 'email' | 'oidc' | 'saml'
  issuer: Generated<string>
  client_id: Generated<string>
  subject: string
  created_at: Generated<Date>
}
export type AffiliationKind = 'faculty' | 'staff' | 'administrator' | 'student' | 'community_partner'
export interface AffiliationTable {
  network_id: string
  person_id: string
  institution_id: string
  kind: AffiliationKind
}
export interface RoleGrantTable {
  network_id: string
  id: Generated<string>
  person_id: string
  role: 'network_admin' | 'coordinator' | 'institution_admin' | 'support'
  region_id: string | null
  institution_id: string | null
  granted_by: Generated<string | null>
  created_at: Generated<Date>
}
export interface AuditEntryTable {
  network_id: string
  id: Generated<string>
  at: Date
  actor_id: string | null
  action: string
  subject: string
  facts: Generated<unknown>
}
export interface InstitutionMembershipTable {
  network_id: string
  institution_id: string
  since: string
  until: string
}
export interface SponsoringUnitTable {
  network_id: string
  id: Generated<string>
  institution_id: string
  name: string
  added_at: Date
}
export interface PersonMergeTable {
  network_id: string
  id: Generated<string>
  kept_id: string
  gone_id: string
  merged_by: string | null
  merged_at: Date
  undone_by: Generated<string | null>
  undone_at: Generated<Date | null>
  steps: unknown
}
export interface ClaimCodeTable {
  network_id: string
  person_id: string
  address: string
  code_hash: Uint8Array
  tries: Generated<number>
  expires_at: Date
}
export interface InstitutionSignInTable {
  network_id: string
  institution_id: string
  kind: 'oidc' | 'saml'
  issuer: string
  client_id: Generated<string>
  client_secret_sealed: string | null
  sso_url: string | null
  certificates: Generated<string[]>
  is_on: Generated<boolean>
  is_only: Generated<boolean>
  saved_at: Date
  last_sign_in_at: Generated<Date | null>
  last_error_code: Generated<string | null>
  last_error_at: Generated<Date | null>
  last_error_reference: Generated<string | null>
  last_error_detail: Generated<string | null>
}
export interface InstitutionDomainTable {
  network_id: string
  institution_id: string
  domain: string
  added_at: Date
  confirmed_at: Date | null
}
export interface InstitutionLoginTable {
  network_id: string
  id: Generated<string>
  institution_id: string
  kind: 'oidc' | 'saml'
  state_hash: Uint8Array
  browser_hash: Uint8Array
  held_sealed: string
  answered_sealed: Generated<string | null>
  handoff_hash: Generated<Uint8Array | null>
  expires_at: Date
}
/** Belongs to the whole installation: an address is nobody's until it has signed in. */
export interface SignInAttemptTable {
  subject_hash: Uint8Array
  at: Date
}
