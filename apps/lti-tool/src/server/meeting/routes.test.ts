import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import {
  answerMeeting,
  cancelMeeting,
  changeMeeting,
  listMeetings,
  planMeeting,
  type PlanMeeting,
} from '@copractice/core/meeting'
import { seedNetwork } from '@copractice/services/testing'
import { startTool, type StartedTool } from '../testing/start-tool.ts'

const start = new Date('2026-11-17T12:00:00Z')
const day = (n: number, minutes = 0) => new Date(start.getTime() + n * 86_400_000 + minutes * 60_000)
let tool: StartedTool
beforeEach(async () => {
  tool = await startTool(start)
})
afterEach(() => tool.close())

const finn = () => tool.as('finn', { cohort: tool.seeded.cohortId })
const ana = () => tool.as('ana', { link: tool.seeded.links.riverside })
const plan = (changes: Partial<PlanMeeting> = {}): PlanMeeting => ({
  title: 'Requirements and a buddy plan',
  startsAt: day(7),
  endsAt: day(7, 90),
  timeZone: 'America/New_York',
  place: null,
  joinUrl: 'https://meet.example/willow',
  bring: null,
  ...changes,
})

describe('meetings', () => {
  it('are listed by start, numbered over the whole term, whatever the page', async () => {
    const call = await ana()
    const first = await call(listMeetings, { query: { limit: 2 } })
    expect(first.value.items.map(({ number, total }) => [number, total])).toEqual([
      [1, 3],
      [2, 3],
    ])
    const rest = await call(listMeetings, { query: { limit: 2, after: first.value.next! } })
    expect(rest.value).toMatchObject({ items: [{ number: 3 }], next: null })
    const upcoming = await call(listMeetings, { query: { limit: 50, from: start } })
    expect(upcoming.value.items.map(({ number }) => number)).toEqual([2, 3])
  })

  it('take an answer from who holds a seat, the last one counting, until they end', async () => {
    const call = await ana()
    const { next, past } = tool.seeded.meetings
    const yes = await call(answerMeeting, { params: { id: next }, body: { answer: 'yes' } })
    expect(yes.value).toMatchObject({ myAnswer: 'yes', coming: 1 })
    const no = await call(answerMeeting, { params: { id: next }, body: { answer: 'no' } })
    expect(no.value).toMatchObject({ myAnswer: 'no', coming: 0 })
    expect(await call(answerMeeting, { params: { id: past }, body: { answer: 'yes' } })).toMatchObject({
      status: 409,
      problem: { code: 'meeting.over' },
    })
    const rosa = await tool.as('rosa', { link: tool.seeded.links.riverside })
    expect(await rosa(answerMeeting, { params: { id: next }, body: { answer: 'yes' } })).toMatchObject({
      status: 403,
      problem: { code: 'meeting.no_seat' },
    })
  })

  it('of another network answer as if there were none', async () => {
    const elsewhere = await seedNetwork(tool.db, { now: start })
    const params = { id: elsewhere.meetings.next }
    expect(await (await ana())(answerMeeting, { params, body: { answer: 'yes' } })).toMatchObject({
      status: 404,
      problem: { code: 'meeting.unknown' },
    })
    expect(await (await finn())(cancelMeeting, { params })).toMatchObject({ status: 404 })
    expect(await tool.db.selectFrom('meeting').selectAll().where('id', '=', params.id).execute()).toHaveLength(1)
  })
})

describe('a calendar entry', () => {
  it('holds the meeting in the zone it was set in, with the zone’s change of clocks', async () => {
    const call = await ana()
    const { id } = (await (await finn())(planMeeting, { body: plan({ bring: 'One story; short' }) })).value
    const response = await tool.raw('GET', `/api/meetings/${id}/calendar`, { authorization: `Bearer ${call.token}` })
    expect(response.headers.get('content-type')).toBe('text/calendar; charset=utf-8')
    const text = await response.text()
    expect(text).toContain('DTSTART;TZID=America/New_York:20261124T070000\r\n')
    expect(text).toContain('DTEND;TZID=America/New_York:20261124T083000\r\n')
    expect(text).toContain('DTSTAMP:20261117T120000Z\r\n')
    const november =
      'BEGIN:STANDARD\r\nDTSTART:20261101T020000\r\nTZOFFSETFROM:-0400\r\nTZOFFSETTO:-0500\r\nEND:STANDARD'
    const march = 'BEGIN:DAYLIGHT\r\nDTSTART:20270314T020000\r\nTZOFFSETFROM:-0500\r\nTZOFFSETTO:-0400\r\nEND:DAYLIGHT'
    expect(text).toContain(`BEGIN:VTIMEZONE\r\nTZID:America/New_York\r\n${november}\r\n${march}\r\nEND:VTIMEZONE`)
    expect(text).toContain(String.raw`DESCRIPTION:Bring: One story\; short`)
    expect(text.endsWith('END:VCALENDAR\r\n')).toBe(true)
  })
})

