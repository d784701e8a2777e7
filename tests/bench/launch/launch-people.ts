import { createSign, type KeyObject } from 'node:crypto'
import { Agent, request, type IncomingMessage } from 'node:http'
import type { Ready, Settings } from './wire.ts'

const LTI = 'https://purl.imsglobal.org/spec/lti/claim/'
export const PEOPLE = 400
const COURSES = 20

export type Target = Readonly<{
  server: Ready['ready']
  platform: Settings['platform']
  key: KeyObject
  kid: string
}>
/** For a time, or for a number of launches. */
export type Load = Readonly<{ concurrency: number } & ({ seconds: number } | { launches: number })>
export type Measured = Readonly<{ milliseconds: readonly number[]; failures: readonly string[] }>

/**
 * People of some courses opening the tool: as many at once as `concurrency`, each as soon as the last is in. One launch is
 * login, redirect, a token signed as the platform would, launch; it counts when the tool lets the person in.
 */
export async function launchPeople(target: Target, { concurrency, ...until }: Load): Promise<Measured> {
  const agent = new Agent({ keepAlive: true, maxSockets: concurrency })
  const milliseconds: number[] = []
  const failures: string[] = []
  const end = performance.now() + ('seconds' in until ? until.seconds * 1000 : Infinity)
  const most = 'launches' in until ? until.launches : Infinity
  let number = 0
  const one = async () => {
    while (performance.now() < end && number < most) {
      const person = number++
      const began = performance.now()
      const failure = await launch(target, agent, person)
      if (failure) failures.push(failure)
      else milliseconds.push(performance.now() - began)
    }
  }
  await Promise.all(Array.from({ length: concurrency }, one))
  agent.destroy()
  return { milliseconds, failures }
}

async function launch(
  { server, platform, key, kid }: Target,
  agent: Agent,
  person: number,
): Promise<string | undefined> {
  const origin = `http://127.0.0.1:${server.port}`
  const target = `${origin}${server.launchPath}`
  const login = await post(agent, `${origin}${server.loginPath}`, '', {
    iss: platform.issuer,
    client_id: platform.clientId,
    lti_deployment_id: platform.deploymentId,
    login_hint: `hint-${person}`,
    lti_message_hint: `message-${person}`,
    target_link_uri: target,
  })
  const location = login.headers.location
  if (login.statusCode !== 302 || !location) return `login answered ${login.statusCode}`
  const asked = new URL(location).searchParams
  const token = sign(claimsOf(platform, target, person, asked.get('nonce')!), key, kid)
  const cookies = (login.headers['set-cookie'] ?? []).map((cookie) => cookie.split(';')[0]).join('; ')
  const answer = await post(agent, target, cookies, { id_token: token, state: asked.get('state')! })
  const isIn = answer.statusCode === 200 || (answer.statusCode === 302 && answer.headers.location?.includes('ltik='))
  return isIn ? undefined : `launch answered ${answer.statusCode}`
}

function post(agent: Agent, url: string, cookie: string, fields: Record<string, string>): Promise<IncomingMessage> {
  const body = new URLSearchParams(fields).toString()
  const headers = {
    'content-type': 'application/x-www-form-urlencoded',
    'content-length': Buffer.byteLength(body),
    ...(cookie ? { cookie } : {}),
  }
  return new Promise((resolve, reject) => {
    const sent = request(url, { method: 'POST', agent, headers }, (answer) => {
      answer.resume()
      answer.once('end', () => resolve(answer))
      answer.once('error', reject)
    })
    sent.once('error', reject)
    sent.end(body)
  })
}

/** A token as the platform would sign it. */
export function sign(claims: object, key: KeyObject, kid: string): string {
  const text = [{ alg: 'RS256', typ: 'JWT', kid }, claims]
    .map((part) => Buffer.from(JSON.stringify(part)).toString('base64url'))
    .join('.')
  return `${text}.${createSign('sha256').update(text).sign(key, 'base64url')}`
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
