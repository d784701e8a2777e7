import { sql } from 'kysely'
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { OpenDatabase } from '@copractice/store/database'
import { openTestDb } from '@copractice/store/testing'

/** Tables that belong to the whole installation, each with its reason. */
const NOT_A_NETWORKS = new Set([
  'network', // it is the tenant
  'lti_key', // one key set signs for every network
  'kysely_migration',
  'kysely_migration_lock',
])

let open: OpenDatabase
beforeAll(async () => {
  open = await openTestDb()
})
afterAll(() => open.close())

it('every table carries its network', async () => {
  const { rows } = await sql<{ table_name: string; scoped: boolean }>`
    select t.table_name, exists (
      select 1 from information_schema.columns c
      where c.table_schema = 'public' and c.table_name = t.table_name and c.column_name = 'network_id'
    ) as scoped
    from information_schema.tables t where t.table_schema = 'public'`.execute(open.db)
  expect(rows.length).toBeGreaterThan(30)
  expect(rows.filter((row) => !row.scoped && !NOT_A_NETWORKS.has(row.table_name))).toEqual([])
})

it('a reference between tenant tables names the network on both sides', async () => {
  const { rows } = await sql<{ name: string }>`
    select c.conname as name from pg_constraint c
    where c.contype = 'f' and c.connamespace = 'public'::regnamespace and c.confrelid <> 'network'::regclass
      and not exists (
        select 1 from pg_attribute a where a.attrelid = c.conrelid and a.attnum = any (c.conkey) and a.attname = 'network_id'
      )`.execute(open.db)
  expect(rows).toEqual([])
})

it('every table of a network is locked: the role that requests run as sees its own rows alone', async () => {
  const { rows } = await sql<{ table_name: string; rule: string; checked: string; locked: boolean }>`
    select c.relname as table_name, c.relrowsecurity as locked,
      pg_get_expr(p.polqual, c.oid) as rule, pg_get_expr(p.polwithcheck, c.oid) as checked
    from pg_class c left join pg_policy p on p.polrelid = c.oid and p.polname = 'own_network' and p.polcmd = '*'
      and p.polroles = array['copractice_scoped'::regrole::oid]
    where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p')`.execute(open.db)
  const isLocked = ({ table_name, rule, checked, locked }: (typeof rows)[number]) =>
    locked &&
    rule === checked &&
    rule?.startsWith(table_name === 'network' ? '(id = ( SELECT' : '(network_id = ( SELECT') &&
    rule.includes('copractice.network_id')
  const tenant = rows.filter(({ table_name }) => table_name === 'network' || !NOT_A_NETWORKS.has(table_name))
  expect(tenant.filter((row) => !isLocked(row)).map(({ table_name }) => table_name)).toEqual([])
})

it('the role that requests run as owns nothing, cannot log in and passes by no policy', async () => {
  const { rows } = await sql<Record<string, boolean>>`
    select rolsuper, rolbypassrls, rolcanlogin, rolcreaterole, exists (
      select 1 from pg_class c where c.relowner = r.oid
    ) as owns from pg_roles r where rolname = 'copractice_scoped'`.execute(open.db)
  expect(rows).toEqual([
    { rolsuper: false, rolbypassrls: false, rolcanlogin: false, rolcreaterole: false, owns: false },
  ])
})
