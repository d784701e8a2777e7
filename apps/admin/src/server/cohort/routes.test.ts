import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import * as contract from '@copractice/core/cohort'
import { addPerson, seedNetwork } from '@copractice/services/testing'
import { startAdmin, type Browser, type StartedAdmin } from '../testing/start-admin.ts'

const DAY = 86_400_000
const now = new Date('2027-01-10T12:00:00Z')
let admin: StartedAdmin
let cora: Browser
beforeAll(async () => {
  admin = await startAdmin(now)
  cora = await admin.signedIn(admin.cora)
})
afterAll(() => admin.close())

type Kind = 'participant' | 'chair' | 'facilitator'
const seat = (personId: string, institutionId: string, kind: Kind = 'participant', isWaitlisted = false) => ({
  personId,
  institutionId,
  kind,
  isWaitlisted,
})
const weekly = Array.from({ length: 6 }, (_, n) => ({
  title: `Meeting ${n + 1}`,
  startsAt: new Date(+now + (7 + n * 7) * DAY),
  endsAt: new Date(+now + (7 + n * 7) * DAY + 90 * 60_000),
  place: null,
  joinUrl: 'https://meet.example/elm',
}))
function draft(change: Record<string, unknown> = {}) {
  const { people, institutions, regionId } = admin.seeded
  return {
    regionId,
    name: 'Elm',
    theme: 'Fundamentals',
    timeZone: 'America/New_York',
    conveningId: null,
    submissionDeadline: null,
    seats: [
      seat(people.rosa, institutions.riverside, 'chair'),
      seat(people.igor, institutions.hillside),
      seat(people.dora, institutions.tenthStreet),
    ],
    meetings: weekly,
    ...change,
  }
}
const create = (change: Record<string, unknown> = {}) =>
  cora.call(contract.createCohortFromDraft, { body: { ...draft(change), reason: null } })
const show = async (cohortId: string) => (await cora.call(contract.showCohort, { params: { cohortId } })).value
const codes = (facts: unknown) => (facts as { findings: { code: string }[] }).findings.map(({ code }) => code)

async function strangers(n: number) {
  const { networkId, institutions } = admin.seeded
  const made = Array.from({ length: n }, (_, at) =>
    addPerson(admin.db, { networkId, name: `Person ${at}`, institutionId: institutions.riverside }),
  )
  return (await Promise.all(made)).map((id) => seat(id, institutions.riverside))
}

describe('composing', () => {
  it('tells what the rules say, each with its strength, and saves nothing', async () => {
    const body = draft({ name: '', seats: draft().seats.slice(1), meetings: weekly.slice(1) })
    const { value } = await cora.call(contract.checkCohortDraft, { body })
    expect(value).toMatchObject({
      capacity: 15,
      seated: 2,
      findings: [
        { code: 'cohort.chair', strength: 'block' },
        { code: 'schedule.meetings', strength: 'warn' },
      ],
    })
  })

  it('refuses to name people it may not see, as if there were none', async () => {
    const other = await seedNetwork(admin.db, { now })
    const seats = [seat(other.people.ana, other.institutions.riverside)]
    expect((await cora.call(contract.checkCohortDraft, { body: draft({ seats }) })).problem.code).toBe(
      'cohort.person_unknown',
    )
  })

  it('creates cohort, seats, meetings and mails in one go, and both campuses show', async () => {
    const created = await create({ name: 'Alder' })
    // Only Dora has an address.
    expect([created.status, created.value.invited]).toEqual([201, 1])
    const mail = (await admin.lastMail(`dora@${admin.seeded.slug}.example`))!
    expect(mail.body_text).toContain('https://space.example/sign-in')
    const cohort = await show(created.value.id)
    expect(cohort).toMatchObject({ seats: { taken: 3, capacity: 15, chairs: 1, waitlisted: 0 } })
    expect(cohort.institutions.map(({ letter }) => letter)).toEqual(['H', 'R', 'T'])
    expect(cohort.meetingList).toHaveLength(6)
    expect(cohort.campuses).toMatchObject([{ profile: 'moodle' }, { profile: 'canvas' }])
  })

  it('refuses the 16th with the rule and who could wait, and leaves nothing behind', async () => {
    const seats = [...draft().seats, ...(await strangers(13))]
    const refused = await create({ name: 'Sixteen', seats })
    expect([refused.status, refused.problem.code]).toEqual([409, 'cohort.blocked'])
    expect(codes(refused.problem.facts)).toEqual(['cohort.full'])
    expect(await admin.db.selectFrom('cohort').select('id').where('name', '=', 'Sixteen').execute()).toEqual([])
    const waiting = seats.map((one, at) => ({ ...one, isWaitlisted: at === 15 }))
    const { value } = await create({ name: 'Sixteen', seats: waiting })
    expect((await show(value.id)).seats).toMatchObject({ taken: 15, waitlisted: 1 })
  })

  it('goes ahead with a warning once somebody says why, and writes it down', async () => {
    const change = { name: 'Short', meetings: weekly.slice(2) }
    expect((await create(change)).problem.code).toBe('cohort.needs_reason')
    const body = { ...draft(change), reason: 'The term is short' }
    const { value } = await cora.call(contract.createCohortFromDraft, { body })
    const entry = await admin.db
      .selectFrom('audit_entry')
      .select('facts')
      .where('subject', '=', `cohort:${value.id}`)
      .executeTakeFirstOrThrow()
    expect(entry.facts).toMatchObject({ accepted: ['schedule.meetings'], reason: 'The term is short' })
  })

  it('gives one name once, also when two coordinators press at the same moment', async () => {
    const answers = await Promise.all([1, 2, 3, 4].map(() => create({ name: 'Beech' })))
    expect(answers.filter(({ status }) => status === 201)).toHaveLength(1)
    const refused = answers.filter(({ status }) => status === 409)
    expect(refused).toHaveLength(3)
    const late = await create({ name: 'BEECH' })
    expect(codes(late.problem.facts)).toEqual(['cohort.name_taken'])
  })
})

