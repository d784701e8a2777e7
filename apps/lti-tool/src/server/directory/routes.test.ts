import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import {
  chooseMyCohort,
  editMe,
  endSession,
  getSession,
  listMyCohorts,
  renewSession,
  requestSignIn,
  resumeSession,
  verifySignIn,
} from '@copractice/core/directory'
import { getCohortHome } from '@copractice/core/cohort'
import { addCohort, seedNetwork } from '@copractice/services/testing'
import { startTool, type StartedTool } from '../testing/start-tool.ts'

const MINUTE = 60_000
const start = new Date('2026-11-17T12:00:00Z')
let tool: StartedTool
beforeAll(async () => {
  tool = await startTool(start)
})
beforeEach(() => {
  tool.clock.now = start
})
afterAll(() => tool.close())
const later = (minutes: number) => (tool.clock.now = new Date(start.getTime() + minutes * MINUTE))

describe('a session', () => {
  it('tells a seated learner their cohort, campus, course and what they may do', async () => {
    const ana = await tool.as('ana', { link: tool.seeded.links.riverside })
    const { status, value } = await ana(getSession)
    expect(status).toBe(200)
    expect(value).toMatchObject({
      person: { id: tool.seeded.people.ana, name: 'Ana Okonjo', pronouns: 'she/her', timeZone: null },
      campus: { name: 'Riverside State', letter: 'R', colour: 1 },
      course: { id: tool.seeded.courses.riverside, title: 'CEP 610', role: 'learner' },
      cohort: { id: tool.seeded.cohortId, name: 'Willow cohort' },
      standing: 'member',
      waitlistPlace: null,
      can: { enter: true, post: true, leave: true, join: false, setUpRounds: false, writePrompt: false },
      counts: { reviewsWaiting: 0 },
      startAt: { page: 'home', roundId: null },
    })
  })

  it.each([
    ['ben', 'riverside', 'may_join'],
    ['ben', 'unbound', 'not_yet_chosen'],
    ['rosa', 'unbound', 'choose_cohort'],
    ['rosa', 'riverside', 'instructor'],
  ] as const)('of %s in the %s link stands as %s', async (who, link, standing) => {
    const call = await tool.as(who, { link: tool.seeded.links[link] })
    expect((await call(getSession)).value.standing).toBe(standing)
  })

  it('is 401 session.ended without a token, with a made-up one, and after its hour', async () => {
    expect(await tool.callWith(undefined, getSession)).toMatchObject({
      status: 401,
      problem: { code: 'session.ended' },
    })
    expect(await tool.callWith('x'.repeat(43), getSession)).toMatchObject({ status: 401 })
    const ana = await tool.as('ana')
    later(60)
    expect(await ana(getSession)).toMatchObject({ status: 401 })
  })

  it('renewed gives a new token; the old one holds until who never got it has asked again, and no longer', async () => {
    const ana = await tool.as('ana', { link: tool.seeded.links.riverside })
    const renewed = await ana(renewSession)
    expect(renewed.value.expiresAt).toEqual(new Date(start.getTime() + 60 * MINUTE))
    later(2.9)
    expect((await ana(renewSession)).status).toBe(201)
    expect((await ana(getSession)).status).toBe(200)
    later(3)
    expect((await ana(getSession)).status).toBe(401)
    expect((await tool.callWith(renewed.value.token, getSession)).value.cohort?.id).toBe(tool.seeded.cohortId)
  })

  it('cannot be renewed beyond a day', async () => {
    let token = (await tool.as('ana')).token
    for (let minutes = 50; minutes < 24 * 60; minutes += 50) {
      later(minutes)
      const renewed = await tool.callWith(token, renewSession)
      expect(renewed.status).toBe(201)
      token = renewed.value.token
    }
    later(24 * 60)
    expect((await tool.callWith(token, getSession)).status).toBe(401)
  })

  it('ended holds no longer', async () => {
    const ana = await tool.as('ana')
    const { token } = (await ana(renewSession)).value
    expect((await tool.callWith(token, endSession)).status).toBe(204)
    expect((await tool.callWith(token, getSession)).status).toBe(401)
    // Nor does the one before it, whose minutes are not over.
    expect((await ana(getSession)).status).toBe(401)
    expect((await ana(renewSession)).status).toBe(401)
  })

  it('takes a name, pronouns and a time zone, and refuses zones that are none', async () => {
    const hana = await tool.as('hana')
    const body = { name: 'Hana W.', pronouns: 'she/her', timeZone: 'Europe/Berlin' }
    expect((await hana(editMe, { body })).value).toMatchObject(body)
    expect((await hana(editMe, { body: { pronouns: null } })).value).toMatchObject({ name: 'Hana W.', pronouns: null })
    expect((await hana(editMe, { body: {} })).status).toBe(200)
    const headers = { authorization: `Bearer ${hana.token}` }
    const refused = await tool.raw('PATCH', '/api/me', headers, { timeZone: 'Mars/Olympus' })
    expect(refused.status).toBe(422)
    expect(await refused.json()).toMatchObject({ facts: { fields: [{ field: 'timeZone' }] } })
  })
})

