import { sign as signBytes, type KeyObject } from 'node:crypto'
import { Pool } from 'undici'
import type { Ready, Settings } from './wire.ts'

const LTI = 'https://purl.imsglobal.org/spec/lti/claim/'
export const PEOPLE = 400
const COURSES = 20
/** How many come at a time. */
const CLASS = 400

export type Target = Readonly<{
  server: Ready['ready']
  platform: Settings['platform']
  key: KeyObject
  kid: string
}>
/** For a time, or for a number of launches. */
export type Load = Readonly<{ concurrency: number } & ({ seconds: number } | { launches: number })>
/** `seconds` that the tool had something to do, and how long each launch took of its two requests. */
export type Measured = Readonly<{ seconds: number; milliseconds: readonly number[]; failures: readonly string[] }>

/**
 * People of some courses opening the tool: as many at once as `concurrency`, each as soon as another is in. They come in
 * classes: all log in, the platform signs a token for each, all launch. The clock stands while the platform signs, which
 * costs as much of the machine as a launch does and is nothing the tool does. A launch counts when the tool lets the
 * person in.
 */
export async function launchPeople(target: Target, { concurrency, ...until }: Load): Promise<Measured> {
  const pool = new Pool(`http://127.0.0.1:${target.server.port}`, { connections: concurrency })
  const milliseconds: number[] = []
  const failures: string[] = []
  let spent = 0
  const isOver = () => ('seconds' in until ? spent >= until.seconds * 1000 : milliseconds.length >= until.launches)
  for (let first = 0; !isOver() && !failures.length; first += CLASS) {
    const people = Array.from({ length: CLASS }, (_, index) => first + index)
    const [asked, forLogins] = await timed(() => inTurn(people, concurrency, (person) => logIn(target, pool, person)))
    const signed = asked.map((login) => answerOf(target, login))
    const [launched, forLaunches] = await timed(() =>
      inTurn(signed, concurrency, (login) => launch(target, pool, login)),
    )
    spent += forLogins + forLaunches
    for (const { failure, took } of launched)
      if (failure) failures.push(failure)
      else milliseconds.push(took)
  }
  await pool.close()
  return { seconds: spent / 1000, milliseconds, failures }
}

type Login = Readonly<{ person: number; took: number; asked: URLSearchParams; cookies: string; failure?: string }>

async function logIn({ server, platform }: Target, pool: Pool, person: number): Promise<Login> {
  const [login, took] = await timed(() =>
    post(pool, server.loginPath, '', {
      iss: platform.issuer,
      client_id: platform.clientId,
      lti_deployment_id: platform.deploymentId,
      login_hint: `hint-${person}`,
      lti_message_hint: `message-${person}`,
      target_link_uri: pageOf(server),
    }),
  )
  const failure = login.status === 302 && login.location ? {} : { failure: `login answered ${login.status}` }
  const asked = new URLSearchParams(login.location?.split('?')[1])
  return { person, took, asked, cookies: login.cookies, ...failure }
}

/** What the platform has the browser send to the tool. */
const answerOf = ({ server, platform, key, kid }: Target, login: Login) => ({
  ...login,
  state: login.asked.get('state') ?? '',
  token: sign(claimsOf(platform, pageOf(server), login.person, login.asked.get('nonce') ?? ''), key, kid),
})

async function launch({ server }: Target, pool: Pool, login: ReturnType<typeof answerOf>) {
  const fields = { id_token: login.token, state: login.state }
  const [answer, took] = await timed(() => post(pool, server.launchPath, login.cookies, fields))
  const isIn = answer.status === 200 || (answer.status === 302 && answer.location?.includes('ltik='))
  return { took: login.took + took, failure: login.failure ?? (isIn ? undefined : `launch answered ${answer.status}`) }
}

const pageOf = (server: Target['server']) => `http://127.0.0.1:${server.port}${server.launchPath}`

