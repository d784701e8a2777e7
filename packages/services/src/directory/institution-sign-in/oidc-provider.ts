import * as client from 'openid-client'
import type { OidcClaims } from '@copractice/core/directory'
import { OutgoingFailure, type Outgoing } from '@copractice/lti'
import { ProviderFault, shownWord } from './provider-fault.ts'

/** `redirectUri`: where the provider sends the browser back to, the institution's own. */
export type OidcSettings = Readonly<{ issuer: string; clientId: string; clientSecret: string; redirectUri: string }>
/** What a login keeps until the answer. */
export type OidcHeld = Readonly<{ state: string; nonce: string; verifier: string }>

/** Signatures that we take: with a public key, and no SHA-1. */
const ALGORITHMS = ['RS256', 'RS384', 'RS512', 'PS256', 'PS384', 'PS512', 'ES256', 'ES384', 'ES512', 'EdDSA', 'Ed25519']
const TIMEOUT_MS = 8000
const MAX_BYTES = 500_000
const CLOCK_SKEW_S = 60

type Deps = Readonly<{ outgoing: Outgoing; clock: () => Date }>

/**
 * OpenID Connect 1.0 with an institution's provider: authorization code with PKCE, state and nonce. openid-client checks
 * issuer, audience, authorized party, times, nonce and signature; every call goes through our guard of outgoing calls.
 */
export function oidcProvider({ outgoing, clock }: Deps) {
  const open = async ({ issuer, clientId, clientSecret }: OidcSettings) => {
    const server = new URL(issuer)
    outgoing.refuseAddress(issuer)
    // The guard has decided whether http is allowed at all.
    const execute = server.protocol === 'http:' ? [client.allowInsecureRequests] : []
    const options = { [client.customFetch]: guardedFetch(outgoing), timeout: TIMEOUT_MS / 1000, execute }
    const found = (await client.discovery(server, clientId, undefined, client.None(), options)).serverMetadata()
    // The library takes Microsoft's word for everybody's tenants; we take an issuer for itself alone.
    if (new URL(found.issuer).href !== server.href) throw new ProviderFault('sign_in.not_proved', 'issuer')
    const named = found.id_token_signing_alg_values_supported ?? ['RS256']
    const methods = found.token_endpoint_auth_methods_supported ?? ['client_secret_basic']
    const authentication = methods.includes('client_secret_post') ? client.ClientSecretPost : client.ClientSecretBasic
    const metadata = {
      [client.clockSkew]: Math.round((clock().getTime() - Date.now()) / 1000),
      [client.clockTolerance]: CLOCK_SKEW_S,
    }
    const allowed = named.filter((name) => ALGORITHMS.includes(name))
    const config = new client.Configuration(
      { ...metadataOf(found), id_token_signing_alg_values_supported: allowed },
      clientId,
      metadata,
      authentication(clientSecret),
    )
    config[client.customFetch] = guardedFetch(outgoing)
    config.timeout = TIMEOUT_MS / 1000
    for (const extend of execute) extend(config)
    client.enableNonRepudiationChecks(config)
    return config
  }

  return {
    /** Where the browser goes, and what its answer is checked by. */
    begin: (settings: OidcSettings, email: string): Promise<{ url: string; held: OidcHeld }> =>
      explained(async () => {
        const config = await open(settings)
        const held = {
          state: client.randomState(),
          nonce: client.randomNonce(),
          verifier: client.randomPKCECodeVerifier(),
        }
        const url = client.buildAuthorizationUrl(config, {
          redirect_uri: settings.redirectUri,
          scope: 'openid email',
          response_type: 'code',
          state: held.state,
          nonce: held.nonce,
          code_challenge: await client.calculatePKCECodeChallenge(held.verifier),
          code_challenge_method: 'S256',
          login_hint: email,
        })
        // The browser goes there, and only to what we would call ourselves.
        outgoing.refuseAddress(url.href)
        return { url: url.href, held }
      }),

    /** The proved claims. `query` is what the browser brought back. Throws `ProviderFault`. */
    finish: (settings: OidcSettings, held: OidcHeld, query: URLSearchParams): Promise<OidcClaims> =>
      explained(async () => {
        const config = await open(settings)
        const tokens = await client.authorizationCodeGrant(
          config,
          new URL(`${settings.redirectUri}?${query.toString()}`),
          {
            expectedState: held.state,
            expectedNonce: held.nonce,
            pkceCodeVerifier: held.verifier,
            idTokenExpected: true,
          },
        )
        const claims = tokens.claims()
        if (!claims) throw new ProviderFault('sign_in.not_proved', 'id_token')
        if (claims['email'] !== undefined || !config.serverMetadata().userinfo_endpoint) return claims
        const { email, email_verified } = await client.fetchUserInfo(config, tokens.access_token, claims.sub)
        return { ...claims, email, email_verified }
      }),

    /** For a self-test: the issuer as it names itself and how many of its keys we can use. */
    look: (issuer: string) =>
      explained(async () => {
        outgoing.refuseAddress(issuer)
        const server = new URL(issuer)
        const execute = server.protocol === 'http:' ? [client.allowInsecureRequests] : []
        let theirTime: Date | null = null
        const fetch = guardedFetch(outgoing, (date) => (theirTime = date))
        const options = { [client.customFetch]: fetch, timeout: TIMEOUT_MS / 1000, execute }
        const found = (await client.discovery(server, 'self-test', undefined, client.None(), options)).serverMetadata()
        return { issuer: found.issuer, theirTime: theirTime as Date | null, jwksUri: found.jwks_uri ?? null }
      }),

    keys: (jwksUri: string) =>
      explained(async () => {
        const answer = await outgoing.send({ method: 'GET', url: jwksUri, timeoutMs: TIMEOUT_MS, maxBytes: MAX_BYTES })
        if (answer.status !== 200) throw new ProviderFault('sign_in.provider_unreachable', String(answer.status))
        return usableKeys(answer.text)
      }),
  }
}

