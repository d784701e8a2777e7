import { sql } from 'kysely'
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { OpenDatabase } from './open-database.ts'
import { openTestDb } from './testing/open-test-db.ts'

let open: OpenDatabase
beforeAll(async () => {
  open = await openTestDb()
})
afterAll(() => open.close())

const marked = (n: number) => sql<{ doubled: number }>`/* prepare */ select ${n}::int * 2 as doubled`

it('prepares what is marked, once, and answers the same', async () => {
  const { rows } = await open.db.connection().execute(async (db) => {
    for (const n of [1, 2, 3]) expect((await marked(n).execute(db)).rows).toEqual([{ doubled: n * 2 }])
    expect((await sql<{ n: number }>`select ${4}::int as n`.execute(db)).rows).toEqual([{ n: 4 }])
    return sql<{
      statement: string
    }>`select statement from pg_prepared_statements where statement like '%doubled'`.execute(db)
  })
  const isPostgres = open.connection.kind === 'postgres'
  expect(rows).toHaveLength(isPostgres ? 1 : 0)
})

it('prepares two marked texts under two names, also inside a transaction', async () => {
  await open.db.transaction().execute(async (trx) => {
    expect((await marked(5).execute(trx)).rows).toEqual([{ doubled: 10 }])
    expect((await sql<{ n: string }>`/* prepare */ select ${'x'}::text as n`.execute(trx)).rows).toEqual([{ n: 'x' }])
  })
})
