import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { InstitutionId, PersonId } from '@copractice/core/kernel'
import { exportForResearch, exportReport, showReport, type ReportPart } from '@copractice/core/report'
import { conveningMinutes } from '@copractice/services/convening'
import { addPerson, seedNetwork } from '@copractice/services/testing'
import { newestPolicy } from '@copractice/store/programme'
import { countTies } from '@copractice/store/report'
import { startAdmin, type Browser, type StartedAdmin } from '../testing/start-admin.ts'

const DAY = 86_400_000
const now = new Date('2027-02-10T12:00:00Z')
let admin: StartedAdmin
let cora: Browser
let network_id: string
let riversides: PersonId[]
let hillsides: PersonId[]

/** Six more of Riverside and five of Hillside in the seeded cohort, which met on 3 February: all of them, and Ana, were there. */
beforeAll(async () => {
  admin = await startAdmin(now)
  cora = await admin.signedIn(admin.cora)
  const { networkId, institutions, cohortId, meetings, people } = admin.seeded
  network_id = networkId
  const join = async (count: number, institutionId: InstitutionId, affiliation: 'student' | 'faculty') => {
    const made: PersonId[] = []
    for (let n = 0; n < count; n++) {
      const personId = await addPerson(admin.db, { networkId, name: `P${n}`, institutionId, affiliation })
      made.push(personId)
      const seat = { network_id, cohort_id: cohortId, person_id: personId, institution_id: institutionId }
      await admin.db
        .insertInto('seat')
        .values({ ...seat, kind: 'participant', status: 'seated', since: now })
        .execute()
    }
    return made
  }
  riversides = await join(6, institutions.riverside, 'student')
  hillsides = await join(5, institutions.hillside, 'faculty')
  const there = [...riversides, ...hillsides, people.ana]
  const row = { network_id, meeting_id: meetings.past, noted_by: people.finn, at: now }
  await admin.db
    .insertInto('attendance')
    .values(there.map((person_id) => ({ ...row, person_id })))
    .execute()
  const item = { network_id, meeting_id: meetings.past, title: 'A part', kind: 'open_space' as const }
  await admin.db
    .insertInto('agenda_item')
    .values([
      { ...item, position: 0, minutes: 60, led_by: 'one_person', functions: ['educate', 'support'] },
      { ...item, position: 1, minutes: 30, led_by: 'everyone', functions: ['integrate'] },
    ])
    .execute()
  const commitment = { network_id, cohort_id: cohortId, text: 'To do', made_at: new Date(+now - 31 * DAY) }
  await admin.db
    .insertInto('commitment')
    .values([
      ...riversides.map((person_id) => ({ ...commitment, person_id, check_30: 'kept' as const, checked_at_30: now })),
      ...hillsides.map((person_id) => ({ ...commitment, person_id })),
    ])
    .execute()
})
afterAll(() => admin.close())

const csv = async (part: ReportPart, query: Record<string, string> = {}) => {
  const text = await (await cora.raw('GET', `/api/reports/csv/${part}?${new URLSearchParams(query).toString()}`)).text()
  return text.replace('\uFEFF', '').trimEnd().split('\r\n')
}