/** Without what the library hangs on it. */
const metadataOf = (found: client.ServerMetadata): client.ServerMetadata =>
  JSON.parse(JSON.stringify(found)) as client.ServerMetadata

function usableKeys(text: string): number {
  try {
    const { keys } = JSON.parse(text) as { keys: { kty?: string; use?: string; alg?: string }[] }
    return keys.filter(({ kty, use, alg }) => {
      const isPublic = kty === 'RSA' || kty === 'EC' || kty === 'OKP'
      return isPublic && (use ?? 'sig') === 'sig' && (alg === undefined || ALGORITHMS.includes(alg))
    }).length
  } catch {
    return 0
  }
}

/** fetch as openid-client calls it, over connections that never lead inside, never redirect and end in time and size. */
function guardedFetch(outgoing: Outgoing, onDate: (date: Date) => void = () => {}): client.CustomFetch {
  return async (url, { method, headers, body }) => {
    const text = body === undefined || body === null ? undefined : String(body as string | URLSearchParams)
    const asked = {
      url,
      headers,
      timeoutMs: TIMEOUT_MS,
      maxBytes: MAX_BYTES,
      ...(text === undefined ? {} : { body: text }),
    }
    const answer = await outgoing.send({ ...asked, method: method === 'POST' ? 'POST' : 'GET' })
    const date = Date.parse(answer.header('date') ?? '')
    if (!Number.isNaN(date)) onDate(new Date(date))
    const told = ['content-type', 'www-authenticate'].flatMap((name) => {
      const value = answer.header(name)
      return value === null ? [] : [[name, value] as [string, string]]
    })
    const hasBody = answer.status >= 200 && ![204, 205, 304].includes(answer.status)
    return new Response(hasBody ? answer.text : null, { status: Math.max(answer.status, 200), headers: told })
  }
}

/** What went wrong, in our words. */
async function explained<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    if (error instanceof ProviderFault) throw error
    const outgoing = causesOf(error).find((one) => one instanceof OutgoingFailure)
    if (outgoing) throw new ProviderFault('sign_in.provider_unreachable', outgoing.message, { cause: error })
    if (error instanceof client.AuthorizationResponseError || error instanceof client.ResponseBodyError)
      throw new ProviderFault('sign_in.provider_refused', shownWord(error.error), { cause: error })
    const { code } = error as { code?: unknown }
    if (code === 'OAUTH_JWT_TIMESTAMP_CHECK_FAILED')
      throw new ProviderFault('sign_in.answer_too_old', claimOf(error), { cause: error })
    if (code === 'OAUTH_RESPONSE_IS_NOT_CONFORM' || code === 'OAUTH_PARSE_ERROR' || code === 'OAUTH_TIMEOUT')
      throw new ProviderFault('sign_in.provider_unreachable', shownWord(code), { cause: error })
    throw new ProviderFault('sign_in.not_proved', claimOf(error) ?? shownWord(code), { cause: error })
  }
}

function causesOf(error: unknown): unknown[] {
  const causes: unknown[] = []
  for (let one = error; one !== undefined && causes.length < 6; one = (one as Error | null)?.cause) causes.push(one)
  return causes
}

/** The claim that did not hold, as the library names it. */
function claimOf(error: unknown): string | null {
  for (const cause of causesOf(error)) {
    const word = shownWord((cause as { claim?: unknown } | null)?.claim)
    if (word) return word
  }
  return null
}
