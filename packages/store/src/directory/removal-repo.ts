import { sql } from 'kysely'
import type { NetworkId, PersonId } from '@copractice/core/kernel'
import type { Db, Trx } from '../database.ts'
import { forgetNames } from './forget-names-repo.ts'
import { PERSON_REFERENCES } from './person-references.ts'

type Person = Readonly<{ networkId: NetworkId; personId: PersonId }>

const tables = [...Map.groupBy(PERSON_REFERENCES, ({ table }) => table)].map(([table, references]) => ({
  table,
  columns: references.map(({ column }) => column),
  isPrivate: references.some(({ isPrivate }) => isPrivate),
}))

/** What is kept about somebody, row by row, and how many rows of work and scores are left out. Two queries. */
export async function exportRows(db: Db | Trx, { networkId, personId }: Person) {
  const named = (columns: readonly string[]) =>
    sql`t.network_id = ${networkId} and (${sql.join(
      columns.map((column) => sql`t.${sql.ref(column)} = ${personId}`),
      sql` or `,
    )})`
  const shown = tables
    .filter(({ isPrivate }) => !isPrivate)
    .map(
      ({ table, columns }) =>
        sql`select ${sql.lit(table)}::text as table, to_jsonb(t) as row from ${sql.table(table)} t
          where ${table === 'person' ? sql`t.network_id = ${networkId} and t.id = ${personId}` : named(columns)}`,
    )
  const left = tables
    .filter(({ isPrivate }) => isPrivate)
    .map(
      ({ table, columns }) =>
        sql`select ${sql.lit(table)}::text as table, count(*)::int as rows from ${sql.table(table)} t where ${named(columns)}`,
    )
  const rows = await sql<{ table: string; row: Record<string, unknown> }>`${sql.join(shown, sql` union all `)}`.execute(
    db,
  )
  const counts = await sql<{ table: string; rows: number }>`${sql.join(left, sql` union all `)}`.execute(db)
  const byTable = Map.groupBy(rows.rows, ({ table }) => table)
  return {
    tables: Object.fromEntries([...byTable].map(([table, of]) => [table, of.map(({ row }) => row)])),
    leftOut: Object.fromEntries(counts.rows.filter((one) => one.rows > 0).map((one) => [one.table, one.rows])),
  }
}

/**
 * Takes away who somebody was, and whoever was merged into them: how they signed in, their ties, roles, drafts and wishes,
 * and mail on its way to them. Seats are left, registrations for what is to come cancelled, others' wishes about their
 * addresses cleared. What others built upon stays and names nobody, and so does what was written down about them. Returns the addresses they signed in with.
 */
export async function removeRows(trx: Trx, { networkId, personId }: Person, now: Date): Promise<string[]> {
  const addresses = await trx
    .selectFrom('identity')
    .select('subject')
    .where('network_id', '=', networkId)
    .where('person_id', '=', personId)
    .where('kind', '=', 'email')
    .execute()
  const emails = addresses.map(({ subject }) => subject)
  const everyone = await wholePerson(trx, { networkId, personId })
  const known = [...emails, ...everyone.flatMap(({ email }) => email?.toLowerCase() ?? [])]
  await clearWishes(trx, networkId, known)
  // What a merge put away or filled in tells names and addresses; nothing of it can be undone any more.
  const ids = everyone.map(({ id }) => id)
  await sql`update person_merge set steps = '[]'::jsonb where network_id = ${networkId}
    and (kept_id = any (${ids}::uuid[]) or gone_id = any (${ids}::uuid[]))`.execute(trx)
  for (const { table, column, onRemoval } of PERSON_REFERENCES) {
    if (onRemoval === 'delete')
      await sql`delete from ${sql.table(table)} where network_id = ${networkId} and ${sql.ref(column)} = ${personId}`.execute(
        trx,
      )
  }
  await sql`delete from registration_need n using registration g where n.network_id = ${networkId}
    and g.network_id = n.network_id and g.id = n.registration_id and g.person_id = ${personId}`.execute(trx)
  await sql`update registration g set status = 'cancelled', interests = '', wishes = '{}'::jsonb from convening v
    where g.network_id = ${networkId} and g.person_id = ${personId} and v.network_id = g.network_id
      and v.id = g.convening_id and coalesce(v.ends_at > ${now}, true)`.execute(trx)
  await sql`update proposal_author set typed_name = null, typed_email = null
    where network_id = ${networkId} and person_id = ${personId}`.execute(trx)
  await sql`update seat set status = 'left' where network_id = ${networkId} and person_id = ${personId}`.execute(trx)
  await sql`delete from mail where network_id = ${networkId} and status = 'waiting'
    and lower(recipient) = any (${emails}::text[])`.execute(trx)
  await trx
    .updateTable('person')
    .set({ name: null, pronouns: null, email: null, time_zone: null, removed_at: now })
    .where('network_id', '=', networkId)
    .where('id', 'in', ids)
    .execute()
  const names = everyone.flatMap(({ name }) => name ?? [])
  await forgetNames(trx, { networkId, ids, names, emails: known })
  return emails
}

/** The person and everybody merged into them, however many merges away. */
async function wholePerson(trx: Trx, { networkId, personId }: Person) {
  const { rows } = await sql<{ id: string; name: string | null; email: string | null }>`
    with recursive whole as (
      select id, name, email from person where network_id = ${networkId} and id = ${personId}
      union select p.id, p.name, p.email from person p join whole w on p.merged_into = w.id where p.network_id = ${networkId}
    ) select id, name, email from whole`.execute(trx)
  return rows
}

/** Takes these addresses out of whom others wish to be placed with, and apart from. */
async function clearWishes(trx: Trx, networkId: NetworkId, addresses: readonly string[]): Promise<void> {
  const list = (field: 'with' | 'notWith') => sql`coalesce(g.wishes -> ${sql.lit(field)}, '[]'::jsonb)`
  const others = (field: 'with' | 'notWith') => sql`(select coalesce(jsonb_agg(a), '[]'::jsonb)
    from jsonb_array_elements_text(${list(field)}) a where lower(a) <> all (${[...addresses]}::text[]))`
  await sql`update registration g
    set wishes = g.wishes || jsonb_build_object('with', ${others('with')}, 'notWith', ${others('notWith')})
    where g.network_id = ${networkId} and exists (
      select from jsonb_array_elements_text(${list('with')} || ${list('notWith')}) a
      where lower(a) = any (${[...addresses]}::text[]))`.execute(trx)
}

/** Addresses that sign in nowhere any more: their sign-in, passkeys and open sessions go. Across networks. */
export async function forgetAddresses(db: Db, emails: readonly string[]): Promise<void> {
  await sql`delete from auth."user" u where lower(u.email) = any (${[...emails]}::text[])
    and not exists (select 1 from identity d where d.kind = 'email' and d.subject = lower(u.email))`.execute(db)
}
