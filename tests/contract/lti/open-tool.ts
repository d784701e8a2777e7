import { once } from 'node:events'
import { request } from 'node:http'
import type { AddressInfo } from 'node:net'
import express from 'express'
import { pino } from 'pino'
import { createLti, type Lti } from '@copractice/lti'
import type { LmsSimulator, RegisteredTool } from '@copractice/lms-simulator'
import { admitLaunch, frameAncestors } from '@copractice/services/connection'
import type { Db, OpenDatabase } from '@copractice/store/database'
import { openTestDb } from '@copractice/store/testing'

/** What a platform posts, or a stranger. */
export type Fields = Readonly<Record<string, string>>
export type Reply = Readonly<{
  status: number
  headers: Headers
  text: string
  cookies: string
  code: string | undefined
}>
/** A browser as far as a launch goes: it keeps cookies, where it wants to. */
export type Browser = { cookies: string }

export type OpenTool = Readonly<{
  db: Db
  lti: Lti
  url: string
  networkId: string
  institutionId: string
  /** Makes the LMS known to us, and us to the LMS. */
  connect: (lms: LmsSimulator) => Promise<RegisteredTool & { platformId: string }>
  post: (path: string, fields: Fields | string, browser?: Browser, headers?: Fields) => Promise<Reply>
  get: (path: string, browser?: Browser, headers?: Fields) => Promise<Reply>
  close: () => Promise<void>
}>

/** The tool's LTI side over HTTP, on a database of its own; a launch that is let in is answered with its session as JSON. */
export async function openTool(
  clock: () => Date = () => new Date(),
  // A test comes from one address, faster than a class.
  requestsPerMinute = 1_000_000,
): Promise<OpenTool> {
  const open: OpenDatabase = await openTestDb()
  const { db } = open
  const { networkId, institutionId } = await seed(db)

  const app = express()
  const server = app.listen(0, '127.0.0.1')
  await once(server, 'listening')
  // Another site than the LMS, as in life: cookies and frames behave accordingly.
  const url = `http://localhost:${(server.address() as AddressInfo).port}`
  const log = pino({ level: 'silent' })
  const secrets = ['a secret of the contract tests, long enough'] as const
  const lti = createLti({ db, publicUrl: url, secrets, allowLocalPlatforms: true, log, clock, requestsPerMinute })
  app.use(
    lti.routes({
      frameAncestors: frameAncestors(db, clock),
      admit: (launch, ticket) => admitLaunch(db, launch, ticket, clock()),
      onLaunch: async (admission, launch, res) => {
        res.json({ ...admission, launch })
      },
    }),
  )
  app.use(((_error, _req, res, _next) => {
    res.status(500).json({ code: 'fault' })
  }) satisfies express.ErrorRequestHandler)

  return {
    db,
    lti,
    url,
    networkId,
    institutionId,
    connect: (lms) => connect(db, { networkId, institutionId }, url, lms),
    ...visitor(url),
    close: async () => {
      server.closeAllConnections()
      server.close()
      await open.close()
    },
  }
}

/** Sends to a server as a browser or a platform would, without following redirects. */
export function visitor(url: string): Pick<OpenTool, 'post' | 'get'> {
  const send = async (path: string, init: RequestInit, browser: Browser, headers: Fields): Promise<Reply> => {
    const cookie: Fields = browser.cookies ? { cookie: browser.cookies } : {}
    const response = await fetch(`${url}${path}`, { ...init, redirect: 'manual', headers: { ...cookie, ...headers } })
    const text = await response.text()
    const cookies = response.headers.getSetCookie().map((each) => each.split(';')[0]!)
    if (cookies.length) browser.cookies = cookies.join('; ')
    const code = /<code>([a-z]+\.[a-z_]+)<\/code>/.exec(text)?.[1]
    return { status: response.status, headers: response.headers, text, cookies: browser.cookies, code }
  }
  return {
    post: (path, fields, browser = { cookies: '' }, headers = {}) =>
      send(
        path,
        { method: 'POST', body: typeof fields === 'string' ? fields : new URLSearchParams(fields).toString() },
        browser,
        { 'content-type': 'application/x-www-form-urlencoded', ...headers },
      ),
    get: (path, browser = { cookies: '' }, headers = {}) => send(path, {}, browser, headers),
  }
}

async function seed(db: Db) {
  const network = await db
    .insertInto('network')
    .values({ name: 'A network', slug: 'a-network', time_zone: 'UTC' })
    .returning('id')
    .executeTakeFirstOrThrow()
  const institution = await db
    .insertInto('institution')
    .values({
      network_id: network.id,
      region_id: null,
      name: 'Riverside State',
      kind: 'campus',
      letter: 'R',
      colour: 1,
      time_zone: 'UTC',
      member_since: '2020-01-01',
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  return { networkId: network.id, institutionId: institution.id }
}

/** Registers a tool that LMSs reach at `url`. */
export async function connect(
  db: Db,
  { networkId, institutionId }: { networkId: string; institutionId: string },
  url: string,
  lms: LmsSimulator,
) {
  const ids = lms.registerTool({
    name: 'Copractice',
    loginUrl: `${url}/lti/login`,
    launchUrl: `${url}/lti/launch`,
    jwksUrl: `${url}/lti/jwks.json`,
    domain: new URL(url).host,
  })
  const platform = await db
    .insertInto('lti_platform')
    .values({
      network_id: networkId,
      institution_id: institutionId,
      profile: lms.profile,
      issuer: lms.issuer,
      client_id: ids.clientId,
      authorization_endpoint: lms.endpoints.authorization,
      token_endpoint: lms.endpoints.token,
      jwks_uri: lms.endpoints.jwks,
      // A simulator that speaks as hosted Canvas answers elsewhere.
      confirmed_addresses: Object.values(lms.endpoints),
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  await db
    .insertInto('lti_deployment')
    .values({ network_id: networkId, platform_id: platform.id, deployment_id: ids.deploymentId })
    .execute()
  return { ...ids, platformId: platform.id }
}

/** Sends bytes as they are, whatever they mean; answers the status. */
export function sendRaw(
  url: string,
  method: string,
  headers: Record<string, string>,
  body: Buffer | string,
): Promise<number> {
  return new Promise((resolve, reject) => {
    const req = request(
      url,
      { method, headers: { ...headers, 'content-length': String(Buffer.byteLength(body)) } },
      (res) => {
        res.resume()
        res.once('end', () => resolve(res.statusCode ?? 0))
        res.once('error', reject)
      },
    )
    req.once('error', reject)
    req.end(body)
  })
}
