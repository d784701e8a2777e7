import { z } from 'zod'
import { MEDIA, SCOPES } from '../services/scopes.ts'
import type { LmsSimulator, Profile, RegisteredTool, SimulatedCourse, SimulatorOptions } from '../options.ts'
import { startLmsSimulator } from '../start-simulator.ts'
import { askForAccess, assertion, startFakeTool, type FakeTool } from './fake-tool.ts'

const IDS = {
  canvas: [
    '8f3c2f4e-0b53-4c4e-9d57-5a4a3e6c1f01',
    '2d7f6f2c-4a0e-4d83-8a0e-6b1f9d2a7e02',
    'c0a8e1d2-7b64-4f0a-b1c3-9e8d7f6a5b03',
  ],
  moodle: ['11', '12', '13'],
}

/** A course with two learners, an instructor, a teaching assistant and an admin; one link of each kind. */
export function sampleCourse(profile: Profile): SimulatedCourse {
  const [amara = '', daniel = '', eleanor = ''] = IDS[profile]
  const person = (id: string, givenName: string, familyName: string) => ({
    id,
    givenName,
    familyName,
    name: `${givenName} ${familyName}`,
    email: `${givenName.toLowerCase()}@campus.example`,
  })
  return {
    id: 'cep-610',
    title: 'Community Engagement Fundamentals',
    label: 'CEP 610',
    term: 'Fall 2026',
    people: [
      { ...person(amara, 'Amara', 'Okonjo'), role: 'learner', pronouns: 'she/her', timeZone: 'America/New_York' },
      { ...person(daniel, 'Daniel', 'Oyelaran'), role: 'learner' },
      { ...person(eleanor, 'Eleanor', 'Voss'), role: 'instructor' },
      { ...person(profile === 'canvas' ? '5e0d3f0a-1c2b-4d3e-8f4a-0b1c2d3e4f04' : '14', 'Tariq', 'Aziz'), role: 'ta' },
      { ...person(profile === 'canvas' ? '6f1e4a1b-2d3c-4e4f-9a5b-1c2d3e4f5a05' : '15', 'Ada', 'Min'), role: 'admin' },
    ],
    links: [
      {
        id: 'willow',
        title: 'Willow cohort',
        kind: 'navigation',
        custom: { cohort: 'willow', history: '$Context.id.history', odd: '$Nobody.knows' },
      },
      { id: 'round', title: 'Action plan review', kind: 'assignment', scoreMaximum: 20 },
    ],
    gradebook: [{ id: 'week-3', label: 'Week 3 reflection', scoreMaximum: 10, scores: { [amara]: 9, [daniel]: 8 } }],
  }
}

export type Campus = {
  sim: LmsSimulator
  tool: FakeTool
  ids: RegisteredTool
  learner: string
  other: string
  teacher: string
  /** An access token for all scopes, or for these. */
  access(scopes?: string[]): Promise<string>
  call(url: string, headers?: Record<string, string>, init?: { method?: string; body?: string }): Promise<Response>
  /** Adds a column and answers its URL. */
  addColumn(more?: Record<string, unknown>): Promise<string>
  /** Posts a score: FullyGraded, of 20, stamped now, with changes. */
  score(itemUrl: string, changes: Record<string, unknown>): Promise<Response>
  close(): Promise<void>
}

/** A simulator and a fake tool that know each other. */
export async function openCampus(profile: Profile, changes: Partial<SimulatorOptions> = {}): Promise<Campus> {
  const sim = await startLmsSimulator({
    profile,
    name: 'Riverside State',
    port: 0,
    courses: [sampleCourse(profile)],
    ...changes,
  })
  const tool = await startFakeTool()
  const ids = sim.registerTool(tool.registration)
  const [learner = '', other = '', teacher = ''] = IDS[profile]
  const access = async (scopes = SCOPES) => {
    const response = await askForAccess(sim, await assertion(sim, tool, ids), scopes.join(' '))
    return z.object({ access_token: z.string() }).parse(JSON.parse(await response.text())).access_token
  }
  const call: Campus['call'] = async (url, headers = {}, init = {}) =>
    fetch(url, { ...init, headers: { Authorization: `Bearer ${await access()}`, ...headers } })
  return {
    sim,
    tool,
    ids,
    learner,
    other,
    teacher,
    access,
    call,
    async addColumn(more = {}) {
      const body = JSON.stringify({ label: 'Work', scoreMaximum: 20, ...more })
      const response = await call(
        serviceUrls(sim).lineitems,
        { 'Content-Type': MEDIA.lineitem },
        { method: 'POST', body },
      )
      return z.object({ id: z.string() }).parse(JSON.parse(await response.text())).id
    },
    async score(itemUrl, changes) {
      const body = JSON.stringify({
        timestamp: new Date().toISOString(),
        activityProgress: 'Completed',
        gradingProgress: 'FullyGraded',
        scoreMaximum: 20,
        ...changes,
      })
      return call(under(itemUrl, 'scores'), { 'Content-Type': MEDIA.score }, { method: 'POST', body })
    },
    async close() {
      await sim.close()
      await tool.close()
    },
  }
}

const claims = z.object({
  'https://purl.imsglobal.org/spec/lti-ags/claim/endpoint': z.object({
    lineitems: z.string(),
    lineitem: z.string().optional(),
  }),
  'https://purl.imsglobal.org/spec/lti-nrps/claim/namesroleservice': z.object({ context_memberships_url: z.string() }),
})

/** The service addresses a launch of this link tells. */
export function serviceUrls(
  sim: LmsSimulator,
  link = 'round',
): { lineitems: string; lineitem: string | undefined; memberships: string } {
  const told = claims.parse(sim.idTokenClaims({ link }))
  const { lineitems, lineitem } = told['https://purl.imsglobal.org/spec/lti-ags/claim/endpoint']
  return {
    lineitems,
    lineitem,
    memberships: told['https://purl.imsglobal.org/spec/lti-nrps/claim/namesroleservice'].context_memberships_url,
  }
}

/** `scores` or `results` of a line item: on the path, before the query. */
export function under(itemUrl: string, part: 'scores' | 'results'): string {
  const url = new URL(itemUrl)
  url.pathname += `/${part}`
  return url.href
}
