import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import * as contract from '@copractice/core/convening'
import { listAuditEntries } from '@copractice/core/directory'
import type { ConveningId } from '@copractice/core/kernel'
import { seedNetwork } from '@copractice/services/testing'
import { conveningDetails } from '../testing/open-convening.ts'
import { startAdmin, type Browser, type StartedAdmin } from '../testing/start-admin.ts'

const now = new Date('2027-01-10T12:00:00Z')
let admin: StartedAdmin
let cora: Browser
beforeAll(async () => {
  admin = await startAdmin(now)
  cora = await admin.signedIn(admin.cora)
})
afterAll(() => admin.close())

let made = 0
async function convening(capacity: number | null = null): Promise<{ conveningId: ConveningId }> {
  const body = conveningDetails(admin, { name: `Gathering ${++made}`, capacity })
  const { value } = await cora.call(contract.createConvening, { body })
  return { conveningId: value.id }
}
const COLUMNS = 'Name,Email,Institution,Affiliation,Can chair,Slots,With'
const rows = (n: number) =>
  Array.from(
    { length: n },
    (_, at) => `Person ${at},p${at}@list.example,Riverside State,faculty,${at % 3 ? 'no' : 'yes'},mon-15;tue-10,`,
  )
const send = (params: { conveningId: ConveningId }, csv: string, commit: boolean, who = cora) =>
  who.call(contract.importRegistrantsRoute, { params, body: { csv, commit } })
const listed = async (params: { conveningId: ConveningId }) =>
  (await cora.call(contract.listRegistrations, { params, query: { limit: '100' } })).value.items

describe('a list of registrants', () => {
  it('is read without doing anything, and every cell that needs mending is named', async () => {
    const params = await convening()
    const csv = [COLUMNS, ...rows(2), ',nobody,Atlantis,wizard,maybe,someday,'].join('\r\n')
    const { value } = await send(params, csv, false)
    expect(value).toMatchObject({ rows: 3, added: 2, kept: 0, waitlisted: 0, committed: false })
    expect(value.problems.map(({ row, column, problem }) => [row, column, problem])).toEqual([
      [4, 'name', 'missing'],
      [4, 'email', 'not_an_address'],
      [4, 'institution', 'institution_unknown'],
      [4, 'affiliation', 'affiliation_unknown'],
      [4, 'can_chair', 'yes_or_no'],
      [4, 'slots', 'not_a_slot'],
    ])
    expect((await send(params, csv, true)).problem.code).toBe('import.has_problems')
    expect(await listed(params)).toEqual([])
  })

  it('is registered whole, in its order, those after the last place waiting, without a mail to anybody', async () => {
    const params = await convening(3)
    const csv = `\uFEFF${[COLUMNS, ...rows(5)].join('\n')}\n\n`
    expect((await send(params, csv, false)).value).toMatchObject({ added: 5, waitlisted: 2 })
    expect((await send(params, csv, true)).value).toMatchObject({ added: 5, waitlisted: 2, committed: true })
    const people = await listed(params)
    expect(people.map(({ person, status }) => [person.email, status])).toEqual([
      ['p0@list.example', 'registered'],
      ['p1@list.example', 'registered'],
      ['p2@list.example', 'registered'],
      ['p3@list.example', 'waitlisted'],
      ['p4@list.example', 'waitlisted'],
    ])
    expect(await admin.mailsTo('p0@list.example')).toEqual([])
    const stored = await admin.db
      .selectFrom('registration')
      .select('wishes')
      .where('convening_id', '=', params.conveningId)
      .orderBy('created_at')
      .execute()
    expect(stored[0]!.wishes).toMatchObject({ canChair: true, slots: ['mon-15', 'tue-10'] })
    const { items } = (await cora.call(listAuditEntries, {})).value
    expect(items[0]).toMatchObject({ action: 'registration.imported', facts: { count: 5 } })
  })

  it('brought again adds only who is new, and knows people by their address', async () => {
    const params = await convening()
    await send(params, [COLUMNS, ...rows(3)].join('\n'), true)
    const again = (await send(params, [COLUMNS, ...rows(4)].join('\n'), true)).value
    expect(again).toMatchObject({ rows: 4, added: 1, kept: 3 })
    const ids = (await listed(params)).map(({ person }) => person.id)
    const elsewhere = await convening()
    await send(elsewhere, [COLUMNS, ...rows(4)].join('\n'), true)
    expect((await listed(elsewhere)).map(({ person }) => person.id)).toEqual(ids)
  })

  it('takes as many statements for 5,000 rows as for five', async () => {
    const few = await convening()
    const many = await convening()
    const count = async (params: { conveningId: ConveningId }, n: number) => {
      const before = admin.counter.queries
      const answer = await send(params, [COLUMNS, ...rows(n)].join('\n'), true)
      expect(answer.value).toMatchObject({ committed: true, rows: n })
      return admin.counter.queries - before
    }
    expect(await count(many, 5000)).toBe(await count(few, 5))
  })

  it.each([
    ['a heading is missing', 'Name,Email\nAna,a@x.example', 'import.columns_missing'],
    ['a quotation mark is not closed', `${COLUMNS}\n"Ana,a@x.example,Riverside State,faculty,,,`, 'import.unreadable'],
    ['it is too long', [COLUMNS, ...rows(5001)].join('\n'), 'import.too_many'],
  ])('is refused whole when %s', async (_why, csv, code) => {
    const answer = await send(await convening(), csv, true)
    expect([answer.status, answer.problem.code]).toEqual([422, code])
  })

  it('tells the first problems and how many there are', async () => {
    const csv = [COLUMNS, ...Array.from({ length: 100 }, () => ',,,,perhaps,,')].join('\n')
    const { value } = await send(await convening(), csv, false)
    expect([value.problemCount, value.problems.length, value.problems.at(-1)!.row]).toEqual([500, 200, 41])
  })

  it('is nothing to another network', async () => {
    const other = await seedNetwork(admin.db, { now })
    const elsewhere = await admin.signedIn(`cora@${other.slug}.example`)
    expect((await send(await convening(), `${COLUMNS}\n${rows(1)[0]}`, true, elsewhere)).status).toBe(404)
  })
})