describe('sign-in by e-mail', () => {
  const dora = () => `dora@${tool.seeded.slug}.example`
  const linkFor = async (email: string) => {
    expect((await tool.callWith(undefined, requestSignIn, { body: { email } })).status).toBe(201)
    return /https:\/\/space\.example\/sign-in#(\w+)/.exec((await tool.mailsTo(email)).at(-1)!.body_text)![1]!
  }

  it('opens the partner’s cohort, once for each link, and again from the same browser', async () => {
    const token = await linkFor(dora())
    const response = await tool.raw('POST', '/api/sign-in/verify', {}, { token })
    expect(response.status).toBe(201)
    const session = (await response.json()) as { token: string }
    expect(await tool.callWith(session.token, getSession)).toMatchObject({
      value: { standing: 'member', course: null, campus: { name: 'Tenth Street Food Hub' }, can: { enter: true } },
    })
    expect((await tool.callWith(session.token, getCohortHome)).status).toBe(200)

    const spent = await tool.callWith(undefined, verifySignIn, { body: { token } })
    expect(spent).toMatchObject({ status: 410, problem: { code: 'sign_in.link_spent' } })

    const cookie = response.headers
      .getSetCookie()
      .map((one) => one.split(';')[0])
      .join('; ')
    const resumed = await tool.raw('POST', '/api/session/resume', { cookie })
    expect(resumed.status).toBe(201)
    const fresh = (await resumed.json()) as { token: string }
    expect(fresh.token).not.toBe(session.token)
    await tool.raw('POST', '/api/session/end', { cookie, authorization: `Bearer ${fresh.token}` })
    expect((await tool.raw('POST', '/api/session/resume', { cookie })).status).toBe(401)
  })

  it('answers an unknown address like a known one and mails nobody', async () => {
    const asked = await tool.callWith(undefined, requestSignIn, { body: { email: 'stranger@x.example' } })
    expect(asked).toMatchObject({ status: 201, value: { linkHoldsMinutes: 15 } })
    expect(await tool.mailsTo('stranger@x.example')).toEqual([])
  })

  it('is not resumed without a cookie', async () => {
    expect(await tool.callWith(undefined, resumeSession)).toMatchObject({
      status: 401,
      problem: { code: 'session.ended' },
    })
  })

  it('lets a person of several cohorts choose among theirs, and no other', async () => {
    const { seeded, db } = tool
    const { cohortId, networkId: network_id, people } = seeded
    const oak = await addCohort(db, seeded, 'Oak cohort')
    const elm = await addCohort(db, seeded, 'Elm cohort')
    const seat = { network_id, person_id: people.dora, institution_id: seeded.institutions.tenthStreet, since: start }
    await db
      .insertInto('seat')
      .values({ ...seat, cohort_id: oak, kind: 'participant', status: 'seated' })
      .execute()

    const token = await linkFor(dora())
    const call = (await tool.callWith(undefined, verifySignIn, { body: { token } })).value.token
    expect((await tool.callWith(call, getSession)).value.standing).toBe('several_cohorts')
    const mine = await tool.callWith(call, listMyCohorts)
    expect(mine.value.items.map(({ name }) => name)).toEqual(['Oak cohort', 'Willow cohort'])

    const refused = await tool.callWith(call, chooseMyCohort, { body: { cohortId: elm } })
    expect(refused).toMatchObject({ status: 404, problem: { code: 'cohort.unknown' } })
    const chosen = await tool.callWith(call, chooseMyCohort, { body: { cohortId } })
    expect(chosen.value).toMatchObject({ standing: 'member', cohort: { id: cohortId }, can: { switchCohort: true } })
    expect((await tool.callWith(call, getCohortHome)).value.cohort.name).toBe('Willow cohort')

    // A cohort that has closed keeps its space for those who were in it.
    await db.updateTable('cohort').set({ status: 'closed', closed_at: start }).where('id', '=', oak).execute()
    const left = await tool.callWith(call, listMyCohorts)
    expect(left.value.items.map(({ name, isClosed }) => [name, isClosed])).toEqual([
      ['Willow cohort', false],
      ['Oak cohort', true],
    ])
    const back = await tool.callWith(call, chooseMyCohort, { body: { cohortId: oak } })
    expect(back.value).toMatchObject({ standing: 'member', can: { enter: true } })
  })

  it('a session from a course keeps to the course’s cohort', async () => {
    const ana = await tool.as('ana', { link: tool.seeded.links.riverside })
    expect(await ana(chooseMyCohort, { body: { cohortId: tool.seeded.cohortId } })).toMatchObject({
      status: 409,
      problem: { code: 'session.from_course' },
    })
  })
})

it('hides another network’s cohort from a session that names it', async () => {
  const elsewhere = await seedNetwork(tool.db, { now: start })
  const ana = await tool.as('ana', { cohort: elsewhere.cohortId })
  expect((await ana(getSession)).value).toMatchObject({ cohort: null, standing: 'no_cohort', can: { enter: false } })
  expect(await ana(getCohortHome)).toMatchObject({ status: 404, problem: { code: 'cohort.unknown' } })
})
