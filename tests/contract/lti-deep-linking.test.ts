import { decodeJwt } from 'jose'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Placeable } from '@copractice/core/connection'
import type { RoundId } from '@copractice/core/kernel'
import { Rubric } from '@copractice/core/review'
import {
  startLmsSimulator,
  type LmsSimulator,
  type Profile,
  type SimulatedCourse,
  type SimulatedPerson,
} from '@copractice/lms-simulator'
import { openWholeTool, visit, type Visit, type WholeTool } from './lti/visit-tool.ts'
import { addRound } from '@copractice/services/testing'

const LTI = 'https://purl.imsglobal.org/spec/lti/claim/'
const DL = 'https://purl.imsglobal.org/spec/lti-dl/claim/'
const DAY = 86_400_000
const person = (id: string, name: string, role: SimulatedPerson['role']): SimulatedPerson => ({
  id,
  name,
  givenName: name,
  familyName: 'X',
  email: `${name.toLowerCase()}@x.example`,
  role,
})
const course = (id: string, changes: Partial<SimulatedCourse> = {}): SimulatedCourse => ({
  id,
  title: id === 'fall' ? 'CEP 610 Fall' : 'CEP 610 Spring',
  label: id,
  term: id,
  people: [person('11', 'Amara', 'learner'), person('12', 'Eleanor', 'instructor'), person('13', 'Tariq', 'ta')],
  links: [],
  ...changes,
})

type Listed = { items: Placeable[]; next: string | null }
type Answered = { returnUrl: string; jwt: string; code?: string; facts?: unknown }

