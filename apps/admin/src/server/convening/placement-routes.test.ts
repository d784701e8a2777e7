import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  createConvening,
  importRegistrantsRoute,
  register,
  setRegistration,
  showConvening,
} from '@copractice/core/convening'
import * as contract from '@copractice/core/convening/board'
import { listAuditEntries } from '@copractice/core/directory'
import type { ConveningId } from '@copractice/core/kernel'
import { solveDueBoards } from '@copractice/services/convening/board'
import { addPerson, seedNetwork } from '@copractice/services/testing'
import { conveningDetails } from '../testing/open-convening.ts'
import { startAdmin, type Browser, type StartedAdmin } from '../testing/start-admin.ts'

const now = new Date('2027-01-10T12:00:00Z')
type Params = { conveningId: ConveningId }
type Place = Params & { place: number }
let admin: StartedAdmin
let cora: Browser
let marcus: Browser
beforeAll(async () => {
  admin = await startAdmin(now)
  cora = await admin.signedIn(admin.cora)
  const email = `marcus@${admin.seeded.slug}.example`
  const { networkId, regionId, institutions } = admin.seeded
  const id = await addPerson(admin.db, { networkId, name: 'Marcus Bell', institutionId: institutions.hillside, email })
  await admin.db
    .insertInto('role_grant')
    .values({ network_id: networkId, person_id: id, role: 'coordinator', region_id: regionId, institution_id: null })
    .execute()
  marcus = await admin.signedIn(email)
})
afterAll(() => admin.close())

/** Solving takes a while, so the boards of one test serve the next. */
let few: Place
let other: Place
let many: Place
let moved: Place
let made = 0
const COLUMNS = 'Name,Email,Institution,Affiliation,Can chair,Interests,Languages,Slots,With,Not with'
const CAMPUSES = ['Riverside State', 'Hillside College', 'Tenth Street Food Hub']
const KINDS = ['faculty', 'staff', 'student']
const address = (place: number, at: number) => `p${at}@g${place}.example`
/** Two groups by their times, so that they can only sit apart; every third can chair. */
function rows(place: number, from: number, to: number, more: Record<number, string> = {}): string {
  const lines = Array.from({ length: to - from }, (_, index) => {
    const at = from + index
    const slots = at % 2 ? 'mon-15;tue-15;fri-09' : 'wed-09;thu-09;fri-09'
    const kind = CAMPUSES[at % 3]!.startsWith('Tenth') ? 'community partner' : KINDS[at % 3]!
    return `Person ${at},${address(place, at)},${CAMPUSES[at % 3]!},${kind},${at % 3 ? 'no' : 'yes'},arts,en,${slots},${more[at] ?? ','}`
  })
  return [COLUMNS, ...lines].join('\n')
}
const bring = (params: Params, csv: string) =>
  cora.call(importRegistrantsRoute, { params, body: { csv, commit: true } })

async function convening(people: number, more: Record<number, string> = {}): Promise<Place> {
  const place = ++made
  const extra = { kind: 'gathering', term: null, series: null }
  const body = conveningDetails(admin, { name: `Gathering ${place}`, capacity: null, ...extra })
  const { value } = await cora.call(createConvening, { body })
  const params = { conveningId: value.id, place }
  const brought = await bring(params, rows(place, 0, people, more))
  expect(brought.value ?? brought.problem).toMatchObject({ added: people })
  return params
}
const policy = { seats: 8, minimum: 3, commonSlots: 2 }
const SOLVE = { version: 0, seed: 1, policy, keepPins: false }
const solve = (params: Params, body: object = {}, who = cora) =>
  who.call(contract.solvePlacementRoute, { params, body: { ...SOLVE, ...body } })
const show = async (params: Params, who = cora) => (await who.call(contract.showPlacement, { params })).value
const board = async (params: Params) => (await show(params)).board!
const change = (params: Params, version: number, what: object, who = cora) =>
  who.call(contract.changePlacement, { params, body: { version, change: what } })
