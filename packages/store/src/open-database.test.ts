import { expect, it } from 'vitest'
import { sql } from 'kysely'
import { DatabaseUnavailable } from './database-unavailable.ts'
import { openDatabase } from './open-database.ts'
import { openTestDb } from './testing/index.ts'

it('says in one line that a database URL has nobody listening, without its password', async () => {
  const refused = openDatabase({ url: 'postgres://someone:hunter2@127.0.0.1:1/nowhere' })
  await expect(refused).rejects.toThrow(DatabaseUnavailable)
  await expect(refused).rejects.toThrow(/^DATABASE_URL cannot be used: .*ECONNREFUSED/)
  await expect(refused).rejects.not.toThrow(/hunter2/)
})

it.each([
  ['embedded', () => openDatabase({ folder: null })],
  ['test', openTestDb],
])('the %s database keeps networks apart: a seat cannot point at another network’s cohort', async (_name, openIt) => {
  const { db, close } = await openIt()
  const [here, there] = await db
    .insertInto('network')
    .values(['here', 'there'].map((slug) => ({ name: slug, slug, time_zone: 'UTC' })))
    .returning('id')
    .execute()
  const region = await db
    .insertInto('region')
    .values({ network_id: here!.id, name: 'A' })
    .returning('id')
    .executeTakeFirstOrThrow()
  await expect(
    db
      .insertInto('institution')
      .values({
        network_id: there!.id,
        region_id: region.id,
        name: 'X',
        kind: 'campus',
        letter: 'X',
        colour: 1,
        time_zone: 'UTC',
        member_since: null,
      })
      .execute(),
  ).rejects.toThrow(/foreign key/)
  const { rows } = await sql<{ n: number }>`select 1 as n`.execute(db)
  expect(rows).toEqual([{ n: 1 }])
  await close()
})
