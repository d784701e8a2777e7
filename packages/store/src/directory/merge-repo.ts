import { sql } from 'kysely'
import type { NetworkId, PersonId } from '@copractice/core/kernel'
import type { Db, Trx } from '../database.ts'
import { PERSON_DOCUMENTS, PERSON_REFERENCES, type PersonReference } from './person-references.ts'
import { STRICTER_ROWS, staysRather } from './stricter-rows.ts'

export type MergePair = Readonly<{ networkId: NetworkId; keptId: PersonId; goneId: PersonId }>
type Rows = Readonly<{ table: string; rows: number }>

/** One thing a merge did, enough to take it back. `keys` name rows by their primary key as they are after the step. */
export type MergeStep =
  | Readonly<{ did: 'moved'; table: string; column: string; keys: readonly object[] }>
  | Readonly<{ did: 'put_away'; table: string; rows: readonly object[] }>
  | Readonly<{ did: 'copied'; table: string }>
  | Readonly<{ did: 'rewrote'; table: string; column: string; id: string; before: unknown; after: unknown }>
  | Readonly<{ did: 'filled'; column: string; value: string }>

const when = (alias: string, where?: string) =>
  where ? sql`and ${sql.raw(where.replaceAll(/\b(status|withdrawn_at)\b/g, `${alias}.$1`))}` : sql``

/** Rows of the one who goes that the one who stays holds too; with `and`, of those what is said of both, `g` and `k`. */
function twice({ table, column, once }: PersonReference, { networkId, keptId, goneId }: MergePair, and = sql``) {
  const same = once!.columns.map((name) => sql`and k.${sql.ref(name)} is not distinct from g.${sql.ref(name)}`)
  return sql`g.network_id = ${networkId} and g.${sql.ref(column)} = ${goneId} ${when('g', once!.where)}
    and exists (select 1 from ${sql.table(table)} k where k.network_id = g.network_id and k.${sql.ref(column)} = ${keptId}
      ${when('k', once!.where)} ${sql.join(same, sql` `)} ${and})`
}

const isOver = ({ once }: PersonReference, alias: string) => sql`(${sql.raw(once!.over!.is(alias))})`

/** Of rows that both hold, those that are over, whosever they are: of two that both are, the one of who goes. */
function overTwice(reference: PersonReference, { networkId, keptId, goneId }: MergePair) {
  const [g, k] = [isOver(reference, 'g'), isOver(reference, 'k')]
  return [
    twice(reference, { networkId, keptId, goneId }, sql`and ${g}`),
    twice(reference, { networkId, keptId: goneId, goneId: keptId }, sql`and ${g} and not ${k}`),
  ]
}

/** Rows of which neither can give way. */
function refusedTwice(reference: PersonReference, pair: MergePair) {
  if (!reference.once!.over) return twice(reference, pair)
  return twice(reference, pair, sql`and not ${isOver(reference, 'g')} and not ${isOver(reference, 'k')}`)
}

const moving = PERSON_REFERENCES.filter(({ stays }) => !stays)

/** What a merge would move, put away, or cannot do. Four queries. */
export async function planMerge(db: Db | Trx, pair: MergePair) {
  const { networkId, keptId, goneId } = pair
  const count = async (of: readonly ReturnType<typeof sql>[]) =>
    (
      await sql<Rows>`select t.table, sum(t.rows)::int as rows from (${sql.join(of, sql` union all `)}) t
      where t.rows > 0 group by t.table order by t.table`.execute(db)
    ).rows
  const counted = (table: string, where: ReturnType<typeof sql>) =>
    sql`select ${sql.lit(table)}::text as table, count(*) as rows from ${sql.table(table)} g where ${where}`
  const both = (how: 'refuse' | 'keep') =>
    count([
      ...moving
        .filter(({ once }) => once?.both === how)
        .map((reference) => counted(reference.table, refusedTwice(reference, pair))),
      ...(how === 'refuse' ? [] : moving.filter(({ once }) => once?.over)).flatMap((reference) =>
        overTwice(reference, pair).map((where) => counted(reference.table, where)),
      ),
    ])
  const moves = await count(
    moving.map(({ table, column }) =>
      counted(table, sql`g.network_id = ${networkId} and g.${sql.ref(column)} = ${goneId}`),
    ),
  )
  const refused = await both('refuse')
  const reviews = await sql<{ rows: number }>`select count(*)::int as rows from review_assignment a
    join submission s on s.network_id = a.network_id and s.id = a.submission_id
    where a.network_id = ${networkId} and a.withdrawn_at is null
      and (a.reviewer_id, s.author_id) in ((${keptId}::uuid, ${goneId}::uuid), (${goneId}::uuid, ${keptId}::uuid))`.execute(
    db,
  )
  return { moves, putAway: await both('keep'), refused, reviewsOfEachOther: reviews.rows[0]!.rows }
}

