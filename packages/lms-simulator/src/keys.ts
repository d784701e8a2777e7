import { createPrivateKey, generateKeyPair, randomUUID } from 'node:crypto'
import { promisify } from 'node:util'
import { base64url, CompactSign, exportJWK } from 'jose'
import type { SigningChoice } from './options.ts'
import type { SigningKey, State } from './state.ts'

const generate = promisify(generateKeyPair)

/** A fresh RSA-2048 signing key. */
export async function makeSigningKey(): Promise<SigningKey> {
  const { privateKey, publicKey } = await generate('rsa', { modulusLength: 2048 })
  const kid = randomUUID()
  return {
    kid,
    privatePem: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
    publicJwk: { ...(await exportJWK(publicKey)), kid, alg: 'RS256', use: 'sig' },
  }
}

/** The JSON Web Key Set of every key still published. */
export function keySet(state: State): { keys: Record<string, unknown>[] } {
  return { keys: state.keys.map((key) => key.publicJwk) }
}

/** Signs claims with the current key, or in any wrong way a test chooses (see SigningChoice). */
export async function signClaims(
  state: State,
  claims: Record<string, unknown>,
  how: SigningChoice = {},
): Promise<string> {
  const current = state.keys.at(-1)
  if (current === undefined) throw new Error('no signing key yet')
  const { alg = 'RS256', kid = current.kid } = how
  const header = { typ: 'JWT', alg, ...(kid === null ? {} : { kid }), ...how.header }
  const payload = new TextEncoder().encode(JSON.stringify(claims))
  if (alg === 'none') return `${base64url.encode(JSON.stringify(header))}.${base64url.encode(payload)}.`
  const key = alg.startsWith('HS')
    ? new TextEncoder().encode(how.key ?? current.privatePem)
    : createPrivateKey(how.key ?? current.privatePem)
  return new CompactSign(payload).setProtectedHeader(header).sign(key)
}
