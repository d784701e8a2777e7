import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import * as contract from '@copractice/core/cohort'
import type { CohortId } from '@copractice/core/kernel'
import * as meeting from '@copractice/core/meeting'
import { addCohort, seedNetwork } from '@copractice/services/testing'
import { startAdmin, type Browser, type StartedAdmin } from '../testing/start-admin.ts'

const DAY = 86_400_000
const now = new Date('2027-01-10T12:00:00Z')
const days = (n: number, minutes = 0) => new Date(+now + n * DAY + minutes * 60_000)
let admin: StartedAdmin
let cora: Browser
let elsewhere: Browser
let params: { cohortId: CohortId }
beforeAll(async () => {
  admin = await startAdmin(now)
  cora = await admin.signedIn(admin.cora)
  const other = await seedNetwork(admin.db, { now })
  elsewhere = await admin.signedIn(`cora@${other.slug}.example`)
  params = { cohortId: admin.seeded.cohortId }
  await admin.db
    .updateTable('seat')
    .set({ kind: 'chair' })
    .where('cohort_id', '=', params.cohortId)
    .where('person_id', '=', admin.seeded.people.dora)
    .execute()
})
beforeEach(() => {
  admin.clock.now = now
})
afterAll(() => admin.close())

const glance = async (query: Record<string, string> = {}, who = cora) =>
  (await who.call(contract.glanceAtCohorts, { query })).value.items
const cohortOf = (name: string, change: Parameters<typeof addCohort>[3] = {}) =>
  addCohort(admin.db, admin.seeded, name, change)
const audited = async (action: string) =>
  (await admin.db.selectFrom('audit_entry').select(['facts', 'subject']).where('action', '=', action).execute()).at(-1)