/** Columns of the primary key of each table that a merge touches. */
async function primaryKeys(trx: Trx): Promise<Map<string, string[]>> {
  const { rows } = await sql<{ table: string; columns: string[] }>`
    select c.relname as table, array_agg(a.attname::text order by a.attnum) as columns
    from pg_index i join pg_class c on c.oid = i.indrelid
    join pg_attribute a on a.attrelid = c.oid and a.attnum = any (i.indkey)
    where i.indisprimary and c.relnamespace = 'public'::regnamespace group by c.relname`.execute(trx)
  return new Map(rows.map(({ table, columns }) => [table, columns]))
}

const keyOf = (alias: string, columns: readonly string[]) =>
  sql`jsonb_build_object(${sql.join(columns.flatMap((name) => [sql.lit(name), sql.ref(`${alias}.${name}`)]))})`

/** Does what `planMerge` told, and says step by step what it did. Nothing it refuses may be left. */
export async function mergeRows(trx: Trx, pair: MergePair): Promise<MergeStep[]> {
  const { networkId, keptId, goneId } = pair
  const keys = await primaryKeys(trx)
  const steps: MergeStep[] = []
  const putAway = async (table: string, where: ReturnType<typeof sql>) => {
    const { rows } = await sql<{ row: object }>`delete from ${sql.table(table)} g where ${where}
      returning to_jsonb(g) as row`.execute(trx)
    if (rows.length) steps.push({ did: 'put_away', table, rows: rows.map(({ row }) => row) })
  }
  // Preferences and pairings refer to the place in the pool, so it has to be there before they move.
  const { numAffectedRows: copied } = await sql`insert into facilitator
    select (jsonb_populate_record(null::facilitator, to_jsonb(f) || jsonb_build_object('person_id', ${keptId}::text))).*
    from facilitator f where f.network_id = ${networkId} and f.person_id = ${goneId}
    on conflict do nothing`.execute(trx)
  if (copied) steps.push({ did: 'copied', table: 'facilitator' })
  await putAway(
    'review_conflict',
    sql`g.network_id = ${networkId} and (g.reviewer_id, g.author_id)
    in ((${keptId}::uuid, ${goneId}::uuid), (${goneId}::uuid, ${keptId}::uuid))`,
  )
  // A page that is open asks for a new session, as the one person they are now.
  await sql`delete from space_session where network_id = ${networkId} and person_id = ${goneId}`.execute(trx)
  for (const reference of moving) {
    const { table, column, once } = reference
    const better = staysRather(table)
    if (better) await putAway(table, twice(reference, { networkId, keptId: goneId, goneId: keptId }, better))
    if (once?.both === 'keep') await putAway(table, twice(reference, pair))
    for (const where of once?.over ? overTwice(reference, pair) : []) {
      const { takes, by } = once!.over!
      // Before what they hang on, so that they come back after it.
      for (const hanging of takes) {
        const of = sql`select g.id from ${sql.table(table)} g where ${where}`
        await putAway(hanging, sql`g.network_id = ${networkId} and g.${sql.ref(by)} in (${of})`)
      }
      await putAway(table, where)
    }
    const { rows } = await sql<{ key: object }>`update ${sql.table(table)} g set ${sql.ref(column)} = ${keptId}
      where g.network_id = ${networkId} and g.${sql.ref(column)} = ${goneId}
      returning ${keyOf('g', keys.get(table)!)} as key`.execute(trx)
    if (rows.length) steps.push({ did: 'moved', table, column, keys: rows.map(({ key }) => key) })
  }
  for (const { table, column } of PERSON_DOCUMENTS) {
    const { rows } = await sql<{ id: string; before: unknown; after: unknown }>`
      update ${sql.table(table)} t set ${sql.ref(column)} = replace(b.before::text, ${goneId}, ${keptId})::jsonb
      from (select id, ${sql.ref(column)} as before from ${sql.table(table)}
        where network_id = ${networkId} and strpos(${sql.ref(column)}::text, ${goneId}) > 0) b
      where t.network_id = ${networkId} and t.id = b.id
      returning t.id, b.before, t.${sql.ref(column)} as after`.execute(trx)
    for (const row of rows) steps.push({ did: 'rewrote', table, column, ...row })
  }
  for (const column of ['name', 'pronouns', 'email', 'time_zone'] as const) {
    const { rows } = await sql<{
      value: string
    }>`update person k set ${sql.ref(column)} = g.${sql.ref(column)} from person g
      where k.network_id = ${networkId} and k.id = ${keptId} and g.network_id = k.network_id and g.id = ${goneId}
        and k.${sql.ref(column)} is null and g.${sql.ref(column)} is not null
      returning k.${sql.ref(column)} as value`.execute(trx)
    for (const { value } of rows) steps.push({ did: 'filled', column, value })
  }
  return steps
}