describe('planning', () => {
  it('is for facilitators, chairs and instructors', async () => {
    const rosa = await tool.as('rosa', { link: tool.seeded.links.riverside })
    expect(await rosa(planMeeting, { body: plan() })).toMatchObject({ status: 201, value: { number: 3, total: 4 } })
    expect(await (await ana())(planMeeting, { body: plan() })).toMatchObject({
      status: 403,
      problem: { code: 'meeting.not_allowed' },
    })
  })

  it('warns about an unusual length until a reason is given, and keeps the reason', async () => {
    const call = await finn()
    const long = plan({ endsAt: day(7, 180) })
    expect(await call(planMeeting, { body: long })).toMatchObject({
      status: 409,
      problem: {
        code: 'meeting.needs_reason',
        facts: { findings: [{ code: 'meeting.length', facts: { minutes: 180, usual: 90, tolerance: 15 } }] },
      },
    })
    expect(await call(planMeeting, { body: { ...long, reason: 'A workshop.' } })).toMatchObject({ status: 201 })
    const noted = await tool.db.selectFrom('audit_entry').select(['action', 'facts']).execute()
    expect(noted).toMatchObject([{ action: 'meeting.planned', facts: { reason: 'A workshop.' } }])
  })

  it('refuses a meeting without a place, and a link that is not https', async () => {
    const call = await finn()
    expect(await call(planMeeting, { body: plan({ joinUrl: null }) })).toMatchObject({
      problem: { code: 'meeting.place' },
    })
    for (const joinUrl of ['javascript:alert(1)', 'http://meet.example/x', 'data:text/html,x']) {
      const headers = { authorization: `Bearer ${call.token}` }
      const body = { ...plan(), startsAt: day(7).toISOString(), endsAt: day(7, 90).toISOString(), joinUrl }
      expect((await tool.raw('POST', '/api/meetings', headers, body)).status).toBe(422)
    }
  })

  it('tells those who come of another time, in their own zone too, and of a cancellation, and nobody else', async () => {
    const { db, seeded } = tool
    const { next } = seeded.meetings
    for (const [who, email] of Object.entries({ ana: 'ana@x.example', ravi: 'ravi@x.example' }) as ['ana', string][])
      await db.updateTable('person').set({ email }).where('id', '=', seeded.people[who]).execute()
    await db.updateTable('person').set({ time_zone: 'Europe/Berlin' }).where('id', '=', seeded.people.ana).execute()
    await (
      await ana()
    )(answerMeeting, { params: { id: next }, body: { answer: 'yes' } })

    const call = await finn()
    await call(changeMeeting, { params: { id: next }, body: { title: 'Stories' } })
    expect(await tool.mailsTo('ana@x.example')).toHaveLength(0)
    const moved = await call(changeMeeting, { params: { id: next }, body: { startsAt: day(2), endsAt: day(2, 90) } })
    expect(moved.value).toMatchObject({ title: 'Stories', startsAt: day(2) })
    const [mail] = await tool.mailsTo('ana@x.example')
    expect(mail).toMatchObject({ subject: 'Another time or place: Stories' })
    expect(mail!.body_text).toMatch(
      /Thursday, November 19, 2026.* 1:00\sPM GMT\+1 \(.* 7:00\sAM EST where it was set\)/,
    )

    expect((await call(cancelMeeting, { params: { id: next } })).status).toBe(204)
    expect((await tool.mailsTo('ana@x.example'))[1]).toMatchObject({ subject: 'Not taking place: Stories' })
    expect(await tool.mailsTo('ravi@x.example')).toHaveLength(0)
    expect(await call(cancelMeeting, { params: { id: seeded.meetings.past } })).toMatchObject({
      problem: { code: 'meeting.over' },
    })
  })
})
