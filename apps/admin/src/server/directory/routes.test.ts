import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { listCohorts } from '@copractice/core/cohort'
import { listConvenings } from '@copractice/core/convening'
import {
  addInstitution,
  editInstitution,
  listAuditEntries,
  listInstitutions,
  searchPeople,
  showAdminHome,
} from '@copractice/core/directory'
import type { Route } from '@copractice/core/kernel'
import { addCohort, addPerson, seedNetwork } from '@copractice/services/testing'
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

const details = (change: Record<string, unknown> = {}) => ({
  name: 'Northgate University',
  kind: 'campus',
  regionId: admin.seeded.regionId,
  timeZone: 'America/New_York',
  memberSince: '2026-08-01',
  ...change,
})
async function withGrant(grant: Record<string, unknown>) {
  const { networkId } = admin.seeded
  const email = `${crypto.randomUUID()}@admin.example`
  const personId = await addPerson(admin.db, { networkId, name: 'Grantee', email })
  const none = { region_id: null, institution_id: null }
  await admin.db
    .insertInto('role_grant')
    .values({ network_id: networkId, person_id: personId, ...none, ...grant } as never)
    .execute()
  return admin.signedIn(email)
}

describe('institutions', () => {
  it('are added with a letter and a colour nobody near has, and once by name', async () => {
    const { value } = await cora.call(addInstitution, { body: details() })
    const listed = (await cora.call(listInstitutions, { query: { search: 'north' } })).value.items
    expect(listed).toMatchObject([{ id: value.id, letter: 'N', colour: 4, isMember: true, people: 0 }])
    expect(listed[0]!.connection).toMatchObject({ state: 'none', profiles: [] })
    expect((await cora.call(addInstitution, { body: details() })).problem.code).toBe('directory.institution_name_taken')
  })

  it('are listed page by page, by name, each once', async () => {
    const names: string[] = []
    let after: string | undefined
    do {
      const { value } = await cora.call(listInstitutions, { query: { limit: '2', ...(after && { after }) } })
      names.push(...value.items.map(({ name }) => name))
      after = value.next ?? undefined
    } while (after)
    expect(names).toEqual([...names].sort((a, b) => a.localeCompare(b)))
    expect(new Set(names).size).toBe(names.length)
    expect((await cora.call(listInstitutions, { query: { after: 'rubbish' } })).status).toBe(200)
  })

  it('of another region are neither listed nor editable by a coordinator, nor may one be put there', async () => {
    const coast = await admin.db
      .insertInto('region')
      .values({ network_id: admin.seeded.networkId, name: 'Coast' })
      .returning('id')
      .executeTakeFirstOrThrow()
    const everything = await withGrant({ role: 'network_admin' })
    const there = await everything.call(addInstitution, { body: details({ name: 'Seaside', regionId: coast.id }) })
    const params = { institutionId: there.value.id }
    expect((await cora.call(listInstitutions, { query: { search: 'Seaside' } })).value.items).toEqual([])
    expect((await cora.call(editInstitution, { params, body: details({ name: 'Mine' }) })).status).toBe(404)
    expect((await cora.call(addInstitution, { body: details({ name: 'X', regionId: coast.id }) })).status).toBe(404)
    expect((await cora.call(addInstitution, { body: details({ name: 'Y', regionId: null }) })).status).toBe(404)
    expect((await everything.call(addInstitution, { body: details({ name: 'Y', regionId: null }) })).status).toBe(201)
  })

  it('of another network stay hidden from a network admin too', async () => {
    const other = await seedNetwork(admin.db, { now })
    const everything = await withGrant({ role: 'network_admin' })
    const params = { institutionId: other.institutions.riverside }
    expect((await everything.call(editInstitution, { params, body: details() })).status).toBe(404)
    const body = details({ regionId: other.regionId, name: 'Across' })
    expect((await everything.call(addInstitution, { body })).status).toBe(404)
  })
})

describe('an institution admin', () => {
  it('sees their institution and its people, and no cohort, convening or region', async () => {
    const own = await withGrant({ role: 'institution_admin', institution_id: admin.seeded.institutions.hillside })
    expect((await own.call(listInstitutions)).value.items.map(({ name }) => name)).toEqual(['Hillside College'])
    const people = (await own.call(searchPeople)).value.items.map(({ name }) => name)
    expect(people).toEqual(['Finn Eklund', 'Hana Weiss', 'Hugo Roldán', 'Igor Sayegh'])
    expect((await own.call(listCohorts)).value.items).toEqual([])
    expect((await own.call(listConvenings)).value.items).toEqual([])
    const params = { institutionId: admin.seeded.institutions.hillside }
    expect((await own.call(editInstitution, { params, body: details() })).status).toBe(404)
  })
})

