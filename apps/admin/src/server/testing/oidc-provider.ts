import { createHash } from 'node:crypto'
import { once } from 'node:events'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { exportJWK, generateKeyPair, SignJWT, type JWTPayload } from 'jose'

type Asked = Readonly<{ nonce: string; challenge: string; redirectUri: string }>
type Answer = Readonly<{ claims?: JWTPayload; signer?: 'own' | 'other' | 'none' | 'shared'; nonce?: string }>

/** What a provider answers with; a test changes one thing at a time. */
const PLAIN: Answer = {}
const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url')

/** An OpenID provider of one client, over real HTTP, that can be told to answer wrongly. It asks nobody for a password. */
export async function oidcProvider() {
  const keys = { own: await generateKeyPair('RS256'), other: await generateKeyPair('RS256') }
  const jwk = { ...(await exportJWK(keys.own.publicKey)), kid: 'k1', use: 'sig', alg: 'RS256' }
  const provider = { answer: PLAIN, calls: [] as string[], secret: 'shared-secret', discovery: {} as object }
  const codes = new Map<string, Asked>()

  const idToken = async ({ nonce }: Asked) => {
    const { claims = {}, signer = 'own', nonce: other } = provider.answer
    const now = Math.floor(Date.now() / 1000)
    const usual = { iss: issuer, aud: 'copractice', sub: 'subject-1', iat: now, exp: now + 300, nonce: other ?? nonce }
    const payload = { ...usual, ...claims }
    if (signer === 'none') return `${part({ alg: 'none' })}.${part(payload)}.`
    if (signer === 'shared')
      return new SignJWT(payload).setProtectedHeader({ alg: 'HS256' }).sign(new TextEncoder().encode(provider.secret))
    return new SignJWT(payload).setProtectedHeader({ alg: 'RS256', kid: 'k1' }).sign(keys[signer].privateKey)
  }
  const token = async (body: URLSearchParams) => {
    const asked = codes.get(body.get('code') ?? '')
    codes.delete(body.get('code') ?? '')
    const challenge = createHash('sha256')
      .update(body.get('code_verifier') ?? '')
      .digest('base64url')
    const isClient = body.get('client_id') === 'copractice' && body.get('client_secret') === provider.secret
    if (!isClient) return { status: 401, body: { error: 'invalid_client' } }
    if (!asked || challenge !== asked.challenge || body.get('redirect_uri') !== asked.redirectUri)
      return { status: 400, body: { error: 'invalid_grant' } }
    return { status: 200, body: { access_token: 'a', token_type: 'Bearer', id_token: await idToken(asked) } }
  }
  const serve = async (req: IncomingMessage, res: ServerResponse) => {
    const path = req.url!.split('?')[0]!
    provider.calls.push(path)
    const answer = (status: number, body: unknown) =>
      res.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body))
    if (path === '/.well-known/openid-configuration') {
      const endpoints = { authorization_endpoint: `${issuer}/authorize`, token_endpoint: `${issuer}/token` }
      const rest = { jwks_uri: `${issuer}/jwks`, token_endpoint_auth_methods_supported: ['client_secret_post'] }
      return answer(200, { issuer, ...endpoints, ...rest, ...provider.discovery })
    }
    if (path === '/jwks') return answer(200, { keys: [jwk] })
    let text = ''
    for await (const chunk of req) text += String(chunk)
    const given = await token(new URLSearchParams(text))
    return answer(given.status, given.body)
  }
  const server = createServer((req, res) => void serve(req, res)).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`

  return Object.assign(provider, {
    issuer,
    /** Somebody signs in there: where the provider sends the browser back to, as a path of ours. */
    signsIn: (url: string) => {
      const asked = new URL(url).searchParams
      const code = crypto.randomUUID()
      const redirectUri = asked.get('redirect_uri')!
      codes.set(code, { nonce: asked.get('nonce')!, challenge: asked.get('code_challenge')!, redirectUri })
      return `${new URL(redirectUri).pathname}?${new URLSearchParams({ code, state: asked.get('state')! }).toString()}`
    },
    close: () => {
      server.closeAllConnections()
      server.close()
    },
  })
}