/** Takes a merge back, last step first. What came to the kept person since stays with them. */
export async function undoRows(trx: Trx, pair: MergePair, steps: readonly MergeStep[]) {
  const { networkId, keptId, goneId } = pair
  const keys = await primaryKeys(trx)
  for (const step of steps.toReversed()) {
    if (step.did === 'moved') {
      await sql`update ${sql.table(step.table)} g set ${sql.ref(step.column)} = ${goneId}
        where g.network_id = ${networkId} and g.${sql.ref(step.column)} = ${keptId}
          and ${keyOf('g', keys.get(step.table)!)} in (select jsonb_array_elements(${JSON.stringify(step.keys)}::jsonb))`.execute(
        trx,
      )
    } else if (step.did === 'put_away') {
      await sql`insert into ${sql.table(step.table)}
        select r.* from jsonb_populate_recordset(null::${sql.table(step.table)}, ${JSON.stringify(step.rows)}::jsonb) r
        ${comesBack(step.table, pair)} on conflict do nothing`.execute(trx)
    } else if (step.did === 'copied') {
      await sql`delete from facilitator where network_id = ${networkId} and person_id = ${keptId}`.execute(trx)
    } else if (step.did === 'rewrote') {
      await sql`update ${sql.table(step.table)} set ${sql.ref(step.column)} = ${JSON.stringify(step.before)}::jsonb
        where network_id = ${networkId} and id = ${step.id}
          and ${sql.ref(step.column)} = ${JSON.stringify(step.after)}::jsonb`.execute(trx)
    } else {
      await sql`update person set ${sql.ref(step.column)} = null where network_id = ${networkId} and id = ${keptId}
        and ${sql.ref(step.column)} = ${step.value}`.execute(trx)
    }
  }
  const putAway = new Set(steps.flatMap((step) => (step.did === 'put_away' ? [step.table] : [])))
  for (const reference of PERSON_REFERENCES.filter(({ table }) => putAway.has(table))) {
    await keepSaidSince(trx, pair, reference)
  }
}

function comesBack(table: string, pair: MergePair) {
  if (table === 'role_grant') return stillGranted(pair)
  return table === 'session_choice' || table === 'check_in_act' ? SESSION_STILL_HELD : sql``
}

/** A session may have been taken off the programme since. */
const SESSION_STILL_HELD = sql`where r.session_id is null or exists (select from convening_session s
  where s.network_id = r.network_id and s.id = r.session_id)`

/** A role put away comes back only where the kept person still has it: otherwise it was taken away since. */
const stillGranted = ({ networkId, keptId }: MergePair) => sql`where exists (select 1 from role_grant k
  where k.network_id = ${networkId} and k.person_id = ${keptId} and k.role = r.role
    and k.region_id is not distinct from r.region_id and k.institution_id is not distinct from r.institution_id)`

/** What was withdrawn while they were one is withdrawn for both. */
async function keepSaidSince(
  trx: Trx,
  { networkId, keptId, goneId }: MergePair,
  { table, column, once }: PersonReference,
) {
  const strict = STRICTER_ROWS[table]
  if (!strict) return
  const same = once!.columns.map((name) => sql`and g.${sql.ref(name)} = k.${sql.ref(name)}`)
  await sql`update ${sql.table(table)} g set ${strict.set('k')} from ${sql.table(table)} k
    where g.network_id = ${networkId} and k.network_id = g.network_id and ${strict.is('k')} and not ${strict.is('g')}
      and (g.${sql.ref(column)}, k.${sql.ref(column)}) in ((${keptId}::uuid, ${goneId}::uuid), (${goneId}::uuid, ${keptId}::uuid))
      ${sql.join(same, sql` `)} and k.${sql.ref(strict.since)} > (select max(m.merged_at) from person_merge m
        where m.network_id = ${networkId} and m.kept_id = ${keptId} and m.gone_id = ${goneId} and m.undone_at is null)`.execute(
    trx,
  )
}