describe('a cohort', () => {
  it('is hidden from another network’s coordinator in every route', async () => {
    const { value } = await create({ name: 'Hidden' })
    const other = await seedNetwork(admin.db, { now })
    const elsewhere = await admin.signedIn(`cora@${other.slug}.example`)
    const params = { cohortId: value.id }
    const [first] = (await show(value.id)).seatList
    const one = { ...params, seatId: first!.id }
    const { personId, institutionId } = draft().seats[1]!
    const body = { personId, institutionId, kind: 'participant' }
    const answers = [
      await elsewhere.call(contract.showCohort, { params }),
      await elsewhere.call(contract.addSeat, { params, body }),
      await elsewhere.call(contract.removeSeat, { params: one }),
      await elsewhere.call(contract.restoreSeat, { params: one }),
      await elsewhere.call(contract.fillSeats, { params }),
      await elsewhere.call(contract.inviteAgain, { params: one }),
      await elsewhere.call(contract.createCohortFromDraft, { body: { ...draft({ name: 'Mine' }), reason: null } }),
    ]
    expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 404))
    expect((await elsewhere.call(contract.listCohorts)).value.items.map(({ name }) => name)).toEqual(['Willow cohort'])
  })

  it('gives a removed person the seat back, unless somebody got it meanwhile', async () => {
    const seats = [...draft().seats, ...(await strangers(12))]
    const { value } = await create({ name: 'Maple', seats })
    admin.clock.now = new Date(+now + 3_600_000)
    const params = { cohortId: value.id }
    const { people, institutions } = admin.seeded
    const ben = { personId: people.ben, institutionId: institutions.riverside, kind: 'participant' }
    expect((await cora.call(contract.addSeat, { params, body: ben })).value.status).toBe('waitlisted')
    const leaving = (await show(value.id)).seatList.find(({ person }) => person.name === 'Person 0')!
    const one = { ...params, seatId: leaving.id }

    await cora.call(contract.removeSeat, { params: one })
    expect((await show(value.id)).seats).toMatchObject({ taken: 14, waitlisted: 1 })
    expect((await cora.call(contract.restoreSeat, { params: one })).value).toEqual({ status: 'seated' })

    await cora.call(contract.removeSeat, { params: one })
    expect((await cora.call(contract.fillSeats, { params })).value).toEqual({ given: 1 })
    expect((await cora.call(contract.restoreSeat, { params: one })).value).toEqual({ status: 'waitlisted' })
    expect((await show(value.id)).seats).toMatchObject({ taken: 15, waitlisted: 1 })
  })

  it('is live where a course link opens it', async () => {
    const cohort = await show(admin.seeded.cohortId)
    expect(cohort.live).toMatchObject([
      { institution: { letter: 'H' }, profile: 'moodle', courseTitle: 'Engaged Research', lastLaunchAt: now },
      { institution: { letter: 'R' }, profile: 'canvas', courseTitle: 'CEP 610', lastLaunchAt: now },
    ])
  })

  it('sends a partner a fresh sign-in link on demand, and says when somebody has no address', async () => {
    const { seatList } = await show(admin.seeded.cohortId)
    const seatOf = (name: string) => seatList.find(({ person }) => person.name === name)!
    const params = (name: string) => ({ cohortId: admin.seeded.cohortId, seatId: seatOf(name).id })
    expect((await cora.call(contract.inviteAgain, { params: params('Dora Carter') })).status).toBe(204)
    const mails = await admin.mailsTo(`dora@${admin.seeded.slug}.example`)
    expect(mails.at(-1)!.body_text).toMatch(/https:\/\/space\.example\/sign-in#\w+/)
    expect((await cora.call(contract.inviteAgain, { params: params('Ana Okonjo') })).problem.code).toBe(
      'cohort.no_address',
    )
  })
})
