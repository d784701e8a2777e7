import { sql } from 'kysely'
import { DatabaseUnavailable } from './database-unavailable.ts'
import type { Db, Trx } from './database.ts'

/** The role a bound statement runs as. It owns nothing and may not log in, so that policies hold for it. */
export const SCOPED_ROLE = 'copractice_scoped'
/** The setting that policies read, for the length of one transaction. */
export const NETWORK_SETTING = 'copractice.network_id'

/** Tables without `network_id` that requests of one network use nevertheless. Everything else stays closed to them. */
const OPEN_TO_ALL = ['lti_key']

type Unlocked = Readonly<{ table: string; column: string }>

/**
 * The second lock: a policy on every table that has `network_id` (and on `network` itself), by which the role
 * `copractice_scoped` sees, writes and deletes rows of one network alone; without the setting, none. Looks for tables that
 * lack it and locks those, so later migrations need say nothing. The tables' owner, who migrates, is not bound.
 * Throws `DatabaseUnavailable` where the role is missing and cannot be made.
 */
export async function lockNetworks(db: Db): Promise<void> {
  await ensureRole(db)
  if (!(await findUnlocked(db)).length && !(await findClosed(db)).length) return
  await db.transaction().execute(async (trx) => {
    await sql`select pg_advisory_xact_lock(hashtext('copractice.lock_networks'))`.execute(trx)
    for (const one of await findUnlocked(trx)) await lock(trx, one)
    for (const table of await findClosed(trx)) await grant(trx, table)
  })
}

async function lock(trx: Trx, { table, column }: Unlocked): Promise<void> {
  const mine = `${column} = (select nullif(current_setting('${NETWORK_SETTING}', true), '')::uuid)`
  const statements = [
    `alter table "${table}" enable row level security`,
    `create policy own_network on "${table}" to ${SCOPED_ROLE} using (${mine}) with check (${mine})`,
  ]
  for (const statement of statements) await sql.raw(statement).execute(trx)
  await grant(trx, table)
}

const grant = (trx: Trx, table: string) =>
  sql.raw(`grant select, insert, update, delete on "${table}" to ${SCOPED_ROLE}`).execute(trx)

async function findUnlocked(db: Db | Trx): Promise<readonly Unlocked[]> {
  const { rows } = await sql<Unlocked>`
    select c.relname as table, a.attname as column from pg_class c
    join pg_attribute a on a.attrelid = c.oid and not a.attisdropped
      and a.attname = case c.relname when 'network' then 'id' else 'network_id' end
    where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p')
      and not (c.relrowsecurity
        and exists (select 1 from pg_policy p where p.polrelid = c.oid and p.polname = 'own_network'))
    order by c.relname`.execute(db)
  return rows
}

async function findClosed(db: Db | Trx): Promise<readonly string[]> {
  const { rows } = await sql<{ table: string }>`
    select c.relname as table from pg_class c
    where c.relnamespace = 'public'::regnamespace and c.relname = any (${OPEN_TO_ALL})
      and not has_table_privilege(${SCOPED_ROLE}, c.oid, 'insert')`.execute(db)
  return rows.map(({ table }) => table)
}

/** A role belongs to the whole server, so other databases may have made it, also at this moment. */
async function ensureRole(db: Db): Promise<void> {
  if (await mayBecome(db)) return
  for (const statement of [`create role ${SCOPED_ROLE} nologin`, `grant ${SCOPED_ROLE} to current_user`]) {
    await sql
      .raw(statement)
      .execute(db)
      .catch(() => {})
  }
  if (await mayBecome(db)) return
  throw new DatabaseUnavailable(
    `DATABASE_URL cannot be used: its role may not make ${SCOPED_ROLE}. Let an administrator of Postgres run: ` +
      `create role ${SCOPED_ROLE} nologin; grant ${SCOPED_ROLE} to <that role>;`,
  )
}

async function mayBecome(db: Db): Promise<boolean> {
  const { rows } = await sql<{ may: boolean }>`
    select pg_has_role(oid, case when current_setting('server_version_num')::int >= 160000 then 'SET' else 'MEMBER' end)
      as may
    from pg_roles where rolname = ${SCOPED_ROLE}`.execute(db)
  return rows[0]?.may ?? false
}