describe('a report', () => {
  it('counts each person once, by campus and affiliation, and hides what is small with what would tell it', async () => {
    const { value } = await cora.call(showReport)
    const { campuses, total } = value.participation
    // Riverside: Ana, Ravi and six; Hillside: Hana, a student, and five of faculty; Tenth Street: Dora alone.
    expect(total).toBe(15)
    const told = campuses.flatMap((one) => [...one.byAffiliation, one.total])
    expect(told.every((count) => count === null || count === 0 || count >= 5)).toBe(true)
    const tenth = campuses.find(({ institution }) => institution.letter === 'T')!
    expect(tenth).toMatchObject({ byAffiliation: [0, 0, 0, 0, null, 0], total: null })
    expect(await csv('participation')).toContain('Tenth Street Food Hub,0,0,0,0,hidden,0,hidden')
  })

  it('adds up hours, functions and presented time of what was held', async () => {
    const { value } = await cora.call(showReport)
    expect(value).toMatchObject({
      cohorts: 1,
      hours: { meetingsHeld: 1, meetingsNoted: 1, guidedMinutes: 90, people: 12, personMinutes: 12 * 90 },
      agenda: { minutes: 90, presented: 60, over: 1 },
      functions: { meetings: 3 },
    })
    expect(value.functions.minutes.map(({ minutes }) => minutes)).toEqual([60, 60, 0, 0, 30])
    expect(value.agenda.cohorts).toEqual([0, 0, 0, 0, 0, 0, 1, 0, 0, 0])
    expect(await csv('hours')).toEqual([
      'of,name,people who attended,minutes attended',
      'campus,Hillside College,5,450',
      'campus,Riverside State,7,630',
      'affiliation,faculty,5,450',
      'affiliation,student,7,630',
      'all,,12,1080',
    ])
  })

  it('counts who was checked in at a convening too: overlapping sessions once, those without a seat where they registered', async () => {
    const { networkId, regionId, institutions } = admin.seeded
    const hour = (of: number) => new Date(Date.parse('2027-02-04T12:00:00Z') + of * 3_600_000)
    const dates = {
      starts_at: hour(0),
      ends_at: hour(8),
      registration_closes_at: hour(0),
      time_zone: 'America/New_York',
    }
    const { id: convening_id } = await admin.db
      .insertInto('convening')
      .values({
        network_id,
        region_id: regionId,
        name: 'A day',
        slug: 'a-day',
        place: 'Here',
        status: 'open',
        ...dates,
      })
      .returning('id')
      .executeTakeFirstOrThrow()
    const session = { network_id, convening_id, place: 'Here' }
    const sessions = await admin.db
      .insertInto('convening_session')
      .values([
        { ...session, title: 'One', starts_at: hour(0), ends_at: hour(2) },
        { ...session, title: 'Two', starts_at: hour(1), ends_at: hour(3) },
        // Beyond the moment the report is made.
        { ...session, title: 'Later', starts_at: new Date(+now + DAY), ends_at: new Date(+now + 2 * DAY) },
      ])
      .returning('id')
      .execute()
    const attend = async (person_id: PersonId, institution_id: InstitutionId) => {
      const registration = { network_id, convening_id, person_id, institution_id, affiliation: 'staff' as const }
      const { id: registration_id } = await admin.db
        .insertInto('registration')
        .values({ ...registration, status: 'registered', created_at: now })
        .returning('id')
        .executeTakeFirstOrThrow()
      const there = { network_id, convening_id, registration_id, at: now, how: 'list' as const }
      await admin.db
        .insertInto('check_in')
        .values([null, ...sessions.map(({ id }) => id)].map((session_id) => ({ ...there, session_id })))
        .execute()
    }
    for (const personId of riversides) await attend(personId, institutions.riverside)
    const guests: PersonId[] = []
    for (let n = 0; n < 5; n++) guests.push(await addPerson(admin.db, { networkId, name: `G${n}` }))
    for (const personId of guests) await attend(personId, institutions.hillside)
    const all = await conveningMinutes(admin.db, networkId, { until: now, personIds: [riversides[0]!, guests[0]!] })
    expect([...all.values()]).toEqual([180, 180])
    expect(await csv('hours')).toEqual([
      'of,name,people who attended,minutes attended',
      `campus,Hillside College,10,${450 + 5 * 180}`,
      `campus,Riverside State,7,${630 + 6 * 180}`,
      'affiliation,faculty,5,450',
      `affiliation,staff,5,${5 * 180}`,
      `affiliation,student,7,${630 + 6 * 180}`,
      `all,,17,${1080 + 11 * 180}`,
    ])
    expect((await cora.call(showReport, { query: { term: 'fall-2026' } })).status).toBe(404)
    // Two more of a third campus and an affiliation of their own: hidden, and another with them.
    for (const name of ['H0', 'H1'])
      await attend(await addPerson(admin.db, { networkId, name }), institutions.tenthStreet)
    const { hours } = (await cora.call(showReport)).value
    expect(hours.people).toBe(19)
    expect(hours.campuses.filter(({ people }) => people === null)).toHaveLength(2)
    expect(hours.campuses.every((one) => (one.people === null) === (one.personMinutes === null))).toBe(true)
  })

  it('counts pairs of two campuses that met, in the term they first did', async () => {
    const { networkId } = admin.seeded
    const midnight = { summer: '2026-06-01', winter: '2027-01-01', end: '2027-06-01' }
    const pairsIn = async (from: keyof typeof midnight, until: keyof typeof midnight) => {
      const span = { from: new Date(midnight[from]), until: new Date(midnight[until]) }
      return countTies(admin.db, { scope: { networkId, reach: { regions: 'all', institutions: [] } }, span, now })
    }
    const spring = await pairsIn('winter', 'end')
    expect(spring.pairs).toBe(7 * 5)
    expect(spring.campuses.map(({ people }) => people)).toEqual([5, 7])
    const earlier = await admin.db
      .insertInto('meeting')
      .values({
        network_id,
        cohort_id: admin.seeded.cohortId,
        title: 'Last fall',
        starts_at: new Date('2026-11-05T15:00:00Z'),
        ends_at: new Date('2026-11-05T16:00:00Z'),
        time_zone: 'America/New_York',
        place: 'Here',
        join_url: null,
        bring: null,
      })
      .returning('id')
      .executeTakeFirstOrThrow()
    const row = { network_id, meeting_id: earlier.id, noted_by: admin.seeded.people.finn, at: now }
    await admin.db
      .insertInto('attendance')
      .values([riversides[0]!, ...hillsides].map((person_id) => ({ ...row, person_id })))
      .execute()
    expect((await pairsIn('winter', 'end')).pairs).toBe(30)
    expect((await pairsIn('summer', 'winter')).pairs).toBe(5)
    expect((await pairsIn('summer', 'end')).pairs).toBe(35)
  })

  it('tells no ties of a campus whose people it hides, nor all of them', async () => {
    const { ties, participation } = (await cora.call(showReport)).value
    const hidden = participation.campuses.filter(({ total }) => total === null).map(({ institution }) => institution.id)
    expect(hidden).toContain(admin.seeded.institutions.hillside)
    expect(ties.campuses.filter(({ institution, count }) => hidden.includes(institution.id) && count !== null)).toEqual(
      [],
    )
    expect(ties.campuses).toHaveLength(2)
    expect([ties.pairs, await csv('ties')]).toEqual([null, expect.arrayContaining(['pairs of people in all,hidden'])])
  })

  it('tells commitments whose day has come, and who stayed from term to term', async () => {
    const { value } = await cora.call(showReport)
    expect(value.commitments).toMatchObject({
      made: 11,
      after30: { due: 11, kept: 6, partly: 0, not: 0, unanswered: 5 },
      after90: { due: 0, kept: 0 },
    })
    expect(value.choices.terms).toEqual(['spring-2027', 'fall-2026'])
    expect(value.retention).toEqual([
      { term: 'fall-2026', people: 15, stayed: 15, isLast: false },
      { term: 'spring-2027', people: 15, stayed: 0, isLast: true },
    ])
  })

  it('offers terms by the days of the network, up to the one after now whatever year a meeting is typed in', async () => {
    const dates = async () => (await cora.call(showReport)).value.choices.terms
    const meeting = {
      network_id,
      cohort_id: admin.seeded.cohortId,
      title: 'At the edge',
      time_zone: 'America/New_York',
      place: 'Here',
      join_url: null,
      bring: null,
    }
    const hold = async (at: string, run: () => Promise<void>) => {
      const [starts_at, ends_at] = [new Date(at), new Date(Date.parse(at) + 3_600_000)]
      const { id } = await admin.db
        .insertInto('meeting')
        .values({ ...meeting, starts_at, ends_at })
        .returning('id')
        .executeTakeFirstOrThrow()
      await run()
      await admin.db.deleteFrom('meeting').where('id', '=', id).execute()
    }
    const { limits } = await newestPolicy(admin.db, admin.seeded.networkId)
    const [begins] = limits.conveningTerms.filter(({ term }) => term === 'fall').map((one) => one.begins)
    // Two in the night of UTC is the evening before in New York: the last of the summer.
    await hold(`2026-${begins}T02:00:00Z`, async () => {
      expect(await dates()).toEqual(['spring-2027', 'fall-2026', 'summer-2026'])
    })
    await hold('2062-02-10T12:00:00Z', async () => {
      expect(await dates()).toEqual(['summer-2027', 'spring-2027', 'fall-2026'])
    })
  })

  it('counts the same people as taking part and as staying, those who left among them', async () => {
    const seatOf = (status: 'seated' | 'left') =>
      admin.db.updateTable('seat').set({ status }).where('person_id', '=', riversides[0]!).execute()
    await seatOf('left')
    const { participation, retention } = (await cora.call(showReport, { query: { term: 'spring-2027' } })).value
    expect([participation.total, retention.find(({ term }) => term === 'spring-2027')?.people]).toEqual([15, 15])
    await seatOf('seated')
  })

  it('hides commitments of fewer than five different people, however many they made', async () => {
    const commitment = {
      network_id,
      cohort_id: admin.seeded.cohortId,
      text: 'More',
      made_at: new Date(+now - 31 * DAY),
    }
    const row = { ...commitment, person_id: riversides[0]!, check_30: 'not' as const, checked_at_30: now }
    const made = await admin.db
      .insertInto('commitment')
      .values(Array.from({ length: 7 }, () => row))
      .returning('id')
      .execute()
    const { commitments } = (await cora.call(showReport)).value
    expect(commitments).toMatchObject({
      made: 18,
      after30: { due: 18, kept: 6, partly: 0, not: null, unanswered: null },
    })
    const ids = made.map(({ id }) => id)
    await admin.db.deleteFrom('commitment').where('id', 'in', ids).execute()
  })

  it('is of one network and of the reader’s reach: out of it and unknown answer alike', async () => {
    const other = await seedNetwork(admin.db, { now })
    const elsewhere = await admin.signedIn(`cora@${other.slug}.example`)
    const theirs = (await elsewhere.call(showReport)).value
    expect([theirs.cohorts, theirs.hours.meetingsNoted, theirs.commitments.made]).toEqual([1, 0, 0])
    const out: Record<string, string>[] = [{ regionId: admin.seeded.regionId }, { term: 'fall-1999' }]
    for (const query of out) {
      expect(await elsewhere.call(showReport, { query })).toMatchObject({ status: 404 })
    }
    const email = 'only@riverside.example'
    const personId = await addPerson(admin.db, { networkId: admin.seeded.networkId, name: 'Only', email })
    const grant = { network_id, person_id: personId, role: 'institution_admin' as const, region_id: null }
    await admin.db
      .insertInto('role_grant')
      .values({ ...grant, institution_id: admin.seeded.institutions.riverside })
      .execute()
    expect(await (await admin.signedIn(email)).call(showReport)).toMatchObject({ status: 404 })
  })

  it('asks the database as often for one network as for another ten times as large', async () => {
    const count = async () => {
      const before = admin.counter.queries
      await cora.call(showReport)
      return admin.counter.queries - before
    }
    const first = await count()
    for (let n = 0; n < 20; n++) await addPerson(admin.db, { networkId: admin.seeded.networkId, name: `Q${n}` })
    expect(await count()).toBe(first)
  })
})