describe('people', () => {
  it('are found by part of a name or address, signs taken literally', async () => {
    const found = async (search: string) =>
      (await cora.call(searchPeople, { query: { search } })).value.items.map(({ name }) => name)
    expect(await found('okon')).toEqual(['Ana Okonjo'])
    expect(await found('dora@')).toEqual(['Dora Carter'])
    expect(await found('%')).toEqual([])
  })

  it('of an LMS’s student view never show', async () => {
    await admin.db.updateTable('person').set({ is_test: true }).where('id', '=', admin.seeded.people.ben).execute()
    expect((await cora.call(searchPeople, { query: { search: 'Ben' } })).value.items).toEqual([])
  })

  it('carry no grade, score or mark in any answer', async () => {
    const answers = await Promise.all(
      ['/api/people', '/api/home', '/api/cohorts', `/api/cohorts/${admin.seeded.cohortId}`].map((path) =>
        cora.raw('GET', path).then((response) => response.text()),
      ),
    )
    expect(answers.join('')).not.toMatch(/grade|score|\bmark/i)
  })
})

describe('the home page', () => {
  it('says what waits: a refused launch, a parked LMS, a cohort without a chair', async () => {
    const { networkId, platforms } = admin.seeded
    const refused = { last_launch_at: new Date(+now - 3 * DAY), last_error_at: now, last_error_code: 'launch.jwks' }
    await admin.db.updateTable('lti_platform').set(refused).where('id', '=', platforms.riverside).execute()
    await admin.db.updateTable('lti_platform').set({ status: 'parked' }).where('id', '=', platforms.hillside).execute()
    const refusal = { network_id: networkId, platform_id: platforms.riverside, code: 'launch.jwks' }
    await admin.db
      .insertInto('launch_refusal')
      .values([1, 2].map((n) => ({ ...refusal, reference: `r${n}`, at: new Date(+now - n * 3_600_000) })))
      .execute()
    const { waiting, glance } = (await cora.call(showAdminHome)).value
    expect(waiting.map(({ kind }) => kind)).toEqual([
      'launches_refused',
      'connection_parked',
      'cohorts_behind',
      'cohort_without_chair',
      'cohort_below_minimum',
      'term_without_convening',
      'campuses_without_connection',
    ])
    expect(waiting[0]).toMatchObject({ count: 2, code: 'launch.jwks', institution: { letter: 'R' } })
    expect(glance).toMatchObject({ participants: 4, partnerParticipants: 1, cohorts: 1, partners: 1 })
  })
})

it('flags a cohort in which nobody has met or written for more weeks than its policy lets pass', async () => {
  const quiet = await startAdmin(now)
  try {
    const signedIn = await quiet.signedIn(quiet.cora)
    const silent = async () =>
      (await signedIn.call(showAdminHome)).value.waiting.filter(({ kind }) => kind === 'cohort_silent')
    expect(await silent()).toEqual([])
    const ago = new Date(+now - 6 * 7 * DAY - 60_000)
    await quiet.db.updateTable('cohort').set({ created_at: ago }).execute()
    await quiet.db.deleteFrom('post').execute()
    await quiet.db
      .updateTable('meeting')
      .set({ starts_at: new Date(+ago - 3_600_000), ends_at: ago })
      .execute()
    expect(await silent()).toMatchObject([{ since: ago }])
    await quiet.db
      .updateTable('meeting')
      .set({ ends_at: new Date(+ago + 120_000) })
      .execute()
    expect(await silent()).toEqual([])
  } finally {
    await quiet.close()
  }
})

it('writes down who did what, for the region it concerns', async () => {
  await cora.call(addInstitution, { body: details({ name: 'Audited College' }) })
  const [entry] = (await cora.call(listAuditEntries)).value.items
  expect(entry).toMatchObject({
    actorName: 'Cora Lind',
    action: 'institution.added',
    facts: { name: 'Audited College' },
  })
  const other = await seedNetwork(admin.db, { now })
  const elsewhere = await admin.signedIn(`cora@${other.slug}.example`)
  expect((await elsewhere.call(listAuditEntries)).value.items).toEqual([])
})

describe('the number of queries', () => {
  const routes: readonly (readonly [string, Route])[] = [
    ['institutions', listInstitutions],
    ['people', searchPeople],
    ['cohorts', listCohorts],
    ['convenings', listConvenings],
    ['the audit log', listAuditEntries],
    ['home', showAdminHome],
  ]
  it('of every list stays the same when there is ten times as much', async () => {
    const count = async (route: Route) => {
      const before = admin.counter.queries
      expect((await cora.call(route)).status).toBe(200)
      return admin.counter.queries - before
    }
    const measured = async () => {
      const counts: Record<string, number> = {}
      for (const [name, route] of routes) counts[name] = await count(route)
      return counts
    }
    const before = await measured()
    const { networkId, institutions, people } = admin.seeded
    for (let n = 0; n < 30; n++) {
      await addPerson(admin.db, { networkId, name: `More ${n}`, institutionId: institutions.riverside })
      await cora.call(addInstitution, { body: details({ name: `More ${n}` }) })
      const cohort_id = await addCohort(admin.db, admin.seeded, `More ${n}`)
      await admin.db
        .insertInto('seat')
        .values({
          network_id: networkId,
          cohort_id,
          person_id: people.ana,
          institution_id: institutions.riverside,
          kind: 'participant',
          status: 'seated',
          since: now,
        })
        .execute()
    }
    expect(await measured()).toEqual(before)
    expect(Math.max(...Object.values(before))).toBeLessThanOrEqual(16)
  })
})
