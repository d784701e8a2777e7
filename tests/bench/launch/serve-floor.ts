import { createHash, randomBytes } from 'node:crypto'
import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import express from 'express'
import { createRemoteJWKSet, jwtVerify } from 'jose'
import pg from 'pg'
import { readSettings, serveParent } from './wire.ts'

/**
 * The floor: Express, jose and pg with nothing around them, doing the least that is still correct. State is one row, used
 * once and only with the browser's cookie; the token is verified against a cached key set and its nonce, deployment and
 * target are checked; person, course, membership and link are kept, and a session is opened. No pages, no refusals worth
 * reading, no rosters, no headers.
 */

const { databaseUrl, platform } = readSettings()
const pool = new pg.Pool({ connectionString: databaseUrl, max: 10 })
await pool.query(`
  create table login (state bytea primary key, browser bytea not null, nonce text not null, target text not null, expires_at timestamptz not null);
  create table person (id uuid primary key default gen_random_uuid(), issuer text, client_id text, sub text, name text, email text, unique (issuer, client_id, sub));
  create table course (id uuid primary key default gen_random_uuid(), deployment_id text, context_id text, title text, line_items text, unique (deployment_id, context_id));
  create table member (course_id uuid, person_id uuid, roles text[], primary key (course_id, person_id));
  create table link (course_id uuid, resource_link_id text, title text, primary key (course_id, resource_link_id));
  create table session (token bytea primary key, person_id uuid not null, course_id uuid not null, expires_at timestamptz not null)`)

const LTI = 'https://purl.imsglobal.org/spec/lti/claim/'
const hash = (text: string) => createHash('sha256').update(text).digest()
const secret = () => randomBytes(32).toString('base64url')
const keys = createRemoteJWKSet(new URL(platform.jwksUri))
const app = express()
app.use(express.urlencoded({ extended: false }))

app.post('/lti/login', async (req, res) => {
  const { iss, client_id, login_hint, lti_message_hint, target_link_uri } = req.body as Record<string, string>
  if (iss !== platform.issuer || client_id !== platform.clientId) return void res.status(403).end()
  const [state, browser, nonce] = [secret(), secret(), secret()]
  await pool.query({
    name: 'login',
    text: `insert into login values ($1, $2, $3, $4, now() + interval '10 minutes')`,
    values: [hash(state), hash(browser), nonce, target_link_uri],
  })
  const asked = { scope: 'openid', response_type: 'id_token', response_mode: 'form_post', prompt: 'none' }
  const ours = { client_id, redirect_uri: target_link_uri!, login_hint: login_hint!, state, nonce }
  const query = new URLSearchParams({ ...asked, ...ours, lti_message_hint: lti_message_hint! }).toString()
  res.cookie('browser', browser, { httpOnly: true, secure: true, sameSite: 'none', partitioned: true })
  res.redirect(302, `${platform.authorization}?${query}`)
})

app.post('/lti/launch', async (req, res) => {
  const { id_token, state } = req.body as Record<string, string>
  const browser = /browser=([\w-]{43})/.exec(req.headers.cookie ?? '')?.[1] ?? ''
  const used = await pool.query<{ nonce: string; target: string }>({
    name: 'consume',
    text: 'delete from login where state = $1 and browser = $2 and expires_at > now() returning nonce, target',
    values: [hash(state!), hash(browser)],
  })
  const login = used.rows[0]
  if (!login) return void res.status(403).end()
  const options = { issuer: platform.issuer, audience: platform.clientId, algorithms: ['RS256'], clockTolerance: 60 }
  const { payload } = await jwtVerify(id_token!, keys, options)
  const course = payload[`${LTI}context`] as { id: string; title: string }
  const link = payload[`${LTI}resource_link`] as { id: string; title: string }
  const ags = payload['https://purl.imsglobal.org/spec/lti-ags/claim/endpoint'] as { lineitems: string }
  const isRight =
    payload['nonce'] === login.nonce &&
    payload[`${LTI}version`] === '1.3.0' &&
    payload[`${LTI}message_type`] === 'LtiResourceLinkRequest' &&
    payload[`${LTI}deployment_id`] === platform.deploymentId &&
    payload[`${LTI}target_link_uri`] === login.target
  if (!isRight) return void res.status(401).end()
  const token = secret()
  const told = [platform.issuer, platform.clientId, payload.sub, payload['name'], payload['email']]
  const where = [platform.deploymentId, course.id, course.title, ags.lineitems, link.id, link.title]
  const given = [...told, ...where, payload[`${LTI}roles`], hash(token)]
  const known = await pool.query({ name: 'known', text: KNOWN, values: given })
  if (!known.rowCount) await pool.query({ name: 'anew', text: ANEW, values: given })
  const session = JSON.stringify({ token, startAt: '/home' }).replaceAll('<', '\\u003c')
  const page = `<!doctype html><html lang="en"><head><title>Floor</title><script type="application/json" id="session">${session}</script></head><body><div id="root"></div></body></html>`
  res.set('cache-control', 'no-store').type('html').send(page)
})

/** A launch that tells nothing new writes nothing but its session. */
const KNOWN = `insert into session (token, person_id, course_id, expires_at)
  select $13, p.id, c.id, now() + interval '1 hour' from person p, course c, member m, link l
  where p.issuer = $1 and p.client_id = $2 and p.sub = $3 and p.name = $4 and p.email = $5
    and c.deployment_id = $6 and c.context_id = $7 and c.title = $8 and c.line_items = $9
    and l.course_id = c.id and l.resource_link_id = $10 and l.title = $11
    and m.course_id = c.id and m.person_id = p.id and m.roles = $12::text[]`
const ANEW = `with p as (
    insert into person (issuer, client_id, sub, name, email) values ($1, $2, $3, $4, $5)
    on conflict (issuer, client_id, sub) do update set name = excluded.name, email = excluded.email returning id
  ), c as (
    insert into course (deployment_id, context_id, title, line_items) values ($6, $7, $8, $9)
    on conflict (deployment_id, context_id) do update set title = excluded.title, line_items = excluded.line_items returning id
  ), l as (
    insert into link select c.id, $10, $11 from c on conflict (course_id, resource_link_id) do update set title = excluded.title
  ), m as (
    insert into member select c.id, p.id, $12::text[] from c, p on conflict (course_id, person_id) do update set roles = excluded.roles
  )
  insert into session select $13, p.id, c.id, now() + interval '1 hour' from p, c`

const server = app.listen(0, '127.0.0.1')
await once(server, 'listening')
serveParent({ port: (server.address() as AddressInfo).port, loginPath: '/lti/login', launchPath: '/lti/launch' })
