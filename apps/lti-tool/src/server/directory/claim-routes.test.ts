import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import {
  askClaimCode,
  claimInvitation,
  getClaim,
  getSession,
  requestSignIn,
  verifySignIn,
} from '@copractice/core/directory'
import type { PersonId } from '@copractice/core/kernel'
import { actorFor, addPerson, openSession, seedNetwork, type SeededNetwork } from '@copractice/services/testing'
import { undoMerge } from '@copractice/services/directory'
import { startTool, type StartedTool } from '../testing/start-tool.ts'

const MINUTE = 60_000
const start = new Date('2026-11-17T12:00:00Z')
let tool: StartedTool
beforeAll(async () => {
  tool = await startTool(start)
})
beforeEach(async () => {
  tool.clock.now = start
  await tool.db.deleteFrom('auth.sign_in_attempt').execute()
})
afterAll(() => tool.close())
const later = (minutes: number) => (tool.clock.now = new Date(start.getTime() + minutes * MINUTE))
const network = () => ({ network_id: tool.seeded.networkId })

let made = 0
/** Somebody imported from a list: an address, and a seat in the cohort. */
const invite = async (seeded: SeededNetwork = tool.seeded) => {
  const email = `invited${++made}@home.example`
  const { networkId, institutions, cohortId } = seeded
  const id = await addPerson(tool.db, {
    networkId,
    name: 'I. N. Vited',
    email,
    institutionId: institutions.tenthStreet,
  })
  const seat = { cohort_id: cohortId, institution_id: institutions.tenthStreet, since: start } as const
  await tool.db
    .insertInto('seat')
    .values({ ...seat, network_id: networkId, person_id: id, kind: 'participant', status: 'seated' })
    .execute()
  return { id, email }
}
/** Somebody whom the course of Riverside sends for the first time. */
const launched = async (more: Partial<{ is_test: boolean; is_anonymous: boolean; email: string; name: null }> = {}) => {
  const { networkId, courses, links } = tool.seeded
  const id = await addPerson(tool.db, { networkId, name: `Launched ${++made}` })
  const account = { kind: 'lti', issuer: 'https://canvas.example', client_id: 'tool', subject: `sub-${id}` } as const
  await tool.db
    .insertInto('identity')
    .values({ ...network(), person_id: id, ...account })
    .execute()
  const member = { course_id: courses.riverside, lms_user_id: `sub-${id}`, role: 'learner', seen_at: start } as const
  await tool.db
    .insertInto('course_member')
    .values({ ...network(), person_id: id, ...member, role_from: 'launch' })
    .execute()
  if (Object.keys(more).length) await tool.db.updateTable('person').set(more).where('id', '=', id).execute()
  const token = await openSession(tool.db, { networkId, personId: id, courseLinkId: links.riverside, now: start })
  return { id, token }
}
const grant = (person_id: PersonId) =>
  tool.db
    .insertInto('role_grant')
    .values({ ...network(), person_id, role: 'coordinator', region_id: tool.seeded.regionId, institution_id: null })
    .execute()
const ask = (token: string, email: string) => tool.callWith(token, askClaimCode, { body: { email } })
const type = (token: string, code: string) => tool.callWith(token, claimInvitation, { body: { code } })
const codesTo = async (email: string) =>
  (await tool.mailsTo(email)).flatMap(({ body_text }) => /^(\d{4}) (\d{4})$/m.exec(body_text)?.[0] ?? [])
const codeFor = async (token: string, email: string) => {
  expect((await ask(token, email)).status).toBe(201)
  return (await codesTo(email.toLowerCase())).at(-1)!
}
const wrong = (code: string) => code.replace(/^\d/, (digit) => String((Number(digit) + 1) % 10))
const standing = async (token: string) => (await tool.callWith(token, getSession)).value?.standing