const names = ({ cohorts, people }: contract.BoardSeen) =>
  cohorts.map(({ members }) => members.map((id) => people.find((one) => one.id === id)!.name))
const idOf = ({ people }: contract.BoardSeen, name: string) => people.find((one) => one.name === name)!.id

describe('a placement', () => {
  it('of few people is solved at once, and the same again from the same seed', async () => {
    few = await convening(12)
    other = await convening(12)
    expect((await show(few)).board).toBeNull()
    expect((await solve(few)).value).toEqual({ version: 1, state: 'open' })
    await solve(other)
    const [first, second] = [await board(few), await board(other)]
    expect(names(first)).toEqual(names(second))
    expect(first).toMatchObject({ state: 'open', unplaced: [], boundKeeps: 0, pending: { cohorts: 2, people: 12 } })
    expect(first.bound).toBeGreaterThanOrEqual(first.objective)
    expect(first.cohorts.map(({ members }) => members.length)).toEqual([6, 6])
    expect(first.cohorts.flatMap(({ blocks }) => blocks)).toEqual([])
    expect(first.changes).toMatchObject([{ kind: 'solved', by: 'Cora Lind', isMine: true, count: 12 }])
  })

  it('of many is left to a job, which tells how far it is; until then nobody moves anybody', async () => {
    many = await convening(30)
    const params = many
    expect((await solve(params)).value).toEqual({ version: 0, state: 'solving' })
    expect((await board(params)).solving).toMatchObject({ step: 0, objective: null })
    expect((await change(params, 0, { kind: 'fit' })).problem.code).toBe('placement.solving')
    expect((await solve(params)).problem.code).toBe('placement.solving')
    await solveDueBoards(admin.db, () => now)
    const solved = await board(params)
    expect(solved).toMatchObject({ version: 1, state: 'open', solving: null, unplaced: [] })
    expect(solved.cohorts.length).toBeGreaterThanOrEqual(4)
  })

  it('that nothing solved for five minutes fails, says why, and can be solved again', async () => {
    const params = await convening(30)
    await solve(params)
    const asked = admin.clock.now
    admin.clock.now = new Date(+asked + 4 * 60_000)
    expect(await board(params)).toMatchObject({ state: 'solving', failure: null })
    admin.clock.now = new Date(+asked + 6 * 60_000)
    expect(await board(params)).toMatchObject({ state: 'failed', failure: 'placement.not_taken', solving: null })
    expect((await solve(params)).value).toEqual({ version: 0, state: 'solving' })
    await solveDueBoards(admin.db, () => admin.clock.now)
    expect(await board(params)).toMatchObject({ version: 1, state: 'open', failure: null })
    admin.clock.now = asked
  })

  /** Takes the board and never answers, as a process that was killed. */
  const killed = (at: Date) =>
    new Promise<void>((taken) => {
      const dies: Parameters<typeof solveDueBoards>[2] = () => (taken(), new Promise(() => {}))
      void solveDueBoards(admin.db, () => at, dies)
    })
  const minutes = (count: number) => new Date(+admin.clock.now + count * 60_000)

  it('that ends whatever process solves it is given up after three, says so, and can be asked for again', async () => {
    const params = await convening(30)
    await solve(params)
    for (const at of [1, 4, 7]) await killed(minutes(at))
    expect(await board(params)).toMatchObject({ state: 'solving', failure: null })
    const never = () => Promise.reject(new Error('a fourth time'))
    await solveDueBoards(admin.db, () => minutes(8), never)
    expect((await board(params)).state).toBe('solving')
    await solveDueBoards(admin.db, () => minutes(10), never)
    expect(await board(params)).toMatchObject({ state: 'failed', failure: 'placement.gave_up', solving: null })
    expect((await solve(params)).value).toEqual({ version: 0, state: 'solving' })
    let solvers = 0
    const atOnce = async () => (solvers++, { cohorts: [], bound: 0 })
    await Promise.all([1, 2].map(() => solveDueBoards(admin.db, () => admin.clock.now, atOnce)))
    expect(solvers).toBe(1)
    expect(await board(params)).toMatchObject({ version: 1, state: 'open', failure: null })
  })

  it('is left alone by a slow process that breaks off after another took the board', async () => {
    const params = await convening(30)
    await solve(params)
    const gate = Promise.withResolvers<never>()
    let slow: Promise<void> | undefined
    await new Promise<void>((taken) => {
      slow = solveDueBoards(
        admin.db,
        () => minutes(0),
        () => (taken(), gate.promise),
      )
    })
    await killed(minutes(3))
    gate.reject(new Error('out of memory'))
    await expect(slow).rejects.toThrow('out of memory')
    expect(await board(params)).toMatchObject({ state: 'solving', failure: null })
  })

  it('says of everybody without a place why, by the names of cohorts', async () => {
    const params = await convening(13, { 12: ',' })
    await bring(
      params,
      `${COLUMNS}\nLone Wolf,wolf@x${params.place}.example,Riverside State,staff,no,,en,sun-06;sat-06,,`,
    )
    const outsider = await addPerson(admin.db, { networkId: admin.seeded.networkId, name: 'Otto Fern' })
    await admin.db
      .insertInto('registration')
      .values({
        network_id: admin.seeded.networkId,
        convening_id: params.conveningId,
        person_id: outsider,
        institution_id: admin.seeded.institutions.riverside,
        affiliation: 'staff',
        status: 'registered',
        created_at: now,
      })
      .execute()
    await solve(params)
    const { unplaced, people } = await board(params)
    const told = unplaced.map(({ id, why }) => [people.find((one) => one.id === id)!.name, why.code])
    expect(told).toEqual([
      ['Lone Wolf', 'placement.too_few_in_reach'],
      ['Otto Fern', 'placement.ineligible'],
    ])
  })

  it('asks as many questions of the database for thirty people as for twelve', async () => {
    const count = async (params: Params) => {
      const before = admin.counter.queries
      await show(params)
      return admin.counter.queries - before
    }
    expect(await count(many)).toBe(await count(few))
  })
})