describe('the export for research', () => {
  it('holds those alone who consent in every cohort of theirs, nameless, and is written down', async () => {
    const refused = await cora.call(exportForResearch)
    expect(refused).toMatchObject({ status: 409, problem: { code: 'report.too_few_consent', facts: { least: 5 } } })
    const consent = { network_id, cohort_id: admin.seeded.cohortId, given_at: now }
    await admin.db
      .insertInto('research_consent')
      .values(riversides.map((person_id, n) => ({ ...consent, person_id, withdrawn_at: n === 0 ? now : null })))
      .execute()
    // Who holds no seat any more is in no cohort that could have been asked.
    const seatOf = (status: 'seated' | 'left') =>
      admin.db.updateTable('seat').set({ status }).where('person_id', '=', hillsides[0]!).execute()
    await seatOf('left')
    const answer = await cora.raw('GET', '/api/reports/research')
    await seatOf('seated')
    const lines = (await answer.text()).trimEnd().split('\r\n')
    expect(lines).toHaveLength(1 + 5)
    expect(lines[1]).toBe('1,student,1,1,90,1,1,0')
    const entries = await admin.db
      .selectFrom('audit_entry')
      .select('facts')
      .where('action', '=', 'report.research')
      .execute()
    expect(entries).toEqual([{ facts: { people: 5 } }])
  })
})

it('a part that does not exist is not guessed', async () => {
  expect((await cora.call(exportReport, { params: { part: 'grades' } })).status).toBe(422)
})