describe('an invitation by mail', () => {
  it('gives way to a seat that was taken before: one person has one, and the other goes to who waits', async () => {
    const mail = await invite()
    const waiting = await invite()
    const { cohortId, institutions } = tool.seeded
    const seats = (status: 'seated' | 'waitlisted') =>
      tool.db
        .selectFrom('seat')
        .select(['person_id', 'kind'])
        .where('cohort_id', '=', cohortId)
        .where('status', '=', status)
    await tool.db.updateTable('seat').set({ status: 'waitlisted' }).where('person_id', '=', waiting.id).execute()
    const course = await launched()
    const own = { cohort_id: cohortId, institution_id: institutions.riverside, since: start } as const
    await tool.db
      .insertInto('seat')
      .values({ ...network(), ...own, person_id: course.id, kind: 'participant', status: 'seated' })
      .execute()
    await tool.db.updateTable('seat').set({ kind: 'chair' }).where('person_id', '=', mail.id).execute()
    const capacity = (await seats('seated').where('kind', '<>', 'facilitator').execute()).length
    const limits = (cohortSeats: number) =>
      tool.db
        .updateTable('policy_pack')
        .set({ limits: JSON.stringify({ cohortSeats }) })
        .where('network_id', '=', tool.seeded.networkId)
        .execute()
    await limits(capacity)

    const answer = await type(course.token, await codeFor(course.token, mail.email))
    expect(answer).toMatchObject({ status: 201, value: { cohorts: ['Willow cohort'] } })
    // The part they were asked to take stays, under the person of the launch.
    expect(await seats('seated').where('person_id', 'in', [course.id, mail.id]).execute()).toEqual([
      { person_id: course.id, kind: 'chair' },
    ])
    expect(await seats('waitlisted').execute()).toEqual([])
    expect((await tool.mailsTo(waiting.email)).at(-1)!.subject).toBe('A seat for you: Willow cohort')
    await limits(15)
  })

  it('and the person of a launch become one, whose course, session and ways in lead to the seat', async () => {
    const [mail, course] = [await invite(), await launched({ email: 'learner@lms.example' })]
    const elsewhere = await openSession(tool.db, { networkId: tool.seeded.networkId, personId: mail.id, now: start })
    expect((await tool.callWith(course.token, getClaim)).value).toEqual({
      address: 'learner@lms.example',
      asked: null,
    })
    expect(await standing(course.token)).toBe('may_join')
    const code = await codeFor(course.token, mail.email.toUpperCase())
    expect((await tool.callWith(course.token, getClaim)).value.asked).toMatchObject({ email: mail.email })

    expect(await type(course.token, code)).toMatchObject({ status: 201, value: { cohorts: ['Willow cohort'] } })
    expect(await standing(course.token)).toBe('member')
    expect((await tool.callWith(elsewhere, getSession)).status).toBe(401)
    const members = tool.db.selectFrom('course_member').select('lms_user_id')
    expect(await members.where('person_id', '=', course.id).execute()).toEqual([{ lms_user_id: `sub-${course.id}` }])
    for (const address of [mail.email, 'learner@lms.example'])
      expect((await tool.mailsTo(address)).at(-1)!.subject).toBe('Your invitation and your LMS account are joined')

    await tool.callWith(undefined, requestSignIn, { body: { email: mail.email } })
    const [, link] = /sign-in#(\w+)/.exec((await tool.mailsTo(mail.email)).at(-1)!.body_text)!
    const byMail = (await tool.callWith(undefined, verifySignIn, { body: { token: link! } })).value.token
    expect((await tool.callWith(byMail, getSession)).value).toMatchObject({
      person: { id: course.id },
      standing: 'member',
    })
    expect((await ask(course.token, mail.email)).problem.code).toBe('claim.already_yours')
  })

  it('ends what a browser kept of the address, and is written down and taken apart by an administrator', async () => {
    const [mail, course] = [await invite(), await launched()]
    await tool.callWith(undefined, requestSignIn, { body: { email: mail.email } })
    const [, token] = /sign-in#(\w+)/.exec((await tool.mailsTo(mail.email)).at(-1)!.body_text)!
    const signedIn = await tool.raw('POST', '/api/sign-in/verify', {}, { token })
    const cookie = signedIn.headers
      .getSetCookie()
      .map((one) => one.split(';')[0])
      .join('; ')
    expect((await tool.raw('POST', '/api/session/resume', { cookie })).status).toBe(201)

    await type(course.token, await codeFor(course.token, mail.email))
    expect((await tool.raw('POST', '/api/session/resume', { cookie })).status).toBe(401)
    const merge = await tool.db
      .selectFrom('person_merge')
      .selectAll()
      .where('gone_id', '=', mail.id)
      .executeTakeFirstOrThrow()
    expect(merge).toMatchObject({ kept_id: course.id, merged_by: course.id })
    const entries = tool.db.selectFrom('audit_entry').select('actor_id').where('action', '=', 'person.merged')
    expect(await entries.where('subject', '=', `person:${course.id}`).execute()).toEqual([{ actor_id: course.id }])

    const head = await addPerson(tool.db, { networkId: tool.seeded.networkId, name: 'Head' })
    await tool.db
      .insertInto('role_grant')
      .values({ ...network(), person_id: head, role: 'network_admin', region_id: null, institution_id: null })
      .execute()
    const actor = await actorFor(tool.db, { networkId: tool.seeded.networkId, personId: head, now: start })
    expect((await undoMerge(tool.db, actor, merge.id, later(1))).ok).toBe(true)
    expect(await standing(course.token)).toBe('may_join')
  })

  it('goes along to a second LMS: both courses keep their own account of the one person', async () => {
    const [mail, course] = [await invite(), await launched()]
    const account = { kind: 'lti', issuer: 'https://moodle.example', client_id: 'tool', subject: '21' } as const
    await tool.db
      .insertInto('identity')
      .values({ ...network(), person_id: mail.id, ...account })
      .execute()
    const member = { course_id: tool.seeded.courses.hillside, lms_user_id: '21', role: 'learner' } as const
    await tool.db
      .insertInto('course_member')
      .values({ ...network(), person_id: mail.id, ...member, role_from: 'launch', seen_at: start })
      .execute()
    expect((await type(course.token, await codeFor(course.token, mail.email))).status).toBe(201)
    const members = tool.db.selectFrom('course_member').select(['course_id', 'lms_user_id'])
    const { riverside, hillside } = tool.seeded.courses
    expect(new Set(await members.where('person_id', '=', course.id).execute())).toEqual(
      new Set([
        { course_id: riverside, lms_user_id: `sub-${course.id}` },
        { course_id: hillside, lms_user_id: '21' },
      ]),
    )
  })

  it('is asked for alike when nobody is known by the address, or in another network alone; only the known get mail', async () => {
    const course = await launched()
    const stranger = await invite(await seedNetwork(tool.db, { now: start }))
    for (const email of ['nobody@x.example', stranger.email]) {
      const asked = await ask(course.token, email)
      expect(asked).toMatchObject({ status: 201, value: { email, expiresAt: later(15) } })
      expect(await tool.mailsTo(email)).toEqual([])
      tool.clock.now = start
      expect(await type(course.token, '12345678')).toMatchObject({
        status: 409,
        problem: { code: 'claim.code_wrong', facts: { left: 4 } },
      })
    }
  })
})

