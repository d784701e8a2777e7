import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import express from 'express'
import { pino } from 'pino'
import { listen } from '@copractice/http'
import { createLtiTool } from '@copractice/lti-tool/server'
import type { LmsSimulator } from '@copractice/lms-simulator'
import { seedNetwork, type SeededNetwork } from '@copractice/services/testing'
import type { Db } from '@copractice/store/database'
import { openTestDb } from '@copractice/store/testing'

export type Called<T> = Readonly<{ status: number; body: T }>

/** A person's browser after a launch: the session the page holds, and what they can call with it. */
export type Visit = Readonly<{
  status: number
  text: string
  headers: Headers
  startAt: string
  get: <T>(path: string) => Promise<Called<T>>
  post: <T>(path: string, body: unknown) => Promise<Called<T>>
}>

/** The whole tool over HTTP, on a seeded network of its own. */
export async function openWholeTool(clock: () => Date) {
  const open = await openTestDb()
  const seeded = await seedNetwork(open.db, { now: clock() })
  const folder = mkdtempSync(join(tmpdir(), 'copractice-contract-'))
  writeFileSync(join(folder, 'index.html'), '<html><head></head><body>the web app</body></html>')
  // The tool has to know its address, which is known once something listens there.
  const outer = express()
  const server = await listen(outer, 0, 'PORT', '127.0.0.1')
  const url = `http://localhost:${server.port}`
  const tool = createLtiTool({
    db: open.db,
    log: pino({ level: 'silent' }),
    publicUrl: url,
    secrets: ['a secret of the contract tests, long enough'],
    uploadFolder: folder,
    web: folder,
    allowLocalPlatforms: true,
    clock,
  })
  outer.use(tool.app)
  return {
    db: open.db,
    seeded,
    url,
    deliverScores: tool.deliverScores,
    connect: (lms: LmsSimulator, campus: 'riverside' | 'hillside') => connect(open.db, seeded, url, lms, campus),
    close: async () => {
      await server.close()
      await open.close()
      rmSync(folder, { recursive: true })
    },
  }
}
export type WholeTool = Awaited<ReturnType<typeof openWholeTool>>

/** Makes the seeded platform of a campus this simulator's. */
async function connect(
  db: Db,
  seeded: SeededNetwork,
  url: string,
  lms: LmsSimulator,
  campus: 'riverside' | 'hillside',
) {
  const { clientId, deploymentId } = lms.registerTool({
    name: 'Copractice',
    loginUrl: `${url}/lti/login`,
    launchUrl: `${url}/lti/launch`,
    jwksUrl: `${url}/lti/jwks.json`,
    deepLinkingUrl: `${url}/lti/launch`,
    domain: new URL(url).host,
  })
  const platform_id = seeded.platforms[campus]
  await db
    .updateTable('lti_platform')
    .set({
      profile: lms.profile,
      issuer: lms.issuer,
      client_id: clientId,
      authorization_endpoint: lms.endpoints.authorization,
      token_endpoint: lms.endpoints.token,
      jwks_uri: lms.endpoints.jwks,
      // A simulator that speaks as hosted Canvas answers elsewhere.
      confirmed_addresses: Object.values(lms.endpoints),
    })
    .where('id', '=', platform_id)
    .execute()
  const deployment = { network_id: seeded.networkId, platform_id, deployment_id: deploymentId }
  await db
    .insertInto('lti_deployment')
    .values(deployment)
    .onConflict((conflict) => conflict.doNothing())
    .execute()
}

/** Opens an address of the LMS as a browser would: cookies, redirects, pages that post themselves. */
export async function visit(lms: LmsSimulator, query: Record<string, string>): Promise<Visit> {
  const jar = new Map<string, Map<string, string>>()
  const answer = await follow(jar, new Request(`${lms.url}/launch?${new URLSearchParams(query).toString()}`))
  const session = /<script type="application\/json" id="session">(.*?)<\/script>/s.exec(answer.text)?.[1]
  const { token = '', startAt = '' } = (session ? JSON.parse(session) : {}) as { token?: string; startAt?: string }
  const origin = new URL(answer.url).origin
  const call = async <T>(method: string, path: string, body?: unknown): Promise<Called<T>> => {
    const response = await fetch(`${origin}${path}`, {
      method,
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    })
    const text = await response.text()
    return { status: response.status, body: (text ? JSON.parse(text) : undefined) as T }
  }
  return {
    ...answer,
    startAt,
    get: (path) => call('GET', path),
    post: (path, body) => call('POST', path, body),
  }
}

type Page = Readonly<{ status: number; text: string; headers: Headers; url: string }>

async function follow(jar: Map<string, Map<string, string>>, request: Request): Promise<Page> {
  const { origin } = new URL(request.url)
  const cookies = [...(jar.get(origin) ?? [])].map(([name, value]) => `${name}=${value}`).join('; ')
  const headers = new Headers(request.headers)
  if (cookies) headers.set('cookie', cookies)
  const answer = await fetch(new Request(request, { headers, redirect: 'manual' }))
  for (const line of answer.headers.getSetCookie()) {
    const [, name, value] = /^([^=]+)=([^;]*)/.exec(line) ?? []
    if (name) jar.set(origin, (jar.get(origin) ?? new Map<string, string>()).set(name, value ?? ''))
  }
  const location = answer.headers.get('location')
  if (location) return follow(jar, new Request(new URL(location, request.url)))
  const text = await answer.text()
  const page = { status: answer.status, text, headers: answer.headers, url: request.url }
  const form = text.includes('id="session"') ? null : /<form\b[^>]*\baction="([^"]+)"[^>]*>(.*?)<\/form>/s.exec(text)
  if (!form || (!text.includes('id_token') && !text.includes('login_hint'))) return page
  const fields = new URLSearchParams()
  for (const [, name = '', value = ''] of form[2]!.matchAll(/<input type="hidden" name="([^"]*)" value="([^"]*)"/g))
    fields.set(name, unescape(value))
  return follow(jar, new Request(new URL(unescape(form[1]!), request.url), { method: 'POST', body: fields }))
}

const ENTITIES: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', '#39': "'" }
const unescape = (text: string) => text.replaceAll(/&([#\w]+);/g, (whole, name: string) => ENTITIES[name] ?? whole)
