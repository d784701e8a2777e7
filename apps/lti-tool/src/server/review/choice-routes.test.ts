import { strFromU8, unzipSync } from 'fflate'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { AssignmentId, Route, RouteInput, RoundId } from '@copractice/core/kernel'
import * as contract from '@copractice/core/review'
import { startTool, type Answered, type StartedTool } from '../testing/start-tool.ts'

const HOUR = 3_600_000
/** Noon in New York. */
const start = new Date('2027-03-01T17:00:00Z')
const after = (hours: number) => new Date(start.getTime() + hours * HOUR)
const AUTHORS = ['ana', 'ravi', 'hana', 'dora'] as const

let tool: StartedTool
let roundId: RoundId
beforeAll(async () => {
  tool = await startTool(start)
  const { people: ids, networkId } = tool.seeded
  for (const who of AUTHORS)
    await tool.db
      .updateTable('person')
      .set({ email: `${who}@mail.example` })
      .where('network_id', '=', networkId)
      .where('id', '=', ids[who])
      .execute()
  roundId = await openRound()
})
afterAll(() => tool.close())

/** A session begun now: weeks go by in these tests. */
type Who = (typeof AUTHORS)[number] | 'rosa' | 'hugo' | 'cora'
function as(who: Who) {
  const { links, cohortId } = tool.seeded
  if (who === 'dora' || who === 'cora') return tool.as(who, { cohort: cohortId })
  return tool.as(who, { link: who === 'hana' || who === 'hugo' ? links.hillside : links.riverside })
}
async function call<R extends Route>(who: Who, route: R, given: Partial<RouteInput<R>> = {}): Promise<Answered<R>> {
  return (await as(who))(route, given)
}

async function openRound(): Promise<RoundId> {
  const levels = [0, 5, 10].map((points) => ({ points, label: `${points} points`, descriptor: '' }))
  const body = contract.RoundSetup.parse({
    title: 'Action plan, first draft',
    submitUntil: after(100).toISOString(),
    reviewUntil: after(400).toISOString(),
    timeZone: 'America/New_York',
    rubric: { criteria: [{ id: 'voice', title: 'Voice', levels }] },
    reviewsPerSubmission: 2,
    anonymity: 'double',
    workMaximum: 20,
    reviewingMaximum: 10,
    seed: 7,
  })
  const made = await call('rosa', contract.setUpRoundRoute, { body })
  expect(made.status).toBe(201)
  const params = { roundId: made.value.roundId }
  expect((await call('rosa', contract.openRoundRoute, { params })).status).toBe(201)
  return params.roundId
}
async function handIn(who: Who, text: string) {
  const params = { roundId }
  await call(who, contract.saveWorkRoute, { params, body: { body: text, basedOn: null } })
  expect((await call(who, contract.handInRoute, { params })).status).toBe(201)
}
const mailed = async () =>
  (await tool.db.selectFrom('mail').select(['recipient', 'subject', 'body_text']).orderBy('created_at').execute()).map(
    ({ recipient, subject, body_text }) => ({ to: recipient.split('@')[0], subject, text: body_text }),
  )
async function remindAt(hours: number) {
  const before = (await mailed()).length
  tool.clock.now = after(hours)
  await tool.remind()
  return (await mailed()).slice(before)
}
const toldTo = (mails: Awaited<ReturnType<typeof mailed>>) => new Set(mails.map(({ to }) => to))

