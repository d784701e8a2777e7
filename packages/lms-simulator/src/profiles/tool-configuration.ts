import { z } from 'zod'
import { SCOPES } from '../services/scopes.ts'

export const TOOL_CONFIGURATION = 'https://purl.imsglobal.org/spec/lti-tool-configuration'
export const PLATFORM_CONFIGURATION = 'https://purl.imsglobal.org/spec/lti-platform-configuration'

const message = z.looseObject({
  type: z.string(),
  target_link_uri: z.string().optional(),
  label: z.string().optional(),
  placements: z.array(z.string()).optional(),
  custom_parameters: z.record(z.string(), z.string()).optional(),
})

/** What a tool posts to a registration endpoint (OpenID dynamic client registration with LTI's part). */
export const registrationRequest = z.looseObject({
  application_type: z.literal('web'),
  grant_types: z
    .array(z.string())
    .refine((types) => ['client_credentials', 'implicit'].every((type) => types.includes(type)), 'must hold both'),
  response_types: z.array(z.string()).refine((types) => types.includes('id_token'), 'must hold id_token'),
  redirect_uris: z.array(z.url()).min(1),
  initiate_login_uri: z.url(),
  client_name: z.string().min(1),
  jwks_uri: z.url(),
  token_endpoint_auth_method: z.literal('private_key_jwt'),
  scope: z.string(),
  [TOOL_CONFIGURATION]: z.looseObject({
    domain: z.string().min(1),
    target_link_uri: z.url(),
    custom_parameters: z.record(z.string(), z.string()).optional(),
    claims: z.array(z.string()),
    messages: z.array(message),
  }),
})

/** The parts of a platform's OpenID configuration that every LTI platform has. */
export function commonConfiguration(
  issuer: string,
  urls: Record<'authorization' | 'token' | 'jwks' | 'registration', string>,
): Record<string, unknown> {
  return {
    issuer,
    authorization_endpoint: urls.authorization,
    token_endpoint: urls.token,
    token_endpoint_auth_methods_supported: ['private_key_jwt'],
    token_endpoint_auth_signing_alg_values_supported: ['RS256'],
    jwks_uri: urls.jwks,
    registration_endpoint: urls.registration,
    scopes_supported: ['openid', ...SCOPES],
    response_types_supported: ['id_token'],
    subject_types_supported: ['public'],
    id_token_signing_alg_values_supported: ['RS256'],
    claims_supported: ['sub', 'iss', 'name', 'given_name', 'family_name', 'email', 'locale'],
  }
}
