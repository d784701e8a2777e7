import { afterAll, beforeAll, expect, it } from 'vitest'
import type { Actor } from '@copractice/core/directory'
import type { Db } from '@copractice/store/database'
import { openTestDb } from '@copractice/store/testing'
import { addPerson, seedNetwork, type SeededNetwork } from '../testing/index.ts'
import { seatPeopleIn } from './seat-people.ts'

const now = new Date('2027-01-10T12:00:00Z')
let open: Awaited<ReturnType<typeof openTestDb>>
let seeded: SeededNetwork
let counted: Db
let queries = 0
beforeAll(async () => {
  open = await openTestDb()
  seeded = await seedNetwork(open.db, { now })
  counted = open.db.withPlugin({
    transformQuery: ({ node }) => (queries++, node),
    transformResult: async ({ result }) => result,
  })
})
afterAll(() => open.close())

async function strangers(names: readonly string[]) {
  const { networkId, institutions } = seeded
  const institutionId = institutions.hillside
  const add = (name: string) => addPerson(open.db, { networkId, name, institutionId, email: `${name}@late.example` })
  return Promise.all(names.map(async (name) => ({ personId: await add(name), institutionId })))
}
function seat(people: Awaited<ReturnType<typeof strangers>>) {
  const { networkId, regionId, cohortId, people: known } = seeded
  const grants = [{ role: 'coordinator' as const, regionId }]
  const cora: Actor = { networkId, personId: known.cora, grants, seats: [], courses: [] }
  return counted
    .transaction()
    .execute((trx) => seatPeopleIn(trx, 'https://space.example', cora, { cohortId, people }, now))
}
const seated = async () =>
  (await open.db.selectFrom('seat').select('person_id').where('cohort_id', '=', seeded.cohortId).execute()).length

it('seats five in as many queries as one, with an entry and a mail for each', async () => {
  const [one, five] = [await strangers(['ada']), await strangers(['bo', 'cy', 'di', 'ed', 'flo'])]
  const before = await seated()
  const count = async (people: typeof one) => {
    const from = queries
    expect(await seat(people)).toEqual({ ok: true, value: { mailed: people.length } })
    return queries - from
  }
  expect(await count(five)).toBe(await count(one))
  expect((await seated()) - before).toBe(6)
  const mails = await open.db
    .selectFrom('mail')
    .select('recipient')
    .where('recipient', 'like', '%@late.example')
    .execute()
  const entries = await open.db.selectFrom('audit_entry').select('facts').where('action', '=', 'seat.added').execute()
  expect([mails.length, entries.length]).toEqual([6, 6])
})

it('seats nobody where one of them holds a seat already or finds none, and says who', async () => {
  const before = await seated()
  const more = await strangers(Array.from({ length: 8 }, (_, at) => `late${at}`))
  const held = { personId: seeded.people.ana, institutionId: seeded.institutions.riverside }
  expect(await seat([more[0]!, held])).toMatchObject({ refusal: { facts: { personId: held.personId } } })
  // Fifteen seats, of which ten are taken.
  expect(await seat(more)).toMatchObject({
    refusal: { code: 'cohort.seat_taken', facts: { personId: more[5]!.personId } },
  })
  expect(await seated()).toBe(before)
})