describe('reminders', () => {
  it('go to those who have not handed in, in the last 48 hours, once, by however many processes', async () => {
    for (const who of ['ana', 'ravi', 'hana'] as const) await handIn(who, `The plan of ${who}: we meet on Tuesdays.`)
    expect(await remindAt(51)).toEqual([])
    const told = await remindAt(53)
    expect(told).toMatchObject([{ to: 'dora', subject: 'Your work for Action plan, first draft is due soon' }])
    expect(told[0]!.text).not.toMatch(/ana|ravi|hana/i)
    await Promise.all([tool.remind(), tool.remind()])
    expect(await remindAt(54)).toEqual([])
  })

  it('wait for the morning of whoever they are for', async () => {
    await handIn('dora', 'The plan of dora: the food hub opens its doors.')
    tool.clock.now = after(101)
    const params = { roundId }
    const dealt = await call('rosa', contract.allocateRoute, { params, body: { preview: false, withoutWork: false } })
    expect(dealt.status).toBe(201)
    // Reviews are due at 5 in the morning: 46 hours before it is 7, 40 hours before 1 in the afternoon.
    expect(await remindAt(400 - 46)).toEqual([])
    expect(toldTo(await remindAt(400 - 40))).toEqual(new Set(AUTHORS))
  })

  it('end by the link in the mail, begin again by the same, and by nobody else’s', async () => {
    const text = (await mailed()).findLast(({ to }) => to === 'hana')!.text
    const token = /\/reminders#(\S+)/.exec(text)![1]!
    const byLink = (body: { token: string; wants: boolean }) =>
      tool.callWith(undefined, contract.chooseRemindersByLinkRoute, { body })
    expect((await byLink({ token, wants: false })).value).toEqual({ wants: false })
    expect((await call('hana', contract.showReminderChoiceRoute)).value).toEqual({
      wants: false,
      address: 'hana@mail.example',
    })
    const forged = token.replace(tool.seeded.people.hana, tool.seeded.people.ana)
    expect((await byLink({ token: forged, wants: false })).problem.code).toBe('reminder.link_unknown')
    expect((await byLink({ token: 'x', wants: false })).status).toBe(410)
    expect((await call('ana', contract.showReminderChoiceRoute)).value.wants).toBe(true)
  })

  it('end by one click in a mail program, and by opening the same address lead to the page that asks', async () => {
    const { unsubscribe_url } = await tool.db
      .selectFrom('mail')
      .select('unsubscribe_url')
      .where('recipient', '=', 'dora@mail.example')
      .where('unsubscribe_url', 'is not', null)
      .limit(1)
      .executeTakeFirstOrThrow()
    const { pathname, search } = new URL(unsubscribe_url!)
    const wants = async () => (await call('dora', contract.showReminderChoiceRoute)).value.wants
    const opened = await fetch(tool.base + pathname + search, { redirect: 'manual' })
    expect([opened.status, opened.headers.get('location')]).toEqual([
      303,
      `/reminders#${search.slice('?token='.length)}`,
    ])
    expect(await wants()).toBe(true)
    const clicked = await fetch(tool.base + pathname + search, {
      method: 'POST',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body: 'List-Unsubscribe=One-Click',
    })
    expect([clicked.status, await wants()]).toEqual([201, false])
    const forged = await fetch(`${tool.base}${pathname}?token=x.y.z`, { method: 'POST' })
    expect(forged.status).toBe(410)
    expect((await call('dora', contract.chooseRemindersRoute, { body: { wants: true } })).value.wants).toBe(true)
  })

  it('tell of reviews to read, and say nothing to who wants none', async () => {
    for (const who of AUTHORS) {
      const { items } = (await call(who, contract.listReviewsRoute, { query: { limit: 50 } })).value
      for (const { assignmentId } of items) await file(who, assignmentId)
    }
    tool.clock.now = after(380)
    expect((await call('rosa', contract.closeRoundRoute, { params: { roundId } })).status).toBe(201)
    expect(toldTo(await remindAt(408))).toEqual(new Set(['ana', 'dora', 'ravi']))
  })
})

async function file(who: Who, assignmentId: AssignmentId) {
  const body = {
    marks: [{ criterionId: 'voice', points: 5, comment: '=1+1' }],
    comment: `A comment that ${who} wrote`,
    passages: [],
    basedOn: null,
  }
  const filed = await call(who, contract.fileReviewRoute, { params: { assignmentId }, body })
  expect(filed.status).toBe(201)
}

const take = async (who: Who, purpose: 'teaching' | 'research', form: 'json' | 'csv' = 'json') => {
  const path = `/api/rounds/${roundId}/export?form=${form}&purpose=${purpose}`
  return tool.raw('GET', path, { authorization: `Bearer ${(await as(who)).token}` })
}

