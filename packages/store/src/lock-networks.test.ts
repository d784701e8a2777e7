import { randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import pg, { type PoolClient } from 'pg'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import type { NetworkId } from '@copractice/core/kernel'
import { bindStatements } from './bind-statements.ts'
import { lockNetworks } from './lock-networks.ts'
import { acrossNetworks, enterNetwork, openScope, withinNetwork } from './network-scope.ts'
import { unboundWithin } from './unbound-within.ts'
import { openDatabase, type OpenDatabase } from './open-database.ts'
import { openTestDb } from './testing/index.ts'

const here = randomUUID() as NetworkId
const there = randomUUID() as NetworkId

describe.each([
  ['embedded', () => openDatabase({ folder: null })],
  ['test', openTestDb],
])('rows of a network on the %s database', (_name, openIt) => {
  let open: OpenDatabase
  let tables: readonly string[]
  beforeAll(async () => {
    open = await openIt()
    tables = await withOneRowEach(open)
  })
  afterAll(() => open.close())

  const seen = async (table: string) =>
    (await sql<{ id: string }>`select * from ${sql.table(table)}`.execute(open.db)).rows.map((row) => networkOf(row))

  it('are all that a query without any where sees, in every table', async () => {
    expect(tables.length).toBeGreaterThan(60)
    const within = await withinNetwork(here, async () => {
      const found: [string, string[]][] = []
      for (const table of tables) found.push([table, await seen(table)])
      return found
    })
    expect(within.filter(([, networks]) => networks.join() !== here)).toEqual([])
    expect((await seen('person')).toSorted()).toEqual([here, there].toSorted())
  })

  it('are all that it sees inside a transaction, which gives the connection back unbound', async () => {
    const within = await withinNetwork(here, () =>
      open.db.transaction().execute((trx) => trx.selectFrom('person').select('network_id').execute()),
    )
    expect(within).toEqual([{ network_id: here }])
    expect(await seen('person')).toHaveLength(2)
    const { rows } = await sql<{ me: string; role: string }>`
      select current_user as role, session_user as me`.execute(open.db)
    expect(rows[0]!.role).toBe(rows[0]!.me)
  })

  it('are all that an update or a delete without where changes', async () => {
    const done = await withinNetwork(here, () =>
      open.db.transaction().execute(async (trx) => {
        const { numUpdatedRows } = await trx.updateTable('person').set({ name: 'Ana' }).executeTakeFirst()
        const { numDeletedRows } = await trx.deleteFrom('mail').executeTakeFirst()
        return [numUpdatedRows, numDeletedRows]
      }),
    )
    expect(done).toEqual([1n, 1n])
    expect(await seen('mail')).toEqual([there])
  })

  it('cannot be written for another network, nor moved to one', async () => {
    const policy = /row-level security policy/
    await withinNetwork(here, async () => {
      await expect(sql`insert into person (network_id) values (${there})`.execute(open.db)).rejects.toThrow(policy)
      await expect(sql`update person set network_id = ${there}`.execute(open.db)).rejects.toThrow(policy)
    })
  })

  it('stay with each of many requests at once on the same few connections', async () => {
    const asks = Array.from({ length: 60 }, (_, n) => (n % 3 === 0 ? here : n % 3 === 1 ? there : null))
    const answers = await Promise.all(
      asks.map((network) =>
        openScope(async () => {
          if (network) enterNetwork(network)
          const rows = await open.db.selectFrom('person').select('network_id').execute()
          return rows.length
        }),
      ),
    )
    expect(answers).toEqual(asks.map((network) => (network ? 1 : 2)))
  })

  it('do not open to sign-in, jobs or migrations while bound', async () => {
    await withinNetwork(here, async () => {
      for (const closed of ['auth.session', 'auth.user', 'kysely_migration']) {
        await expect(sql`select * from ${sql.table(closed)}`.execute(open.db)).rejects.toThrow(/permission denied/)
      }
    })
  })

  it('open to sign-in for one part of a transaction, and are bound for the rest of it', async () => {
    await withinNetwork(here, () =>
      open.db.transaction().execute(async (trx) => {
        const count = () => sql<{ n: number }>`select count(*)::int as n from auth.session`.execute(trx)
        expect((await unboundWithin(trx, count)).rows).toEqual([{ n: 0 }])
        expect((await trx.selectFrom('person').select('network_id').execute()).map((row) => row.network_id)).toEqual([
          here,
        ])
      }),
    )
  })

  it('are none for the bound role without a network', async () => {
    const rows = await open.db.transaction().execute(async (trx) => {
      await sql`set local role copractice_scoped`.execute(trx)
      return trx.selectFrom('person').selectAll().execute()
    })
    expect(rows).toEqual([])
  })

  it('go back to what they were after an error', async () => {
    await withinNetwork(here, async () => {
      await expect(sql`select 1 / 0`.execute(open.db)).rejects.toThrow(/division by zero/)
      expect((await sql<{ n: number }>`select ${2}::int as n`.execute(open.db)).rows).toEqual([{ n: 2 }])
    })
    expect(await seen('person')).toHaveLength(2)
  })

  it('are locked in a table of a later migration, whenever that comes', async () => {
    await sql`create table later (network_id uuid not null, word text)`.execute(open.db)
    await sql`insert into later values (${here}, 'ours'), (${there}, 'theirs')`.execute(open.db)
    await lockNetworks(open.db)
    const { rows } = await withinNetwork(here, () => sql<{ word: string }>`select word from later`.execute(open.db))
    expect(rows).toEqual([{ word: 'ours' }])
  })
})

it('a request enters one network, once, and only inside a scope', () => {
  expect(() => enterNetwork(here)).toThrow(/openScope/)
  openScope(() => {
    enterNetwork(here)
    enterNetwork(here)
    expect(() => enterNetwork(there)).toThrow(/has a network already/)
    expect(() => acrossNetworks(() => enterNetwork(there))).toThrow(/openScope/)
  })
})

it('a transaction that begins and cannot be bound leaves the connection as it was', async () => {
  const open = await openTestDb()
  const client = new pg.Client(open.connection.kind === 'postgres' ? open.connection.url : '')
  await client.connect()
  const send = client.query.bind(client) as (...given: readonly unknown[]) => unknown
  const unbound = (text: unknown, ...rest: readonly unknown[]) =>
    send(
      typeof text === 'string' ? text.replace('set local role', 'set local role nobody; set local role') : text,
      ...rest,
    )
  client.query = unbound as typeof client.query
  bindStatements(client as unknown as PoolClient)
  await expect(withinNetwork(here, () => client.query('begin'))).rejects.toThrow(/nobody/)
  // Neither within a failed transaction nor taken to be in one.
  expect((await client.query('select 1 as n')).rows).toEqual([{ n: 1 }])
  const { rows } = await withinNetwork(here, () => client.query('select current_user as me', []))
  expect(rows).toEqual([{ me: 'copractice_scoped' }])

  const refuse = () => Promise.reject(new Error('the line is dead'))
  const dead = { query: refuse, end: vi.fn(() => Promise.resolve()) }
  bindStatements(dead as unknown as PoolClient)
  await expect(withinNetwork(here, () => (dead as unknown as PoolClient).query('begin'))).rejects.toThrow(
    'the line is dead',
  )
  expect(dead.end).toHaveBeenCalledOnce()
  await client.end()
  await open.close()
})

/**
 * One row of each network in every table. Constraints are dropped first, so that a row needs nothing but its network:
 * what is looked at here is the policies alone.
 */
async function withOneRowEach({ db }: OpenDatabase): Promise<readonly string[]> {
  await sql`do $$ declare one record; begin
    for one in select conrelid::regclass as of, conname from pg_constraint
      where connamespace = 'public'::regnamespace and contype in ('f', 'c') loop
      execute format('alter table %s drop constraint %I', one.of, one.conname);
    end loop;
    for one in select conrelid::regclass as of, conname from pg_constraint
      where connamespace = 'public'::regnamespace and contype in ('p', 'u') loop
      execute format('alter table %s drop constraint %I cascade', one.of, one.conname);
    end loop;
    for one in select a.attrelid::regclass as of, a.attname from pg_attribute a join pg_class c on c.oid = a.attrelid
      where c.relnamespace = 'public'::regnamespace and c.relkind = 'r' and a.attnum > 0 and a.attnotnull
        and not a.attisdropped and a.attidentity = '' loop
      execute format('alter table %s alter column %I drop not null', one.of, one.attname);
    end loop;
  end $$`.execute(db)
  const { rows } = await sql<{ name: string }>`
    select c.relname as name from pg_class c join pg_attribute a on a.attrelid = c.oid
    where c.relnamespace = 'public'::regnamespace and c.relkind = 'r' and a.attname = 'network_id'`.execute(db)
  await sql`insert into network (id) values (${here}), (${there})`.execute(db)
  for (const { name } of rows) {
    await sql`insert into ${sql.table(name)} (network_id) values (${here}), (${there})`.execute(db)
  }
  return ['network', ...rows.map(({ name }) => name)]
}

const networkOf = (row: object): string =>
  'network_id' in row ? (row.network_id as string) : (row as { id: string }).id