it('who signs up with the form may say when they could meet, and is placed by it', async () => {
  const { slug } = (await cora.call(showConvening, { params: { conveningId: many.conveningId } })).value
  await cora.call(setRegistration, { params: { conveningId: many.conveningId }, body: { status: 'open' } })
  const body = {
    name: 'Fay Form',
    email: 'fay@form.example',
    institutionId: admin.seeded.institutions.hillside,
    affiliation: 'staff',
    interests: 'Arts, housing',
    wishes: { canChair: true, languages: [], slots: ['mon-15', 'tue-15'] },
  }
  expect((await admin.browser().call(register, { params: { slug }, body })).status).toBe(204)
  const late = await board(many)
  const id = idOf(late, 'Fay Form')
  expect(late.people.find((one) => one.id === id)).toMatchObject({ canChair: true, isLate: true })
  expect(late.unplaced.find((one) => one.id === id)).toMatchObject({ why: { code: 'placement.fits' } })
  expect(late).toMatchObject({ assumed: { language: 'en', people: 1 }, bound: null })
})

describe('the board', () => {
  it('moves, explains, forbids with what would make it possible, undoes and does again', async () => {
    moved = await convening(14, { 2: `,${address(made + 1, 3)}` })
    const params = moved
    await solve(params)
    const first = await board(params)
    const free = first.unplaced.map(({ id }) => id)
    const [here, there] = first.cohorts as [contract.CohortSeen, contract.CohortSeen]
    const person = here.members.find((id) => id !== here.chair)!
    const weighed = (
      await cora.call(contract.weighPlacement, { params: { conveningId: params.conveningId, personId: person } })
    ).value
    expect(weighed.here).toMatchObject({ cohort: here.key, isChair: false, sharedSlots: here.slots.length })
    const [elsewhere] = weighed.elsewhere
    expect(elsewhere!.block).toMatchObject({
      code: 'placement.times',
      facts: { cohort: there.name, shared: 1, needs: 2 },
    })
    const refused = await change(params, first.version, { kind: 'move', id: person, to: there.key })
    expect([refused.status, refused.problem]).toMatchObject([409, elsewhere!.block!])
    expect((await board(params)).version).toBe(first.version)

    const away = await change(params, first.version, { kind: 'move', id: person, to: null })
    expect(away.value).toEqual({ version: first.version + 1 })
    const second = await board(params)
    expect(second.unplaced.map(({ id }) => id)).toEqual(expect.arrayContaining([...free, person]))
    expect(second.unplaced.find(({ id }) => id === person)).toMatchObject({
      why: { code: 'placement.fits' },
      cohort: here.key,
    })
    expect(second.undo).toMatchObject({ kind: 'move', isMine: true, from: here.name, to: null, count: 1 })
    const step = (version: number, which: 'undo' | 'redo') =>
      cora.call(contract.stepPlacement, { params: { conveningId: params.conveningId }, body: { version, step: which } })
    expect((await step(second.version, 'undo')).value).toEqual({ version: second.version + 1 })
    const third = await board(params)
    expect(names(third)).toEqual(names(first))
    await step(third.version, 'redo')
    expect(names(await board(params))).toEqual(names(second))
    expect((await step((await board(params)).version, 'redo')).problem.code).toBe('placement.nothing_to_step')
  })

  it('is moved by one of two at once; the other is told who moved whom and from where', async () => {
    const params = moved
    const { version, cohorts } = await board(params)
    const [one, two] = cohorts.map(({ members, chair }) => members.find((id) => id !== chair)!)
    const answers = await Promise.all([
      change(params, version, { kind: 'move', id: one, to: null }),
      change(params, version, { kind: 'move', id: two, to: null }, marcus),
    ])
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([201, 409]))
    const lost = answers.find(({ status }) => status === 409)!
    const byCora = answers[0].status === 201
    expect(lost.problem).toMatchObject({
      code: 'placement.changed',
      facts: {
        version: version + 1,
        changes: [
          {
            kind: 'move',
            by: byCora ? 'Cora Lind' : 'Marcus Bell',
            isMine: false,
            from: cohorts[byCora ? 0 : 1]!.name,
            to: null,
            count: 1,
          },
        ],
      },
    })
  })

  it('solved again keeps who was pinned with their chair', async () => {
    const params = moved
    const first = await board(params)
    const { key, members, chair } = first.cohorts[1]!
    const pinned = members.find((id) => id !== chair)!
    await change(params, first.version, { kind: 'pin', id: pinned, isPinned: true })
    expect((await solve(params, { version: first.version + 1, seed: 9, keepPins: true })).status).toBe(201)
    const again = await board(params)
    expect(again).toMatchObject({ seed: 9, boundKeeps: 1 })
    expect(again.cohorts.find((one) => one.key === key)!.members).toEqual(expect.arrayContaining([pinned, chair]))
    expect(again.people.find(({ id }) => id === pinned)!.isPinned).toBe(true)
  })
})