/** One more person in the cohort, who consents to research. */
async function seatLikeDora(): Promise<void> {
  const { db, seeded, clock } = tool
  const { networkId, cohortId, people } = seeded
  const id = crypto.randomUUID()
  const like = db.selectFrom('person').selectAll().where('network_id', '=', networkId).where('id', '=', people.dora)
  await db
    .insertInto('person')
    .values({ ...(await like.executeTakeFirstOrThrow()), id, email: null })
    .execute()
  const seat = db.selectFrom('seat').selectAll().where('person_id', '=', people.dora).where('cohort_id', '=', cohortId)
  await db
    .insertInto('seat')
    .values({ ...(await seat.executeTakeFirstOrThrow()), id: crypto.randomUUID(), person_id: id })
    .execute()
  const consent = { network_id: networkId, cohort_id: cohortId, person_id: id, given_at: clock.now, withdrawn_at: null }
  await db.insertInto('research_consent').values(consent).execute()
}

describe('an export', () => {
  it('names the instructor’s own learners and nobody else', async () => {
    const text = await (await take('rosa', 'teaching')).text()
    const told = JSON.parse(text)
    const names = told.people.map(({ person }: { person: string }) => person)
    expect(names).toHaveLength(4)
    expect(names.filter((name: string) => /^(Hillside|Tenth Street)[^\d]* \d$/.test(name))).toHaveLength(2)
    expect(text).not.toMatch(/Hana|Dora|A comment that hana wrote.*mail\.example/)
    // Two of four works are her own learners'; reviews are of those, or by those.
    expect(told.works).toHaveLength(2)
    for (const review of told.reviews.filter(({ work }: { work: unknown }) => work === null))
      expect(names.filter((name: string) => !/\d$/.test(name))).toContain(review.reviewer)
    for (const table of ['people', 'works', 'reviews', 'marks'])
      for (const column of Object.keys(told[table][0]))
        expect(told.codebook).toContainEqual({ table, column, meaning: expect.any(String) })
  })

  it('is a zip of tables that no spreadsheet takes for formulas', async () => {
    const answer = await take('rosa', 'teaching', 'csv')
    expect(answer.headers.get('content-disposition')).toBe('attachment; filename="action-plan-first-draft-reviews.zip"')
    const files = unzipSync(new Uint8Array(await answer.arrayBuffer()))
    expect(Object.keys(files)).toEqual(['people.csv', 'works.csv', 'reviews.csv', 'marks.csv', 'codebook.csv'])
    expect(strFromU8(files['marks.csv']!)).toContain(',"\'=1+1"\r\n')
  })

  it('is for those who run the round: learners, coordinators and strangers get none', async () => {
    for (const who of ['ana', 'cora', 'dora'] as const)
      expect([403, 404]).toContain((await take(who, 'teaching')).status)
  })

  it('for research holds those who consent, as codes without words, and nobody while they are few', async () => {
    const consent = (who: Who, consents: boolean) =>
      call(who, contract.chooseResearchConsentRoute, { body: { consents } })
    for (const who of AUTHORS) expect((await consent(who, true)).value.since).not.toBeNull()
    expect((await consent('dora', false)).value).toEqual({ since: null })
    expect((await consent('cora', true)).status).toBe(403)
    const few = await take('hugo', 'research')
    expect([few.status, await few.json()]).toMatchObject([409, { code: 'review.too_few_consent', facts: { least: 5 } }])
    for (const _ of [4, 5]) await seatLikeDora()
    const text = await (await take('hugo', 'research')).text()
    const told = JSON.parse(text)
    expect(told.people.map(({ person }: { person: string }) => person)).toEqual(['P1', 'P2', 'P3', 'P4', 'P5'])
    expect(told.works).toHaveLength(3)
    expect(
      told.reviews.every(({ reviewer, work }: Record<string, unknown>) => /^P[1-5]$/.test(String(reviewer)) && work),
    ).toBe(true)
    expect(told.marks.length).toBeGreaterThan(0)
    expect(told.reviews[0]).not.toHaveProperty('comment_words')
    expect(text).not.toMatch(/Riverside|Hillside|Tenth|Ana|Ravi|Hana|Dora|A comment that|=1\+1|2027-/)
  })
})
