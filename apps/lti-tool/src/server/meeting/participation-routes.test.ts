import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  checkCommitment,
  listCommitments,
  makeCommitment,
  noteAttendance,
  showAgenda,
  showAttendance,
  writeAgenda,
  type AgendaItem,
} from '@copractice/core/meeting'
import { seedNetwork } from '@copractice/services/testing'
import { startTool, type StartedTool } from '../testing/start-tool.ts'

const start = new Date('2026-11-17T12:00:00Z')
let tool: StartedTool
beforeAll(async () => {
  tool = await startTool(start)
})
afterAll(() => tool.close())

const finn = () => tool.as('finn', { cohort: tool.seeded.cohortId })
const ana = () => tool.as('ana', { link: tool.seeded.links.riverside })
const items: AgendaItem[] = [
  { title: 'Who is here', kind: 'check_in', minutes: 15, ledBy: 'everyone', functions: ['cultivate'] },
  { title: 'A model', kind: 'principle_theory_or_model', minutes: 60, ledBy: 'one_person', functions: [] },
]

describe('an agenda', () => {
  it('is written by a facilitator and read by everyone, with what could be told about it', async () => {
    const params = { id: tool.seeded.meetings.next }
    const written = await (await finn())(writeAgenda, { params, body: { items } })
    expect(written.value).toMatchObject({ mayChange: true, items })
    expect(written.value.findings.map(({ code }) => code)).toEqual(['agenda.not_didactic', 'functions.coverage'])
    expect((await (await ana())(showAgenda, { params })).value).toMatchObject({ mayChange: false, items })
    const meeting = await tool.db.selectFrom('meeting').select('functions').where('id', '=', params.id).execute()
    expect(meeting).toEqual([{ functions: ['cultivate'] }])

    const shorter = await (await finn())(writeAgenda, { params, body: { items: items.slice(0, 1) } })
    expect(shorter.value).toMatchObject({ items: [{ title: 'Who is here' }], findings: [] })

    const call = await finn()
    const atOnce = [1, 2, 3, 4, 5, 6].map(() => call(writeAgenda, { params, body: { items } }))
    expect((await Promise.all(atOnce)).filter(({ status }) => status >= 300)).toEqual([])
  })

  it('is not for participants to change, nor for another network to see', async () => {
    const params = { id: tool.seeded.meetings.next }
    expect(await (await ana())(writeAgenda, { params, body: { items } })).toMatchObject({
      problem: { code: 'meeting.not_allowed' },
    })
    const elsewhere = await seedNetwork(tool.db, { now: start })
    const theirs = { id: elsewhere.meetings.next }
    const call = await finn()
    expect(await call(showAgenda, { params: theirs })).toMatchObject({ status: 404 })
    expect(await call(writeAgenda, { params: theirs, body: { items } })).toMatchObject({ status: 404 })
    expect(await call(showAttendance, { params: theirs })).toMatchObject({ status: 404 })
  })
})

describe('attendance', () => {
  it('is noted by a facilitator, once each, and can be taken back', async () => {
    const call = await finn()
    const params = { id: tool.seeded.meetings.past }
    const { ana: anasId, hana } = tool.seeded.people
    const note = (personId: typeof hana, isPresent: boolean) =>
      call(noteAttendance, { params, body: { personId, isPresent } })
    expect((await note(anasId, true)).value).toEqual({ present: 1 })
    expect((await note(hana, true)).value).toEqual({ present: 2 })
    expect((await note(hana, true)).value).toEqual({ present: 2 })
    expect((await note(anasId, false)).value).toEqual({ present: 1 })
    const { people } = (await call(showAttendance, { params })).value
    expect(people.filter(({ isPresent }) => isPresent).map(({ name }) => name)).toEqual(['Hana Weiss'])
    expect(people).toHaveLength(5)
  })

  it('is not noted before a meeting begins, of who is not in the cohort, nor by participants', async () => {
    const call = await finn()
    const { past, next } = tool.seeded.meetings
    const { hana, igor } = tool.seeded.people
    const note = (id: typeof past, personId: typeof hana) =>
      call(noteAttendance, { params: { id }, body: { personId, isPresent: true } })
    expect(await note(next, hana)).toMatchObject({ status: 409, problem: { code: 'meeting.not_yet' } })
    expect(await note(past, igor)).toMatchObject({ status: 409, problem: { code: 'meeting.not_in' } })
    expect(await (await ana())(showAttendance, { params: { id: past } })).toMatchObject({ status: 403 })
  })
})

describe('a commitment', () => {
  it('is its owner’s, and is looked at when its day has come', async () => {
    const call = await ana()
    const made = await call(makeCommitment, { body: { text: 'Ask the food hub before I plan' } })
    expect(made.value).toMatchObject({
      isMine: true,
      after30: { kept: null, isDue: false },
      person: { name: 'Ana Okonjo' },
    })
    const params = { id: made.value.id }
    const body = { after: 30 as const, kept: 'partly' as const, outcome: 'Twice so far' }
    expect(await call(checkCommitment, { params, body })).toMatchObject({ problem: { code: 'commitment.not_yet' } })
    await tool.db
      .updateTable('commitment')
      .set({ made_at: new Date(+start - 31 * 86_400_000) })
      .execute()
    expect((await call(checkCommitment, { params, body })).value).toMatchObject({
      outcome: 'Twice so far',
      after30: { kept: 'partly', isDue: false },
      after90: { kept: null, isDue: false },
    })
    const asFinn = await finn()
    expect((await asFinn(listCommitments, {})).value.items).toMatchObject([{ isMine: false, outcome: 'Twice so far' }])
    expect(await asFinn(checkCommitment, { params, body })).toMatchObject({ status: 404 })

    const cohort = tool.db.updateTable('cohort').where('id', '=', tool.seeded.cohortId)
    await cohort.set({ status: 'closed', alumni: 'read_only' }).execute()
    expect(await call(listCommitments, {})).toMatchObject({ status: 200 })
    expect(await call(checkCommitment, { params, body })).toMatchObject({
      status: 403,
      problem: { code: 'commitment.no_seat' },
    })
  })
})