const COMMIT = {
  dryRun: false,
  theme: 'Community Engagement Fundamentals',
  timeZone: 'America/New_York',
  submissionDeadline: null,
  reason: null as string | null,
  meetings: {
    from: '2027-03-01',
    count: 6,
    everyWeeks: 1,
    minutes: 90,
    place: null,
    joinUrl: 'https://meet.example/here',
    slots: {},
    title: 'Meeting {number}',
  },
}
const commit = (params: Params, version: number, more: object = {}, who = cora) =>
  who.call(contract.commitPlacement, { params, body: { ...COMMIT, version, ...more } })
const cohortsOf = ({ conveningId }: Params) =>
  admin.db.selectFrom('cohort').select(['id', 'name']).where('convening_id', '=', conveningId).orderBy('name').execute()

describe('a commit', () => {
  it('is shown first, needs a reason for a warning, and then makes cohorts, seats, meetings and mails at once', async () => {
    const params = few
    const { version, cohorts } = await board(params)
    const plan = (await commit(params, version, { dryRun: true, meetings: null })).value
    expect(plan).toMatchObject({ committed: false, invited: 12, withoutAddress: 0 })
    expect(plan.cohorts.map(({ findings }) => findings.map(({ code }) => code))).toEqual([
      ['schedule.meetings'],
      ['schedule.meetings'],
    ])
    expect(await cohortsOf(params)).toEqual([])
    expect((await commit(params, version, { meetings: null })).problem).toMatchObject({
      code: 'cohort.needs_reason',
      facts: { cohort: cohorts[0]!.name },
    })
    expect(await cohortsOf(params)).toEqual([])
    expect(await admin.mailsTo(address(params.place, 0))).toEqual([])

    const done = (await commit(params, version)).value
    expect(done).toMatchObject({ committed: true, invited: 12, version: version + 1 })
    // fri-09 is everybody's; a cohort's first shared time is another one. 1 March is before the clocks change, 15 March after.
    const times = done.cohorts.map(({ slot, meetings }) => [
      slot,
      meetings[0]!.toISOString(),
      meetings[2]!.toISOString(),
    ])
    expect(times).toContainEqual(['mon-15', '2027-03-01T20:00:00.000Z', '2027-03-15T19:00:00.000Z'])
    expect(times).toContainEqual(['wed-09', '2027-03-03T14:00:00.000Z', '2027-03-17T13:00:00.000Z'])
    const kept = await cohortsOf(params)
    expect(kept.map(({ name }) => name)).toEqual(cohorts.map(({ name }) => name).sort())
    const seats = await admin.db
      .selectFrom('seat')
      .select(['kind', 'status'])
      .where(
        'cohort_id',
        'in',
        kept.map(({ id }) => id),
      )
      .execute()
    expect(seats.filter(({ status }) => status === 'seated')).toHaveLength(12)
    expect(seats.filter(({ kind }) => kind === 'chair')).toHaveLength(2)
    expect((await admin.mailsTo(address(params.place, 0)))[0]!.subject).toMatch(/^(A seat for you|Your part): /)
    expect(await board(params)).toMatchObject({ state: 'committed', pending: { cohorts: 0, people: 0 }, undo: null })
    const { items } = (await cora.call(listAuditEntries, {})).value
    expect(items.find(({ action }) => action === 'placement.committed')).toMatchObject({ facts: { people: 12 } })
    expect((await commit(params, version + 1)).problem.code).toBe('placement.nothing')
    expect((await solve(params, { version: version + 1 })).problem.code).toBe('placement.committed')
  })

  it('is all or nothing: a name taken meanwhile leaves no cohort, no seat and no mail', async () => {
    const { version, cohorts } = await board(other)
    const [first, second] = cohorts as [contract.CohortSeen, contract.CohortSeen]
    const rename = (at: number, cohort: string, name: string) => change(other, at, { kind: 'rename', cohort, name })
    // Both boards proposed the same names, and the other's cohorts were made first.
    expect((await rename(version, first.key, second.name)).problem.code).toBe('placement.name_taken')
    await rename(version, first.key, `Quiet ${other.place}`)
    const refused = await commit(other, version + 1)
    expect(refused.problem).toMatchObject({ code: 'cohort.blocked', facts: { cohort: second.name } })
    expect(await cohortsOf(other)).toEqual([])
    expect(await admin.mailsTo(address(other.place, 0))).toEqual([])
    expect((await rename(version + 1, second.key, `Calm ${other.place}`)).status).toBe(201)
  })

  it('by two at once is made once, and the second is told who made it', async () => {
    const { version } = await board(other)
    const answers = await Promise.all([commit(other, version), commit(other, version, {}, marcus)])
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([201, 409]))
    const lost = answers.find(({ status }) => status === 409)!
    const by = answers[0].status === 201 ? 'Cora Lind' : 'Marcus Bell'
    expect(lost.problem).toMatchObject({
      code: 'placement.changed',
      facts: { changes: [{ kind: 'committed', by, count: 12 }] },
    })
    expect(await cohortsOf(other)).toHaveLength(2)
    expect(await admin.mailsTo(address(other.place, 3))).toHaveLength(1)
  })

  it('seats those who come late without moving anybody, and never past the last seat', async () => {
    const params = few
    const first = await board(params)
    await bring(params, rows(params.place, 12, 14))
    const late = await board(params)
    expect(late.people.filter(({ isLate }) => isLate).map(({ name }) => name)).toEqual(['Person 12', 'Person 13'])
    expect(late.unplaced.map(({ why }) => why.code)).toEqual(['placement.fits', 'placement.fits'])
    const seated = late.cohorts[0]!.members[0]!
    const moved = await change(params, late.version, { kind: 'move', id: seated, to: null })
    expect(moved.problem.code).toBe('placement.seated')
    await change(params, late.version, { kind: 'fit' })
    const fitted = await board(params)
    expect(fitted.pending).toEqual({ cohorts: 0, people: 2 })
    for (const [at, { members }] of first.cohorts.entries())
      expect(fitted.cohorts[at]!.members.slice(0, members.length)).toEqual(members)
    const [one] = (await commit(params, fitted.version, { dryRun: true })).value.cohorts
    expect(one).toMatchObject({ isNew: false, seats: 1 })
    expect(await admin.mailsTo(address(params.place, 12))).toEqual([])
    expect((await commit(params, fitted.version)).value).toMatchObject({ committed: true, invited: 2 })
    expect(await admin.mailsTo(address(params.place, 12))).toHaveLength(1)
    expect((await board(params)).people.filter(({ isSeated }) => isSeated)).toHaveLength(14)
    expect(await cohortsOf(params)).toHaveLength(2)

    await bring(params, rows(params.place, 14, 15))
    const { version, cohorts, people } = await board(params)
    const id = idOf({ people } as contract.BoardSeen, 'Person 14')
    const into = cohorts.find(({ slots }) => slots.includes('wed-09'))!
    await change(params, version, { kind: 'move', id, to: into.key })
    const [waiting] = await admin.db
      .insertInto('seat')
      .values(
        [
          admin.seeded.people.ben,
          admin.seeded.people.igor,
          admin.seeded.people.ana,
          admin.seeded.people.hana,
          admin.seeded.people.ravi,
          admin.seeded.people.rosa,
          admin.seeded.people.hugo,
          admin.seeded.people.dora,
        ].map((person_id) => ({
          network_id: admin.seeded.networkId,
          cohort_id: into.cohortId!,
          person_id,
          institution_id: admin.seeded.institutions.riverside,
          kind: 'participant' as const,
          status: 'seated' as const,
          since: now,
        })),
      )
      .returning('id')
      .execute()
    expect(waiting).toBeDefined()
    const full = await commit(params, version + 1)
    expect(full.problem).toMatchObject({
      code: 'placement.seat_taken',
      facts: { cohort: into.name, person: 'Person 14' },
    })
  })
})

it('a board is nothing to another network', async () => {
  const { conveningId } = moved
  const params = { conveningId }
  const { version, people } = await board(params)
  const elsewhere = await seedNetwork(admin.db, { now })
  const stranger = await admin.signedIn(`cora@${elsewhere.slug}.example`)
  const statuses = [
    await stranger.call(contract.showPlacement, { params }),
    await solve(params, { version }, stranger),
    await change(params, version, { kind: 'fit' }, stranger),
    await stranger.call(contract.stepPlacement, { params, body: { version, step: 'undo' } }),
    await stranger.call(contract.weighPlacement, { params: { conveningId, personId: people[0]!.id } }),
    await commit(params, version, {}, stranger),
  ].map(({ status }) => status)
  expect(statuses).toEqual([404, 404, 404, 404, 404, 404])
})