describe('cohorts at a glance', () => {
  it('show seats, hours, the next meeting, readiness and how far each LMS has come', async () => {
    const [willow] = await glance()
    expect(willow).toMatchObject({
      name: 'Willow cohort',
      seats: { taken: 4, capacity: 15, chairs: 1 },
      nextMeetingAt: days(1),
      minutes: { held: 90, planned: 270, promised: null },
      readiness: { state: 'behind', meetings: 3, isLate: false, latest: days(46) },
      silentSince: null,
      campuses: [
        { letter: 'H', lms: 'placed' },
        { letter: 'R', lms: 'placed' },
      ],
    })
    expect(willow!.concerns).toContain('behind')
  })

  it('are found by each concern exactly where the rule holds, as many as are counted', async () => {
    await cohortOf('Ash', { created_at: days(-100) })
    const birch = await cohortOf('Birch', { submission_deadline: days(20), created_at: days(-1) })
    await cohortOf('Cedar', { submission_deadline: days(-2), created_at: days(-41) })
    await cohortOf('Dogwood', { status: 'closed', created_at: days(-100) })
    await admin.db
      .insertInto('meeting')
      .values({
        network_id: admin.seeded.networkId,
        cohort_id: birch,
        title: 'Late',
        starts_at: days(7),
        ends_at: days(7, 90),
        time_zone: 'UTC',
        place: 'Hall',
        join_url: null,
        bring: null,
      })
      .execute()
    const all = await glance()
    const { value: counted } = await cora.call(contract.countConcerns)
    expect(counted).toMatchObject({ cohorts: 4, seats: 60, taken: 4 })
    for (const concern of contract.COHORT_CONCERNS) {
      const holds = all.filter(({ concerns }) => concerns.includes(concern)).map(({ name }) => name)
      expect([concern, (await glance({ concern })).map(({ name }) => name)]).toEqual([concern, holds])
      expect([concern, counted.concerns[concern]]).toEqual([concern, holds.length])
    }
    expect(all.find(({ name }) => name === 'Birch')!.readiness).toMatchObject({ state: 'behind', isLate: true })
    expect(all.find(({ name }) => name === 'Ash')!.concerns).toContain('silent')
    expect(all.find(({ name }) => name === 'Cedar')!.concerns).toEqual(['without_chair', 'too_small'])
  })

  it('are searched, filtered and paged, in the same number of queries whatever is asked', async () => {
    const names = async (query: Record<string, string>) => (await glance(query)).map(({ name }) => name)
    expect(await names({ status: 'all' })).toEqual(['Ash', 'Birch', 'Cedar', 'Dogwood', 'Willow cohort'])
    expect(await names({ status: 'closed' })).toEqual(['Dogwood'])
    expect(await names({ search: '%' })).toEqual([])
    expect(await names({ institutionId: admin.seeded.institutions.hillside })).toEqual(['Willow cohort'])
    expect(await names({ seats: 'full' })).toEqual([])
    const counted = async (query: Record<string, string>) => {
      const before = admin.counter.queries
      const { value } = await cora.call(contract.glanceAtCohorts, { query })
      return { value, queries: admin.counter.queries - before }
    }
    const [one, many] = [await counted({ limit: '1' }), await counted({ limit: '100', concern: 'too_small' })]
    expect(one.queries).toBe(many.queries)
    const second = await counted({ limit: '1', after: one.value.next! })
    expect([one, second].map(({ value }) => value.items[0]!.name)).toEqual(['Ash', 'Birch'])
  })

  it('come as CSV with the same filters, formulas disarmed', async () => {
    await admin.db.updateTable('cohort').set({ theme: '=cmd()' }).where('name', '=', 'Ash').execute()
    const response = await cora.raw('GET', '/api/season/cohorts.csv?concern=silent')
    expect(response.headers.get('content-type')).toContain('text/csv')
    const lines = (await response.text()).trim().split('\r\n')
    expect(lines).toHaveLength(2)
    expect(lines[1]).toMatch(/^Ash,'=cmd\(\)/)
  })
})

describe('a message to a cohort', () => {
  const message = { subject: 'Snow', text: 'No heating.\n\nWe meet online.', parts: ['participant', 'chair'] }

  it('is previewed whole, goes once to each person with an address, and is written down', async () => {
    const preview = (await cora.call(contract.previewCohortMessage, { params, body: message })).value
    expect(preview.to.map(({ name }) => name)).toEqual(['Dora Carter'])
    expect(preview.withoutAddress.map(({ name }) => name)).toEqual(['Ana Okonjo', 'Hana Weiss', 'Ravi Nair'])
    expect(preview.text).toContain('We meet online.')
    expect(preview.text).toContain(`write to ${admin.cora}`)
    const dora = `dora@${admin.seeded.slug}.example`
    const before = (await admin.mailsTo(dora)).length
    const sent = await cora.call(contract.sendCohortMessage, { params, body: { ...message, expected: 1 } })
    expect(sent.value).toEqual({ sent: 1 })
    expect((await admin.mailsTo(dora)).slice(before).map(({ subject }) => subject)).toEqual(['Snow'])
    expect((await audited('cohort.written_to'))!.facts).toMatchObject({ subject: 'Snow', sent: 1, withoutAddress: 3 })
  })

  it('is refused when the people are others than the writer saw, and to nobody', async () => {
    const changed = await cora.call(contract.sendCohortMessage, { params, body: { ...message, expected: 2 } })
    expect([changed.status, changed.problem]).toMatchObject([409, { code: 'cohort.recipients_changed' }])
    const body = { ...message, parts: ['waitlisted'], expected: 0 }
    expect((await cora.call(contract.sendCohortMessage, { params, body })).problem.code).toBe('cohort.nobody_to_write')
  })
})

describe('going on for another term', () => {
  const elm = (change: Record<string, unknown> = {}) => ({
    name: 'Willow in spring',
    submissionDeadline: null,
    meetings: Array.from({ length: 6 }, (_, n) => ({
      title: `Meeting ${n + 1}`,
      startsAt: days(70 + n * 7),
      endsAt: days(70 + n * 7, 90),
      place: 'Hall',
      joinUrl: null,
    })),
    ...change,
  })
  const tokenOf = (text: string) => /\/asked#(\S+)/.exec(text)![1]!
  const life = async (cohortId: CohortId) => (await cora.call(contract.showCohortLife, { params: { cohortId } })).value

  it('asks everybody again and seats nobody; a yes takes a seat, a no gives it back', async () => {
    const checked = (await cora.call(contract.checkRenewal, { params, body: elm() })).value
    expect(checked).toMatchObject({ findings: [], asks: 5, withoutAddress: 3 })
    const { value } = await cora.call(contract.renewCohort, { params, body: { ...elm(), reason: null } })
    expect(value.asked).toBe(5)
    const spring = async () => (await glance({ search: 'spring' }))[0]!
    expect((await spring()).seats.taken).toBe(0)
    expect(await life(value.id)).toMatchObject({ links: { succeeds: { name: 'Willow cohort' } } })
    expect((await life(params.cohortId)).links.succeededBy).toMatchObject([{ name: 'Willow in spring' }])

    const mail = (await admin.lastMail(`dora@${admin.seeded.slug}.example`))!
    expect(mail.subject).toBe('Willow cohort goes on as Willow in spring: will you be in it?')
    const anybody = admin.browser()
    const token = tokenOf(mail.body_text)
    const shown = (await anybody.call(contract.showAsk, { body: { token } })).value
    expect(shown).toMatchObject({ kind: 'chair', answer: null, before: 'Willow cohort', meetings: { length: 6 } })
    const answer = (said: 'yes' | 'no') => anybody.call(contract.answerAsk, { body: { token, answer: said } })
    expect((await answer('yes')).value).toEqual({ place: 'seated' })
    expect((await answer('yes')).value).toEqual({ place: 'seated' })
    expect((await spring()).seats).toMatchObject({ taken: 1, chairs: 1 })
    expect((await answer('no')).value).toEqual({ place: null })
    expect((await spring()).seats.taken).toBe(0)
    expect((await life(value.id)).asked.find(({ name }) => name === 'Dora Carter')).toMatchObject({ answer: 'no' })

    // Whom an administrator takes out of the cohort does not put themselves back; whom they made a participant stays one.
    const inSpring = { cohortId: value.id }
    const seatOfDora = async () => {
      const { seatList } = (await cora.call(contract.showCohort, { params: inSpring })).value
      return seatList.find(({ person }) => person.name === 'Dora Carter')!
    }
    expect((await answer('yes')).value).toEqual({ place: 'seated' })
    const { id: seatId } = await seatOfDora()
    await cora.call(contract.removeSeat, { params: { ...inSpring, seatId } })
    for (const said of ['yes', 'no', 'yes'] as const)
      expect(await answer(said)).toMatchObject({ status: 409, problem: { code: 'ask.taken_away' } })
    expect((await anybody.call(contract.showAsk, { body: { token } })).problem.code).toBe('ask.taken_away')
    const { people, institutions } = admin.seeded
    const demoted = { personId: people.dora, institutionId: institutions.tenthStreet, kind: 'participant' }
    expect((await cora.call(contract.addSeat, { params: inSpring, body: demoted })).value).toMatchObject({
      status: 'seated',
    })
    expect((await answer('no')).value).toEqual({ place: null })
    expect((await answer('yes')).value).toEqual({ place: 'seated' })
    expect((await seatOfDora()).kind).toBe('participant')
    await answer('no')
  })

  it('believes no link that no mail of ours carried, nor one made for something else', async () => {
    const mails = await admin.mailsTo(`dora@${admin.seeded.slug}.example`)
    const mail = mails.find(({ subject }) => subject.includes('goes on as'))!
    const token = tokenOf(mail.body_text)
    const other = (await admin.lastMail(`finn@${admin.seeded.slug}.example`))!
    const swapped = `${token.split('.').slice(0, 2).join('.')}.${tokenOf(other.body_text).split('.')[2]}`
    for (const wrong of ['x', `${token}a`, swapped]) {
      expect((await admin.browser().call(contract.showAsk, { body: { token: wrong } })).status).toBe(404)
    }
  })

  it('is judged as if all said yes, and takes one name once', async () => {
    const late = elm({ name: 'Willow in summer', submissionDeadline: days(110) })
    const { value } = await cora.call(contract.checkRenewal, { params, body: late })
    expect(value.findings).toMatchObject([{ code: 'schedule.before_deadline', strength: 'block' }])
    const refused = await cora.call(contract.renewCohort, { params, body: { ...late, reason: 'please' } })
    expect(refused.problem.code).toBe('cohort.blocked')
    const again = await cora.call(contract.renewCohort, { params, body: { ...elm(), reason: null } })
    expect(again.problem.code).toBe('cohort.blocked')
  })
})

describe('closing', () => {
  it('asks why while meetings lie ahead, tells everybody, and can be undone', async () => {
    const body = { alumni: 'read_only', reason: null }
    const asked = await cora.call(contract.closeCohort, { params, body })
    expect([asked.status, asked.problem.code]).toEqual([409, 'cohort.needs_reason'])
    const closed = await cora.call(contract.closeCohort, { params, body: { ...body, reason: 'The term is over' } })
    expect(closed.value).toEqual({ told: 2 })
    expect((await admin.lastMail(`dora@${admin.seeded.slug}.example`))!.body_text).toContain('yours to read')
    expect((await glance({ status: 'closed', search: 'Willow' }))[0]!.concerns).toEqual([])
    expect((await cora.call(contract.closeCohort, { params, body })).problem.code).toBe('cohort.closed')
    expect((await cora.call(contract.reopenCohort, { params })).status).toBe(204)
    expect((await cora.call(contract.reopenCohort, { params })).problem.code).toBe('cohort.not_closed')
  })

  it('and nesting link communities, never in a ring', async () => {
    const [inner, outer] = [await cohortOf('Inner'), await cohortOf('Outer')]
    const nest = (cohortId: CohortId, within: CohortId | null) =>
      cora.call(contract.nestCohort, { params: { cohortId }, body: { within } })
    expect((await nest(inner, outer)).status).toBe(204)
    expect((await nest(outer, inner)).problem.code).toBe('cohort.nested_in_itself')
    const { value } = await cora.call(contract.showCohortLife, { params: { cohortId: outer } })
    expect(value.links.nested).toMatchObject([{ name: 'Inner' }])
  })
})

describe('moving a meeting', () => {
  const dora = () => `dora@${admin.seeded.slug}.example`
  const move = (to: Date, more: Record<string, unknown> = {}) => {
    const body = { startsAt: to, endsAt: new Date(+to + 90 * 60_000), from: days(1), reason: null, ...more }
    return cora.call(meeting.moveMeeting, { params: { ...params, meetingId: admin.seeded.meetings.next }, body })
  }

  it('writes to who comes and who leads, once, and undo puts it back and says so', async () => {
    const { networkId, people, meetings } = admin.seeded
    const answer = { network_id: networkId, meeting_id: meetings.next, answered_at: now }
    await admin.db
      .insertInto('meeting_answer')
      .values([
        { ...answer, person_id: people.dora, answer: 'yes' },
        { ...answer, person_id: people.finn, answer: 'no' },
      ])
      .execute()
    const before = (await admin.mailsTo(dora())).length
    const check = { startsAt: days(2), endsAt: days(2, 90) }
    const ids = { ...params, meetingId: meetings.next }
    expect((await cora.call(meeting.checkMove, { params: ids, body: check })).value).toEqual({ findings: [], tells: 1 })
    const { value } = await move(days(2))
    expect(value.told).toBe(1)
    expect((await move(days(3))).problem).toMatchObject({ code: 'meeting.moved_since' })
    const undone = await cora.call(meeting.undoMove, { params: { ...ids, moveId: value.moveId } })
    expect(undone.value).toEqual({ told: 1 })
    const mails = (await admin.mailsTo(dora())).slice(before)
    expect(mails.map(({ subject }) => subject)).toEqual([
      'Another time: Stories into principles',
      'Back at its first time: Stories into principles',
    ])
    expect((await cora.call(meeting.undoMove, { params: { ...ids, moveId: value.moveId } })).status).toBe(409)
    expect((await glance({ search: 'Willow cohort' }))[0]!.nextMeetingAt).toEqual(days(1))
  })

  it('asks why on top of another meeting, and writes the reason down', async () => {
    const asked = await move(days(14))
    expect(asked.problem).toMatchObject({
      code: 'meeting.needs_reason',
      facts: { findings: [{ code: 'meeting.clash', facts: { title: 'Workshop' } }] },
    })
    expect((await move(days(14), { reason: 'Both on one day' })).status).toBe(201)
    expect((await audited('meeting.moved'))!.facts).toMatchObject({ accepted: ['meeting.clash'] })
    expect((await move(days(1), { from: days(14) })).status).toBe(201)
  })
})

describe('the season', () => {
  const span = { from: days(-10).toISOString(), until: days(80).toISOString() }

  it('shows meetings and deadlines by time, and refuses a span that is too long', async () => {
    const { value } = await cora.call(meeting.showSeason, { query: span })
    const told = value.entries.map((entry) => (entry.kind === 'deadline' ? 'deadline' : entry.title))
    expect(told.slice(0, 4)).toEqual(['Introductions and hopes', 'deadline', 'Stories into principles', 'Late'])
    const long = { ...span, until: days(200).toISOString() }
    expect((await cora.call(meeting.showSeason, { query: long })).problem.code).toBe('season.too_long')
  })

  it('is a feed at a secret address that ends with the next one, and holds no more than its owner may see', async () => {
    const path = async (who = cora) => new URL((await who.call(meeting.makeFeed)).value.url).pathname
    const first = await path()
    const read = async (at: string) => admin.browser().raw('GET', at)
    const text = await (await read(first)).text()
    expect(text).toMatch(/BEGIN:VCALENDAR[^]*SUMMARY:Willow cohort: Workshop/)
    expect((await cora.call(meeting.showFeed)).value).toMatchObject({ lastReadAt: expect.any(Date) })
    const second = await path()
    expect([(await read(first)).status, (await read(second)).status]).toEqual([404, 200])
    await cora.call(meeting.endFeed)
    expect((await read(second)).status).toBe(404)
    const theirs = await (await read(await path(elsewhere))).text()
    expect(theirs).not.toContain('Late')
    expect(theirs.match(/BEGIN:VEVENT/g)).toHaveLength(4)
  })
})

it('nothing of a cohort is another network’s to see or to do', async () => {
  const meetingId = admin.seeded.meetings.next
  const times = { startsAt: days(2), endsAt: days(2, 90) }
  const [move] = await admin.db.selectFrom('meeting_move').select('id').execute()
  const message = { subject: 'Hi', text: 'Hi', parts: ['chair'] }
  const renewal = { name: 'Mine', meetings: [], submissionDeadline: null }
  const answers = [
    await elsewhere.call(contract.showCohortLife, { params }),
    await elsewhere.call(contract.closeCohort, { params, body: { alumni: 'open', reason: 'x' } }),
    await elsewhere.call(contract.reopenCohort, { params }),
    await elsewhere.call(contract.nestCohort, { params, body: { within: null } }),
    await elsewhere.call(contract.checkRenewal, { params, body: renewal }),
    await elsewhere.call(contract.renewCohort, { params, body: { ...renewal, reason: 'x' } }),
    await elsewhere.call(contract.previewCohortMessage, { params, body: message }),
    await elsewhere.call(contract.sendCohortMessage, { params, body: { ...message, expected: 1 } }),
    await elsewhere.call(meeting.checkMove, { params: { ...params, meetingId }, body: times }),
    await elsewhere.call(meeting.moveMeeting, {
      params: { ...params, meetingId },
      body: { ...times, from: days(1), reason: 'x' },
    }),
    await elsewhere.call(meeting.undoMove, { params: { ...params, meetingId, moveId: move!.id } }),
  ]
  expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 404))
  expect((await glance({ status: 'all' }, elsewhere)).map(({ id }) => id)).not.toContain(params.cohortId)
  expect((await elsewhere.call(contract.countConcerns)).value.cohorts).toBe(1)
  const csv = await (await elsewhere.raw('GET', '/api/season/cohorts.csv?status=all')).text()
  expect(csv.trim().split('\r\n')).toHaveLength(2)
})
