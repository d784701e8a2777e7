import { expect, inject, it } from 'vitest'
import { sql } from 'kysely'
import { DatabaseUnavailable } from './database-unavailable.ts'
import { openDatabase } from './open-database.ts'
import { openTestDb, runSql } from './testing/index.ts'

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

it.skipIf(!inject('postgresUrl'))(
  'says that a newer version has migrated the database, and leaves it alone',
  async () => {
    const { db, connection, close } = await openTestDb()
    if (connection.kind !== 'postgres') throw new Error('no Postgres')
    await runSql(
      db,
      `insert into kysely_migration (name, timestamp) values ('2099-01-01T0000_to_come', '2099-01-01T00:00:00.000Z')`,
    )
    const refused = openDatabase({ url: connection.url })
    await expect(refused).rejects.toThrow(DatabaseUnavailable)
    await expect(refused).rejects.toThrow('the database knows 2099-01-01T0000_to_come. Start that one.')
    await close()
  },
)

it.skipIf(!inject('postgresUrl'))(
  'a connection that breaks in a transaction ends the transaction, not the process, as when Postgres is restarted',
  async () => {
    const { db, close } = await openTestDb()
    const ended: unknown[] = []
    const note = (error: unknown) => void ended.push(error)
    process.on('uncaughtException', note)
    const asked = db.transaction().execute(async (trx) => {
      const { rows } = await sql<{ pid: number }>`select pg_backend_pid() as pid`.execute(trx)
      await sql`select pg_terminate_backend(${rows[0]!.pid}, 5000)`.execute(db)
      await new Promise((resolve) => setTimeout(resolve, 50))
      await sql`select 1`.execute(trx)
    })
    await expect(asked).rejects.toThrow(/connection/)
    expect((await sql<{ one: number }>`select 1 as one`.execute(db)).rows).toEqual([{ one: 1 }])
    process.off('uncaughtException', note)
    expect(ended).toEqual([])
    await close()
  },
)
