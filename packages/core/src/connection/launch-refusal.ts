/**
 * Every reason a launch is refused for. Codes are stable: administrators look them up, and pages have wording for each.
 * Rows are those of the accept and reject table of LTI 1.3 launches that tests/contract walks through.
 */
export const LAUNCH_REFUSALS = [
  'launch.too_many',
  'launch.request_unreadable',
  'launch.request_too_large',
  'launch.method_not_allowed',
  'launch.address_unknown',
  'launch.parameter_repeated',
  'launch.login_incomplete',
  'launch.platform_unknown',
  'launch.platform_ambiguous',
  'launch.connection_parked',
  'launch.connection_disabled',
  'launch.addresses_unconfirmed',
  'launch.target_foreign',
  'launch.target_mismatch',
  'launch.lms_error',
  'launch.state_missing',
  'launch.state_unknown',
  'launch.browser_mismatch',
  'launch.token_missing',
  'launch.token_unreadable',
  'launch.algorithm_refused',
  'launch.header_refused',
  'launch.key_missing',
  'launch.key_unknown',
  'launch.keys_unreachable',
  'launch.signature_wrong',
  'launch.issuer_mismatch',
  'launch.audience_mismatch',
  'launch.token_expired',
  'launch.token_from_future',
  'launch.nonce_missing',
  'launch.nonce_mismatch',
  'launch.claim_refused',
  'launch.version_unsupported',
  'launch.message_unsupported',
  'launch.deployment_unknown',
  'launch.deployment_parked',
  'launch.person_missing',
  'launch.not_instructor',
] as const
export type LaunchRefusal = (typeof LAUNCH_REFUSALS)[number]

const OF_PROVED: ReadonlySet<string> = new Set<LaunchRefusal>([
  'launch.target_mismatch',
  'launch.issuer_mismatch',
  'launch.audience_mismatch',
  'launch.token_expired',
  'launch.token_from_future',
  'launch.nonce_missing',
  'launch.nonce_mismatch',
  'launch.claim_refused',
  'launch.version_unsupported',
  'launch.message_unsupported',
  'launch.deployment_unknown',
  'launch.deployment_parked',
  'launch.person_missing',
  'launch.not_instructor',
])
/** Whether a message is refused for this only once its signature holds, so that it is known to be the LMS's own. */
export const isRefusalOfProved = (code: string): boolean => OF_PROVED.has(code)

/** Every reason an LMS's own registration of us is refused for. */
export const REGISTRATION_REFUSALS = [
  'registration.invite_unknown',
  'registration.request_incomplete',
  'registration.address_refused',
  'registration.configuration_unreadable',
  'registration.issuer_mismatch',
  'registration.already_registered',
  'registration.lms_refused',
] as const
export type RegistrationRefusal = (typeof REGISTRATION_REFUSALS)[number]
