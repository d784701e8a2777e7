import { afterAll, beforeAll, expect, it } from 'vitest'
import { listCohorts } from '@copractice/core/cohort'
import { listAuditEntries } from '@copractice/core/directory'
import { applyBlueprint, changeLimits, showBlueprint, showProgramme } from '@copractice/core/programme'
import { addPerson } from '@copractice/services/testing'
import { startAdmin, type Browser, type StartedAdmin } from '../testing/start-admin.ts'

let admin: StartedAdmin
let head: Browser
let cora: typeof head
beforeAll(async () => {
  admin = await startAdmin(new Date('2027-01-10T12:00:00Z'))
  const { networkId } = admin.seeded
  const email = 'head@admin.example'
  const personId = await addPerson(admin.db, { networkId, name: 'Hana Head', email })
  await admin.db
    .insertInto('role_grant')
    .values({
      network_id: networkId,
      person_id: personId,
      role: 'network_admin',
      region_id: null,
      institution_id: null,
    })
    .execute()
  head = await admin.signedIn(email)
  cora = await admin.signedIn(admin.cora)
})
afterAll(() => admin.close())

const pitt = { params: { name: 'pitt-ecop' } }

it('shows a coordinator what the network runs and lets only its administrators change it', async () => {
  const { value } = await cora.call(showProgramme, {})
  expect(value).toMatchObject({ version: 1, mayChange: false, limits: { cohortSeats: 15 }, series: [] })
  const body = { basedOn: 1, limits: { ...value.limits, cohortSeats: 99 }, reason: 'More room' }
  for (const refused of [
    await cora.call(changeLimits, { body }),
    await cora.call(showBlueprint, pitt),
    await cora.call(applyBlueprint, pitt),
    await head.call(showBlueprint, { params: { name: 'no-such' } }),
  ])
    expect([refused.status, refused.problem.code]).toEqual([404, 'directory.not_found'])
  expect((await cora.call(showProgramme, {})).value.limits.cohortSeats).toBe(15)
})

it('keeps every version of the limits with who changed what and why, and writes over nobody', async () => {
  const { limits, version } = (await head.call(showProgramme, {})).value
  const body = { basedOn: version, limits: { ...limits, cohortSeats: 12 }, reason: 'Small rooms' }
  const both = await Promise.all([head.call(changeLimits, { body }), head.call(changeLimits, { body })])
  expect(both.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([200, 409])
  const same = await head.call(changeLimits, { body: { ...body, basedOn: version + 1 } })
  expect([same.status, same.problem.code]).toEqual([422, 'programme.nothing_changed'])
  const { history } = (await cora.call(showProgramme, {})).value
  expect(history[0]).toMatchObject({
    version: version + 1,
    byName: 'Hana Head',
    reason: 'Small rooms',
    changes: [{ limit: 'cohortSeats', from: 15, to: 12 }],
  })
})

it('tells all limits of each version, and a cohort keeps the version it began with', async () => {
  const { history } = (await cora.call(showProgramme, {})).value
  expect(history.map(({ version, limits }) => [version, limits.cohortSeats])).toEqual([
    [2, 12],
    [1, 15],
  ])
  const seats = async (cohortId: string) => {
    const { items } = (await cora.call(listCohorts)).value
    return items.find(({ id }) => id === cohortId)!.seats.capacity
  }
  expect(await seats(admin.seeded.cohortId)).toBe(15)
  const row = await admin.db
    .selectFrom('cohort')
    .selectAll()
    .where('id', '=', admin.seeded.cohortId)
    .executeTakeFirstOrThrow()
  const { id } = await admin.db
    .insertInto('cohort')
    .values({ ...row, id: crypto.randomUUID(), name: 'Began later', policy_version: 2 })
    .returning('id')
    .executeTakeFirstOrThrow()
  expect(await seats(id)).toBe(12)
})

it('names the limit that cannot be', async () => {
  const { limits } = (await head.call(showProgramme, {})).value
  const body = { basedOn: 2, limits: { ...limits, meetingMinutes: 0 }, reason: 'Short' }
  const refused = await head.raw('PUT', changeLimits.path, body)
  expect(refused.status).toBe(422)
  expect(await refused.text()).toContain('meetingMinutes')
})

it('makes what the preview of a blueprint showed, once, and writes down who did it', async () => {
  const shown = (await head.call(showBlueprint, pitt)).value
  expect(shown.limits).toContainEqual({ limit: 'commitment', from: null, to: { minutes: 600, sessions: 7 } })
  expect((await head.call(applyBlueprint, pitt)).value).toEqual(shown)
  const nothing = { limits: [], series: [], credentials: [], templates: [] }
  expect((await head.call(applyBlueprint, pitt)).value).toEqual(nothing)
  const after = (await cora.call(showProgramme, {})).value
  expect(after.series.map(({ slug }) => slug)).toContain('summer-programme')
  expect(after.limits.cohortSeats).toBe(12)
  expect(after.blueprints.filter(({ appliedAt }) => appliedAt).map(({ name }) => name)).toEqual(['pitt-ecop'])
  const entries = (await head.call(listAuditEntries, {})).value.items.filter(
    ({ action }) => action === 'blueprint.applied',
  )
  expect(entries).toMatchObject([{ actorName: 'Hana Head', facts: { series: 3 } }])
})
