import type { Generated } from 'kysely'
import type { AnonymousLaunches, UnknownDeployments } from '@copractice/core/connection'

export type ConnectionStatus = 'parked' | 'active' | 'disabled'
export interface LtiPlatformTable {
  network_id: string
  id: Generated<string>
  institution_id: string
  profile: 'canvas' | 'moodle' | 'other'
  issuer: string
  client_id: string
  authorization_endpoint: string
  token_endpoint: string
  token_audience: string | null
  jwks_uri: string
  status: Generated<ConnectionStatus>
  unknown_deployments: Generated<UnknownDeployments>
  anonymous_launches: Generated<AnonymousLaunches>
  /** Outside the issuer's host, and stood for. */
  confirmed_addresses: Generated<string[]>
  last_launch_at: Date | null
  last_error_code: string | null
  last_error_at: Date | null
  created_at: Generated<Date>
}
export interface LtiDeploymentTable {
  network_id: string
  platform_id: string
  deployment_id: string
  status: Generated<ConnectionStatus>
  created_at: Generated<Date>
}
/** Logins that a launch has used up, until their states end by themselves. */
export interface LtiSpentLoginTable {
  network_id: string
  login_id: Uint8Array
  expires_at: Date
}
/** One key set for the whole tool, not per network: rotated with overlap, private halves sealed. */
export interface LtiKeyTable {
  kid: string
  public_jwk: unknown
  private_jwk_sealed: string
  created_at: Date
  signs_until: Date | null
  listed_until: Date | null
}
export interface LtiAccessTokenTable {
  network_id: string
  platform_id: string
  scopes: string
  token_sealed: string
  granted_scopes: string
  expires_at: Date
}
export interface RegistrationInviteTable {
  network_id: string
  id: Generated<string>
  institution_id: string
  token_hash: Uint8Array
  created_by: string | null
  created_at: Date
  expires_at: Date
  used_at: Date | null
  platform_id: string | null
}
export interface LaunchRefusalTable {
  reference: string
  network_id: string | null
  platform_id: string | null
  /** The invite that held when an LMS tried to register itself with it. */
  invite_id: string | null
  code: string
  facts: Generated<unknown>
  at: Date
}
/** The latest self-test of a connection. `finished_at` null: under way, or cut off. */
export interface ConnectionCheckTable {
  network_id: string
  platform_id: string
  started_at: Date
  finished_at: Date | null
  steps: Generated<unknown>
}
/** Origins that validated messages of an LMS named. */
export interface LtiPlatformOriginTable {
  network_id: string
  platform_id: string
  origin: string
  first_seen_at: Generated<Date>
}
export interface SpaceSessionTable {
  token_hash: Uint8Array
  network_id: string
  person_id: string
  course_link_id: string | null
  cohort_id: string | null
  /** Both null for a session that was opened by e-mail sign-in. */
  platform_id: Generated<string | null>
  deployment_id: Generated<string | null>
  created_at: Date
  expires_at: Date
}
/** A deep linking request that waits for an instructor's choice. `takes_*` null: the LMS did not say. */
export interface PlacingRequestTable {
  network_id: string
  id: Generated<string>
  platform_id: string
  course_id: string | null
  person_id: string
  deployment_id: string
  return_url: string
  data: string | null
  takes_links: boolean
  takes_several: boolean | null
  takes_columns: boolean | null
  expires_at: Date
}