async function timed<T>(act: () => Promise<T>): Promise<readonly [T, number]> {
  const began = performance.now()
  return [await act(), performance.now() - began]
}

/** Each of the list, so many at once, in order. */
async function inTurn<A, B>(list: readonly A[], concurrency: number, act: (one: A) => Promise<B>): Promise<B[]> {
  const done: B[] = []
  const turns = list.entries()
  const one = async () => {
    for (const [index, item] of turns) done[index] = await act(item)
  }
  await Promise.all(Array.from({ length: concurrency }, one))
  return done
}

type Answer = Readonly<{ status: number; location: string | undefined; cookies: string }>

async function post(pool: Pool, path: string, cookie: string, fields: Record<string, string>): Promise<Answer> {
  const { statusCode, headers, body } = await pool.request({
    method: 'POST',
    path,
    headers: { 'content-type': 'application/x-www-form-urlencoded', ...(cookie && { cookie }) },
    body: new URLSearchParams(fields).toString(),
  })
  await body.dump()
  const cookies = [headers['set-cookie'] ?? []].flat().map((one) => one.split(';')[0])
  return { status: statusCode, location: [headers['location']].flat()[0], cookies: cookies.join('; ') }
}

/** A token as the platform would sign it. */
export function sign(claims: object, key: KeyObject, kid: string): string {
  const text = [{ alg: 'RS256', typ: 'JWT', kid }, claims]
    .map((part) => Buffer.from(JSON.stringify(part)).toString('base64url'))
    .join('.')
  return `${text}.${signBytes('sha256', Buffer.from(text), key).toString('base64url')}`
}

/** What a Canvas launch carries. */
export function claimsOf(platform: Settings['platform'], target: string, number: number, nonce: string) {
  const person = number % PEOPLE
  const course = person % COURSES
  const now = Math.floor(Date.now() / 1000)
  return {
    iss: platform.issuer,
    aud: platform.clientId,
    sub: `00000000-0000-4000-8000-${String(person).padStart(12, '0')}`,
    iat: now,
    exp: now + 3600,
    nonce,
    name: `Person ${person}`,
    given_name: 'Person',
    family_name: String(person),
    email: `person-${person}@campus.example`,
    locale: 'en',
    [`${LTI}version`]: '1.3.0',
    [`${LTI}message_type`]: 'LtiResourceLinkRequest',
    [`${LTI}deployment_id`]: platform.deploymentId,
    [`${LTI}target_link_uri`]: target,
    [`${LTI}resource_link`]: { id: `link-${course}`, title: 'Our cohort' },
    [`${LTI}context`]: {
      id: `course-${course}`,
      label: 'CEP 610',
      title: 'Community Engagement',
      type: ['CourseOffering'],
    },
    [`${LTI}roles`]: [
      'http://purl.imsglobal.org/vocab/lis/v2/institution/person#Student',
      'http://purl.imsglobal.org/vocab/lis/v2/membership#Learner',
    ],
    [`${LTI}tool_platform`]: { guid: 'g', name: 'Riverside State', product_family_code: 'canvas', version: 'cloud' },
    [`${LTI}launch_presentation`]: { document_target: 'iframe', locale: 'en', return_url: `${platform.issuer}/return` },
    [`${LTI}custom`]: { time_zone: 'America/New_York' },
    'https://purl.imsglobal.org/spec/lti-ags/claim/endpoint': {
      scope: [
        'https://purl.imsglobal.org/spec/lti-ags/scope/lineitem',
        'https://purl.imsglobal.org/spec/lti-ags/scope/score',
      ],
      lineitems: `${platform.issuer}/api/lti/courses/${course}/line_items`,
    },
    'https://purl.imsglobal.org/spec/lti-nrps/claim/namesroleservice': {
      context_memberships_url: `${platform.issuer}/api/lti/courses/${course}/names_and_roles`,
      service_versions: ['2.0'],
    },
  }
}