describe('a code', () => {
  it('may be typed wrong five times; the sixth is refused, right or not', async () => {
    const [mail, course] = [await invite(), await launched()]
    const code = await codeFor(course.token, mail.email)
    for (const left of [4, 3, 2, 1, 0])
      expect((await type(course.token, wrong(code))).problem).toMatchObject({
        code: 'claim.code_wrong',
        facts: { left },
      })
    expect(await type(course.token, code)).toMatchObject({ status: 410, problem: { code: 'claim.code_over' } })
    expect(await standing(course.token)).toBe('may_join')
  })

  it('holds fifteen minutes, is good for who asked alone, and only the newest counts', async () => {
    const [mail, course, other] = [await invite(), await launched(), await launched()]
    const first = await codeFor(course.token, mail.email)
    later(15)
    expect((await type(course.token, first)).problem.code).toBe('claim.code_over')
    tool.clock.now = start
    const newest = await codeFor(course.token, mail.email)
    await codeFor(other.token, mail.email)
    expect((await type(course.token, first)).problem.code).toBe('claim.code_wrong')
    expect((await type(other.token, newest)).problem.code).toBe('claim.code_wrong')
    expect((await type(course.token, newest)).status).toBe(201)
    const rows = await tool.db.selectFrom('claim_code').selectAll().where('address', '=', mail.email).execute()
    expect(rows).toEqual([])
  })

  it('is kept as a hash that the database alone cannot guess', async () => {
    const [mail, course] = [await invite(), await launched()]
    const code = (await codeFor(course.token, mail.email)).replace(' ', '')
    const row = await tool.db
      .selectFrom('claim_code')
      .selectAll()
      .where('person_id', '=', course.id)
      .executeTakeFirstOrThrow()
    expect(Buffer.from(row.code_hash)).toHaveLength(32)
    expect(JSON.stringify(row)).not.toContain(code)
  })

  it('typed twice at once joins once; of two people who claim one address, one gets it', async () => {
    const [mail, course, other] = [await invite(), await launched(), await launched()]
    const [mine, theirs] = [await codeFor(course.token, mail.email), await codeFor(other.token, mail.email)]
    const answers = await Promise.all([type(course.token, mine), type(course.token, mine), type(other.token, theirs)])
    expect(answers.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([201, 410, 410])
    const merges = await tool.db.selectFrom('person_merge').select('id').where('gone_id', '=', mail.id).execute()
    expect(merges).toHaveLength(1)
  })

  it('is asked for five times an hour by a person, and five times for an address', async () => {
    const [mail, course] = [await invite(), await launched()]
    for (let n = 1; n <= 5; n++) expect((await ask(course.token, `x${n}@x.example`)).status).toBe(201)
    expect(await ask(course.token, mail.email)).toMatchObject({ status: 429, problem: { code: 'claim.too_many' } })
    expect(await tool.mailsTo(mail.email)).toEqual([])
    for (let n = 1; n <= 5; n++) expect((await ask((await launched()).token, mail.email)).status).toBe(201)
    expect((await ask((await launched()).token, mail.email)).status).toBe(429)
    later(61)
    expect((await ask((await launched()).token, mail.email)).status).toBe(401)
  })
})

describe('two who stay two', () => {
  it('an invited person with a role, however right the code', async () => {
    const [mail, course] = [await invite(), await launched()]
    await grant(mail.id)
    const answer = await type(course.token, await codeFor(course.token, mail.email))
    expect(answer).toMatchObject({ status: 409, problem: { code: 'claim.holds_role' } })
    expect(await standing(course.token)).toBe('may_join')
  })

  it('whoever asks and has a role, is a test student or nobody, or did not come from a course', async () => {
    const head = await launched()
    await grant(head.id)
    const dora = await tool.as('dora', { cohort: tool.seeded.cohortId })
    const cases = [
      [head.token, 'claim.own_role'],
      [(await launched({ is_test: true })).token, 'claim.test_person'],
      [dora.token, 'claim.not_launched'],
    ] as const
    for (const [token, code] of cases) {
      for (const answer of [
        await tool.callWith(token, getClaim),
        await ask(token, 'x@x.example'),
        await type(token, '12345678'),
      ])
        expect(answer).toMatchObject({ status: 403, problem: { code } })
    }
    const nobody = (await launched({ is_test: true, is_anonymous: true, name: null })).token
    expect((await tool.callWith(nobody, getClaim)).problem.code).toBe('claim.test_person')
    // Whoever came without a name sends nothing at all.
    expect((await ask(nobody, 'x@x.example')).problem.code).toBe('session.anonymous')
    expect((await type(nobody, '12345678')).problem.code).toBe('session.anonymous')
  })

  it('one LMS knows both by two accounts, so that no score has to guess', async () => {
    const [mail, course] = [await invite(), await launched()]
    const account = { kind: 'lti', issuer: 'https://canvas.example', client_id: 'tool', subject: 'second' } as const
    await tool.db
      .insertInto('identity')
      .values({ ...network(), person_id: mail.id, ...account })
      .execute()
    const answer = await type(course.token, await codeFor(course.token, mail.email))
    expect(answer).toMatchObject({ status: 409, problem: { code: 'claim.same_lms' } })
  })
})