describe.each<Profile>(['canvas', 'moodle'])('placing links in %s', (profile) => {
  let tool: WholeTool
  let lms: LmsSimulator
  let roundId: RoundId
  let now = new Date()
  beforeAll(async () => {
    tool = await openWholeTool(() => now)
    lms = await startLmsSimulator({ profile, name: 'Riverside State', port: 0, courses: [course('fall')] })
    await tool.connect(lms, 'riverside')
    roundId = await newRound()
  })
  afterAll(async () => {
    await lms.close()
    await tool.close()
  })

  const newRound = () =>
    addRound(tool.db, tool.seeded, now, {
      title: 'Action plan\nreview',
      instructions: 'Read kindly.',
      rubric: Rubric.parse({
        criteria: [
          {
            id: 'clarity',
            title: 'Clarity',
            description: '',
            levels: [
              { points: 0, label: 'Low', descriptor: '' },
              { points: 5, label: 'High', descriptor: '' },
            ],
            commentRequired: false,
          },
        ],
      }),
      sameCampus: 'avoid',
      submitUntil: new Date(now.getTime() + DAY),
      reviewUntil: new Date(now.getTime() + 8 * DAY),
    }).then(async (id) => {
      await tool.db.updateTable('review_round').set({ phase: 'submit' }).where('id', '=', id).execute()
      return id
    })

  const choose = (choice: 'navigation' | 'assignment' = 'assignment', who = '12') =>
    visit(lms, { course: 'fall', choose: choice, person: who })
  const placingOf = ({ startAt }: Visit) => startAt.replace('/place/', '')
  const list = async (at: Visit, kind: string, search = '') =>
    (await at.get<Listed>(`/api/placings/${placingOf(at)}/choices?kind=${kind}&search=${search}`)).body.items
  const answer = (at: Visit, chosen: readonly unknown[]) =>
    at.post<Answered>(`/api/placings/${placingOf(at)}/answer`, { chosen })
  const post = ({ returnUrl, jwt }: Answered) =>
    fetch(returnUrl, { method: 'POST', body: new URLSearchParams({ JWT: jwt }) })
  const pick = ({ kind, id }: Placeable) => ({ kind, id })
  const space = () => ({ kind: 'space', id: tool.seeded.cohortId })

  it('opens the page of the choice for who teaches, which may post to the LMS and nowhere else', async () => {
    const at = await choose()
    expect([at.status, at.startAt]).toEqual([200, expect.stringMatching(/^\/place\/[0-9a-f-]{36}$/)])
    const policy = `form-action 'self' ${new URL(lms.url).origin};`
    expect(at.headers.get('content-security-policy')).toContain(policy)
    const again = await fetch(`${tool.url}${at.startAt}`)
    expect(again.headers.get('content-security-policy')).toContain(policy)
    const other = await fetch(`${tool.url}/place/00000000-0000-4000-8000-000000000000`)
    expect(other.headers.get('content-security-policy')).toContain("form-action 'self';")
    const asked = await at.get(`/api/placings/${placingOf(at)}`)
    expect(asked.body).toEqual({
      course: 'CEP 610 Fall',
      lms: profile,
      takesLinks: true,
      takesSeveral: profile === 'moodle',
      takesColumns: true,
    })
  })

  it('lists what there is by kind, page by page and by name', async () => {
    const at = await choose()
    expect(await list(at, 'space')).toMatchObject([{ kind: 'space', title: 'Willow cohort' }])
    expect(await list(at, 'practice')).toMatchObject([{ kind: 'practice', id: tool.seeded.cohortId }])
    expect((await list(at, 'meeting')).map(({ title }) => title)).toEqual(['Stories into principles', 'Workshop'])
    expect((await list(at, 'meeting', 'workshop')).map(({ title }) => title)).toEqual(['Workshop'])
    expect(await list(at, 'round')).toMatchObject([{ kind: 'round', id: roundId, workMaximum: 20 }])
    expect(await list(at, 'convening')).toEqual([])
    const page = await at.get<Listed>(`/api/placings/${placingOf(at)}/choices?kind=meeting&limit=1`)
    const rest = await at.get<Listed>(
      `/api/placings/${placingOf(at)}/choices?kind=meeting&limit=1&after=${page.body.next}`,
    )
    expect([page.body.items.length, rest.body.items[0]?.title, rest.body.next]).toEqual([1, 'Workshop', null])
  })

  it('places a round with its column, which the link opens and scores go to: no second one is made', async () => {
    const at = await choose()
    const [round] = await list(at, 'round')
    const { body } = await answer(at, [pick(round!)])
    const claims = decodeJwt(body.jwt)
    expect(claims).toMatchObject({
      aud: lms.issuer,
      [`${LTI}message_type`]: 'LtiDeepLinkingResponse',
      [`${LTI}version`]: '1.3.0',
      [`${DL}content_items`]: [
        {
          type: 'ltiResourceLink',
          title: 'Action plan review',
          custom: { cohort: tool.seeded.cohortId, round: roundId },
          lineItem: { scoreMaximum: 20, resourceId: roundId, tag: 'work', label: 'Action plan review: work' },
        },
      ],
    })
    expect(claims).not.toHaveProperty(`${DL}data`)
    const placed = await save(await post(body))
    expect(placed).toBe(200)
    const link = lms.links('fall').at(-1)!
    expect(JSON.stringify(link.custom)).not.toContain('\\n')
    const opened = await visit(lms, { course: 'fall', link: link.id, person: '12' })
    expect(opened.startAt).toBe(`/reviews/rounds/${roundId}`)
    const columns = lms.gradebook('fall').columns
    expect(columns).toMatchObject([{ tag: 'work', resourceId: roundId, scoreMaximum: 20 }])
    const known = await tool.db.selectFrom('line_item').selectAll().where('round_id', '=', roundId).execute()
    expect(known).toMatchObject([{ grade_column: 'work', url: columns[0]!.url }])
  })

  it(`takes ${profile === 'moodle' ? 'several at once' : 'one'}, and refuses more than the LMS does`, async () => {
    const at = await choose(profile === 'moodle' ? 'navigation' : 'assignment')
    const [meeting] = await list(at, 'meeting')
    const before = lms.links('fall').length
    const both = await answer(at, [space(), pick(meeting!), space()])
    expect([both.status, both.body.code ?? null]).toEqual(
      profile === 'moodle' ? [201, null] : [409, 'placing.too_many'],
    )
    const chosen = profile === 'moodle' ? both : await answer(at, [space()])
    expect(await save(await post(chosen.body))).toBe(200)
    expect(lms.links('fall')).toHaveLength(before + (profile === 'moodle' ? 2 : 1))
  })

  it('places a convening’s registration, which a learner opens from the course and registers with', async () => {
    const { networkId, regionId } = tool.seeded
    const convening = (name: string, status: 'open' | 'draft' | 'closed') => ({
      network_id: networkId,
      region_id: regionId,
      name,
      slug: `${name.toLowerCase()}-${profile}`,
      starts_at: new Date(now.getTime() + 10 * DAY),
      ends_at: new Date(now.getTime() + 10.2 * DAY),
      time_zone: 'America/New_York',
      place: 'Hollis Hall',
      join_url: null,
      capacity: 40,
      registration_closes_at: new Date(now.getTime() + 8 * DAY),
      status,
    })
    const rows = [convening('Gathering', 'open'), convening('Plan', 'draft'), convening('Past', 'closed')]
    const ids = await tool.db.insertInto('convening').values(rows).returning('id').execute()
    const at = await choose('navigation')
    const offered = await list(at, 'convening')
    expect(offered).toMatchObject([{ kind: 'convening', title: 'Gathering', region: 'Three Rivers' }])
    expect((await answer(at, [{ kind: 'convening', id: ids[1]!.id }])).body.code).toBe('placing.not_offered')
    const { body } = await answer(at, [pick(offered[0]!)])
    expect(decodeJwt(body.jwt)[`${DL}content_items`]).toMatchObject([
      { title: 'Gathering', text: 'Three Rivers', custom: { convening: ids[0]!.id } },
    ])
    expect(await save(await post(body))).toBe(200)
    const opened = await visit(lms, { course: 'fall', link: lms.links('fall').at(-1)!.id, person: '11' })
    expect(opened.startAt).toBe(`/convenings/${ids[0]!.id}`)
    const here = `/api/course-convenings/${ids[0]!.id}`
    expect((await opened.get(here)).body).toMatchObject({ name: 'Gathering', registration: 'open', mine: null })
    const { body: registered } = await opened.post(`${here}/registration`, { interests: 'Soil' })
    expect(registered).toMatchObject({ mine: 'registered' })
  })

  it('brings each of several rounds with a column of its own, where the LMS takes several', async () => {
    const second = await newRound()
    const at = await choose('navigation')
    expect((await at.get(`/api/placings/${placingOf(at)}`)).body).toMatchObject({ takesSeveral: true })
    const { body } = await answer(at, [space(), { kind: 'round', id: second }, { kind: 'practice', id: space().id }])
    const items = decodeJwt(body.jwt)[`${DL}content_items`] as { lineItem?: { resourceId: string } }[]
    expect(items.map(({ lineItem }) => lineItem?.resourceId ?? null)).toEqual([null, second, null])
    const before = lms.links('fall').length
    expect(await save(await post(body))).toBe(200)
    expect(lms.links('fall')).toHaveLength(before + 3)
    const [practice] = lms.links('fall').slice(-1)
    expect((await visit(lms, { course: 'fall', link: practice!.id, person: '12' })).startAt).toBe('/home#h-prompt')
    expect(lms.gradebook('fall').columns.map(({ resourceId }) => resourceId)).toContain(second)
  })

  it('goes back with nothing when it is cancelled, and the LMS takes an answer once', async () => {
    const at = await choose()
    const before = lms.links('fall').length
    const { body } = await answer(at, [])
    expect(decodeJwt(body.jwt)[`${DL}content_items`]).toEqual([])
    expect((await post(body)).status).toBe(200)
    expect((await post(body)).status).toBe(400)
    expect(lms.links('fall')).toHaveLength(before)
  })

  it.each([58, -58])('places with a clock that is %i s ahead of the LMS’s', async (by) => {
    const before = now
    now = new Date(Date.now() + by * 1000)
    const { body } = await answer(await choose(), [])
    now = before
    expect((await post(body)).status).toBe(200)
  })

  it('refuses what it did not offer, somebody else’s choice, and one whose hour is over', async () => {
    const at = await choose()
    const gone = { kind: 'round', id: '00000000-0000-4000-8000-000000000000' }
    expect((await answer(at, [gone])).body.code).toBe('placing.not_offered')
    expect((await answer(at, [{ kind: 'meeting', id: tool.seeded.meetings.past }])).body.code).toBe(
      'placing.not_offered',
    )
    const assistant = await choose('assignment', '13')
    const others = `/api/placings/${placingOf(at)}`
    expect((await assistant.get<Answered>(others)).body.code).toBe('placing.unknown')
    expect((await assistant.post<Answered>(`${others}/answer`, { chosen: [space()] })).status).toBe(404)

    const before = now
    now = new Date(before.getTime() + 59 * 60_000)
    expect((await answer(at, [space()])).status).toBe(201)
    await tool.db
      .updateTable('space_session')
      .set({ expires_at: new Date(before.getTime() + DAY) })
      .execute()
    now = new Date(before.getTime() + 61 * 60_000)
    expect((await answer(at, [space()])).body.code).toBe('placing.unknown')
    now = before
  })

  it('gives the LMS’s own data back as it came, and lets none be changed', async () => {
    lms.onIdToken((draft) => withSettings(draft, { data: 'kept <as> it "is"' }))
    const at = await choose()
    const { body } = await answer(at, [space()])
    expect(decodeJwt(body.jwt)[`${DL}data`]).toBe('kept <as> it "is"')
    // This LMS sent none of its own, so it takes none back.
    expect((await post(body)).status).toBe(400)
  })

  it('refuses a learner in plain words, a request without an address to go back to, and one that leads elsewhere', async () => {
    const learner = { [`${LTI}roles`]: ['http://purl.imsglobal.org/vocab/lis/v2/membership#Learner'] }
    lms.onIdToken((draft) => ({ ...draft, claims: { ...draft.claims, ...learner } }))
    const refused = await choose()
    expect([refused.status, refused.text]).toEqual([403, expect.stringContaining('launch.not_instructor')])
    expect(refused.text).toContain('Only those who teach a course place links in it')
  })

  it('46 rejects a request without settings, without a return address, or with one that is not the LMS’s', async () => {
    for (const changes of [{ deep_link_return_url: undefined }, { deep_link_return_url: 'https://evil.example/x' }]) {
      lms.onIdToken((draft) => withSettings(draft, changes))
      const at = await choose()
      expect([at.status, at.text]).toEqual([400, expect.stringContaining('launch.claim_refused')])
    }
    lms.onIdToken((draft) => ({
      ...draft,
      claims: { ...draft.claims, [`${DL}deep_linking_settings`]: undefined },
    }))
    expect((await choose()).text).toContain('launch.claim_refused')
  })

  it('goes back to a site of the school’s own only where the LMS has named it for something else', async () => {
    const school = `https://${profile}.riverside.example`
    const back = { deep_link_return_url: `${school}/courses/1/deep_linking_response?data=x` }
    const launched = () => visit(lms, { course: 'fall', link: lms.links('fall')[0]!.id, person: '12' })
    const NRPS = 'https://purl.imsglobal.org/spec/lti-nrps/claim/namesroleservice'
    const served = (draft: Draft) => ({
      ...(draft.claims[NRPS] as object),
      context_memberships_url: `${school}/members`,
    })

    lms.onIdToken((draft) => withSettings(draft, back))
    expect((await choose()).text).toContain('launch.claim_refused')

    lms.onIdToken((draft) => withSettings({ ...draft, claims: { ...draft.claims, [NRPS]: served(draft) } }, back))
    const first = await choose()
    expect(first.startAt).toMatch(/^\/place\//)
    expect(first.headers.get('content-security-policy')).toContain(`form-action 'self' ${school};`)
    expect(first.headers.get('content-security-policy')).toMatch(new RegExp(`frame-ancestors [^;]*${school}`))
    expect((await answer(first, [space()])).body.returnUrl).toBe(back.deep_link_return_url)

    // From now on it is known, also to a message that names it nowhere else; what a plain launch names is no less known.
    lms.onIdToken((draft) => withSettings(draft, back))
    expect((await choose()).startAt).toMatch(/^\/place\//)
    const PRESENTATION = `${LTI}launch_presentation`
    const presented = (site: string) => (draft: Draft) => ({
      ...draft,
      claims: {
        ...draft.claims,
        sub: '4711',
        [PRESENTATION]: { ...(draft.claims[PRESENTATION] as object), return_url: `${site}/courses/1` },
      },
    })
    lms.onIdToken(presented('https://other.riverside.example'))
    expect((await launched()).headers.get('content-security-policy')).toContain('https://other.riverside.example')
    lms.onIdToken((draft) => withSettings(draft, { deep_link_return_url: 'https://other.riverside.example/x' }))
    expect((await choose()).startAt).toMatch(/^\/place\//)
    const insecure = presented('http://insecure.riverside.example')
    lms.onIdToken((draft) =>
      withSettings(insecure(draft), { deep_link_return_url: 'http://insecure.riverside.example/x' }),
    )
    expect((await choose()).text).toContain('launch.claim_refused')
  })

  it('47 accepts a request without a person, who becomes no member of the course and stays nobody', async () => {
    const members = async () => (await tool.db.selectFrom('course_member').select('person_id').execute()).length
    const lasting = async () => ({
      people: (await tool.db.selectFrom('person').select('id').where('is_anonymous', '=', false).execute()).length,
      identities: (await tool.db.selectFrom('identity').select('id').execute()).length,
    })
    const [before, stayed] = [await members(), await lasting()]
    lms.onIdToken((draft) => ({ ...draft, claims: { ...draft.claims, sub: undefined } }))
    const at = await choose()
    expect(at.startAt).toMatch(/^\/place\//)
    expect((await answer(at, [space()])).status).toBe(201)
    expect(await members()).toBe(before)
    expect(await lasting()).toEqual(stayed)
  })

  it('says why nothing can be placed where the LMS takes no links', async () => {
    lms.onIdToken((draft) => withSettings(draft, { accept_types: ['html'] }))
    const at = await choose()
    expect((await at.get(`/api/placings/${placingOf(at)}`)).body).toMatchObject({ takesLinks: false })
    expect((await answer(at, [space()])).body.code).toBe('placing.links_not_taken')
    const claims = decodeJwt((await answer(at, [])).body.jwt)
    expect([claims[`${DL}content_items`], typeof claims[`${DL}errormsg`]]).toEqual([[], 'string'])
  })

  it('brings no column where the LMS takes none', async () => {
    lms.onIdToken((draft) => withSettings(draft, { accept_lineitem: false }))
    const at = await choose('navigation')
    const { body } = await answer(at, [{ kind: 'round', id: roundId }])
    expect((decodeJwt(body.jwt)[`${DL}content_items`] as object[])[0]).not.toHaveProperty('lineItem')
  })

  it('is shown by the LMS that the launch came from and by no other, in headers that any proxy takes', async () => {
    lms.onIdToken((draft) => draft)
    await sql`insert into lti_platform (network_id, institution_id, profile, issuer, client_id, authorization_endpoint,
        token_endpoint, jwks_uri, last_launch_at)
      select network_id, institution_id, 'other', 'https://lms-' || n || '.' || repeat('x', 60) || '.example', 'c', 'https://a.example/a',
        'https://a.example/t', 'https://a.example/k', now() + interval '1 hour'
      from lti_platform, generate_series(1, 300) n where issuer = ${lms.issuer}`.execute(tool.db)
    // What was read of the LMSs is old by then, and read anew.
    const before = now
    now = new Date(now.getTime() + 2 * 3_600_000)
    const page = await fetch(`${tool.url}/home`)
    now = before
    const framers = ({ headers }: { headers: Headers }) =>
      /frame-ancestors ([^;]*)/.exec(headers.get('content-security-policy') ?? '')?.[1]?.split(' ') ?? []
    const length = ({ headers }: { headers: Headers }) =>
      [...headers].reduce((sum, [name, value]) => sum + name.length + value.length + 4, 0)
    const at = await choose()
    expect(framers(at)).toContain(new URL(lms.url).origin)
    expect(framers(at).filter((origin) => origin.startsWith('https://lms-'))).toEqual([])
    // The page itself, asked for without a launch, holds no session: any LMS that is connected may show it, as far as they fit.
    expect(framers(page).length).toBeGreaterThan(10)
    for (const each of [at, page]) expect(length(each)).toBeLessThan(3500)
    await sql`delete from lti_platform where issuer like 'https://lms-%'`.execute(tool.db)
  })

  type Draft = { claims: Record<string, unknown>; how: object }
  const withSettings = (draft: Draft, changes: Record<string, unknown>) => {
    const name = `${DL}deep_linking_settings`
    const settings = { ...(draft.claims[name] as object), ...changes }
    return { ...draft, claims: { ...draft.claims, [name]: settings } }
  }

  /** Moodle's teacher still has to press Save. */
  async function save(response: Response): Promise<number> {
    const text = await response.text()
    const key = /name="key" value="([^"]+)"/.exec(text)?.[1]
    if (profile === 'canvas' || !key) return response.status
    const cookie = `lms_moodle_${new URL(lms.url).port}=12`
    const saved = await fetch(`${lms.url}/courses/fall/save-choice`, {
      method: 'POST',
      redirect: 'manual',
      headers: { cookie },
      body: new URLSearchParams({ key }),
    })
    return saved.status < 400 ? 200 : saved.status
  }
})
