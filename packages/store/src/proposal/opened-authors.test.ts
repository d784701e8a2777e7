import { sql } from 'kysely'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { up } from '../../migrations/2026-11-22T2042_opened_authors.ts'
import type { OpenDatabase } from '../open-database.ts'
import { openTestDb } from '../testing/index.ts'

const now = new Date('2027-01-10T12:00:00Z')
let open: OpenDatabase
beforeAll(async () => {
  open = await openTestDb()
})
afterAll(() => open.close())

it('authors of before have opened a proposal who began it or left a trace on it; others stand as they were typed', async () => {
  const { db } = open
  const network = { name: 'N', slug: 'n', time_zone: 'UTC' }
  const { id: network_id } = await db.insertInto('network').values(network).returning('id').executeTakeFirstOrThrow()
  const region = { network_id, name: 'R' }
  const { id: region_id } = await db.insertInto('region').values(region).returning('id').executeTakeFirstOrThrow()
  const person = async (name: string, ...addresses: string[]) => {
    const values = { network_id, name, email: null, pronouns: null, time_zone: null }
    const { id } = await db.insertInto('person').values(values).returning('id').executeTakeFirstOrThrow()
    const identities = addresses.map((subject) => ({ network_id, person_id: id, kind: 'email' as const, subject }))
    if (identities.length) await db.insertInto('identity').values(identities).execute()
    return id
  }
  const [began, saved, waits, several] = [
    await person('Began'),
    await person('Saved', 'saved@x.example'),
    await person('Waits Hill', 'waits@x.example'),
    await person('Several', 'one@x.example', 'two@x.example'),
  ]
  const { id: proposal_id } = await db
    .insertInto('proposal')
    .values({ network_id, region_id, body: '{}', created_by: began, created_at: now, saved_by: saved, saved_at: now })
    .returning('id')
    .executeTakeFirstOrThrow()
  const at = { network_id, proposal_id }
  const authors = [began, saved, waits, several].map((person_id, n) => ({
    ...at,
    person_id,
    added_by: n ? began : null,
    added_at: new Date(+now + n),
  }))
  await db.insertInto('proposal_author').values(authors).execute()
  const event = { ...at, kind: 'author_added' as const, by_id: began, at: new Date(+now + 2), text: 'W. from the mill' }
  await db.insertInto('proposal_event').values(event).execute()
  await sql`alter table proposal_author drop column typed_name, drop column typed_email, drop column opened_at`.execute(
    db,
  )
  // Whoever adds somebody has opened it as well; here that is who began it.
  await up(db)
  const rows = await db
    .selectFrom('proposal_author')
    .select(['typed_name', 'typed_email', 'opened_at'])
    .orderBy('added_at')
    .execute()
  expect(rows.map((row) => [row.opened_at !== null, row.typed_name, row.typed_email])).toEqual([
    [true, null, null],
    [true, null, null],
    [false, 'W. from the mill', 'waits@x.example'],
    [false, null, null],
  ])
})
