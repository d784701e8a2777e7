import { randomUUID } from 'node:crypto'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { exportJWK, generateKeyPair, SignJWT, type CryptoKey } from 'jose'
import type { LmsSimulator, RegisteredTool, ToolRegistration } from '../options.ts'

/** A tool just big enough to talk to a platform: its key set over HTTP, and what it would sign. */
export type FakeTool = {
  registration: ToolRegistration
  url: string
  /** Signs with the tool's own key, unless another is given. */
  sign(claims: Record<string, unknown>, how?: { key?: CryptoKey; kid?: string; alg?: string }): Promise<string>
  close(): Promise<void>
}

async function readBody(req: IncomingMessage): Promise<URLSearchParams> {
  const chunks: Buffer[] = []
  for await (const chunk of req) chunks.push(Buffer.from(chunk as Uint8Array))
  return new URLSearchParams(Buffer.concat(chunks).toString())
}

/** What the frame shows after a launch: it tries the storage, says its height, and shows who came. */
const PAGE = `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Fake tool</title></head><body>
<h1>Fake tool</h1><p id="said">nothing yet</p><div style="height:900px"></div><script>
const said = document.getElementById('said')
addEventListener('message', (event) => { said.textContent += ' | ' + event.origin + ' ' + JSON.stringify(event.data) })
let target = window.parent
// Naming a frame that is not there throws across sites.
try { target = window.parent.frames['post_message_forwarding'] } catch {}
window.parent.postMessage({ subject: 'lti.capabilities', message_id: 'c' }, '*')
target.postMessage({ subject: 'lti.put_data', message_id: 'p', key: 'lti_state_1', value: 'kept' }, '*')
target.postMessage({ subject: 'lti.get_data', message_id: 'g', key: 'lti_state_1' }, '*')
window.parent.postMessage({ subject: 'lti.frameResize', message_id: 'f', height: 1000 }, '*')
</script></body></html>`

/** Starts the tool on `localhost`, another site than the simulator's 127.0.0.1. */
export async function startFakeTool(name = 'Copractice'): Promise<FakeTool> {
  const { privateKey, publicKey } = await generateKeyPair('RS256', { extractable: true })
  const jwk = { ...(await exportJWK(publicKey)), kid: 'tool-1', alg: 'RS256', use: 'sig' }
  const answer = async (req: IncomingMessage, res: ServerResponse) => {
    const url = new URL(req.url ?? '/', 'http://localhost')
    if (url.pathname === '/jwks.json') {
      res.setHeader('Content-Type', 'application/json').end(JSON.stringify({ keys: [jwk] }))
    } else if (url.pathname === '/login') {
      const login = req.method === 'POST' ? await readBody(req) : url.searchParams
      // Only Canvas says where its storage is kept; that tells the two apart here.
      const path = login.has('lti_storage_target') ? '/api/lti/authorize_redirect' : '/mod/lti/auth.php'
      const to = new URL(path, login.get('iss') ?? '')
      for (const [key, value] of Object.entries(openidRequest(`http://localhost:${port}/launch`, login)))
        to.searchParams.set(key, value)
      res.writeHead(302, { Location: to.href }).end()
    } else {
      res.setHeader('Content-Type', 'text/html; charset=utf-8').end(PAGE)
    }
  }
  const server = createServer((req, res) => void answer(req, res))
  await new Promise<void>((resolve) => void server.listen(0, 'localhost', resolve))
  const { port } = server.address() as AddressInfo
  const url = `http://localhost:${port}`
  return {
    url,
    registration: {
      name,
      loginUrl: `${url}/login`,
      launchUrl: `${url}/launch`,
      jwksUrl: `${url}/jwks.json`,
      deepLinkingUrl: `${url}/choose`,
      domain: `localhost:${port}`,
    },
    sign: (claims, how = {}) =>
      new SignJWT(claims)
        .setProtectedHeader({ alg: how.alg ?? 'RS256', kid: how.kid ?? 'tool-1' })
        .sign(how.key ?? privateKey),
    async close() {
      server.closeAllConnections()
      await new Promise((resolve) => void server.close(resolve))
    },
  }
}

/** The OpenID request a correct tool answers a login initiation with. */
export function openidRequest(redirectUri: string, login: URLSearchParams): Record<string, string> {
  return {
    scope: 'openid',
    response_type: 'id_token',
    response_mode: 'form_post',
    prompt: 'none',
    client_id: login.get('client_id') ?? '',
    redirect_uri: redirectUri,
    login_hint: login.get('login_hint') ?? '',
    lti_message_hint: login.get('lti_message_hint') ?? '',
    state: randomUUID(),
    nonce: randomUUID(),
  }
}

/** The hidden fields of the form a page posts itself with, and where to. */
export function readForm(page: string): { action: string; fields: Record<string, string> } {
  const plain = (text: string) =>
    text
      .replaceAll('&quot;', '"')
      .replaceAll('&#39;', "'")
      .replaceAll('&lt;', '<')
      .replaceAll('&gt;', '>')
      .replaceAll('&amp;', '&')
  const fields = [...page.matchAll(/<input type="hidden" name="([^"]*)" value="([^"]*)"/g)].map(
    ([, key = '', value = '']) => [key, plain(value)] as const,
  )
  return { action: plain(/action="([^"]*)"/.exec(page)?.[1] ?? ''), fields: Object.fromEntries(fields) }
}

/** Opens a launch address and answers the login initiation the platform makes of it. */
export async function openLaunch(sim: LmsSimulator, query: Record<string, string>): Promise<URLSearchParams> {
  const response = await fetch(`${sim.url}/launch?${new URLSearchParams(query).toString()}`, { redirect: 'manual' })
  const location = response.headers.get('location')
  if (location !== null) return new URL(location).searchParams
  return new URLSearchParams(readForm(await response.text()).fields)
}

/** Asks the authorization endpoint as a tool's page would make the browser do, with changes. */
export async function askForToken(
  sim: LmsSimulator,
  tool: FakeTool,
  login: URLSearchParams,
  changes: Record<string, string | undefined> = {},
  headers: Record<string, string> = {},
): Promise<{ status: number; page: string; action: string; fields: Record<string, string> }> {
  const request = Object.entries({ ...openidRequest(tool.registration.launchUrl, login), ...changes })
  const sent = request.filter((entry): entry is [string, string] => entry[1] !== undefined)
  const url = `${sim.endpoints.authorization}?${new URLSearchParams(sent).toString()}`
  const response = await fetch(url, { headers })
  const page = await response.text()
  return { status: response.status, page, ...readForm(page) }
}

/** A good assertion for the token endpoint; changes are laid over its claims. */
export function assertion(
  sim: LmsSimulator,
  tool: FakeTool,
  ids: RegisteredTool,
  changes: Record<string, unknown> = {},
): Promise<string> {
  const now = Math.floor(Date.now() / 1000)
  return tool.sign({
    iss: ids.clientId,
    sub: ids.clientId,
    aud: sim.endpoints.token,
    iat: now - 5,
    exp: now + 300,
    jti: randomUUID(),
    ...changes,
  })
}

/** Asks for an access token and answers the whole response. */
export async function askForAccess(sim: LmsSimulator, jwt: string, scope: string): Promise<Response> {
  return fetch(sim.endpoints.token, {
    method: 'POST',
    body: new URLSearchParams({
      grant_type: 'client_credentials',
      client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
      client_assertion: jwt,
      scope,
    }),
  })
}
