import { randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import { afterAll, beforeEach, expect, it } from 'vitest'
import type { NetworkId, PersonId } from '@copractice/core/kernel'
import type { OpenDatabase } from '../open-database.ts'
import { openTestDb } from '../testing/index.ts'
import { mergeRows, planMerge, undoRows, type MergePair } from './merge-repo.ts'
import { PERSON_REFERENCES } from './person-references.ts'

type Column = { table: string; name: string; type: string }
let open: OpenDatabase
let columns: Column[]
let pair: MergePair

/** A copy of the schema without checks and foreign keys, so that any table can be given a row of its own. */
beforeEach(async () => {
  await open?.close()
  open = await openTestDb()
  const { rows } = await sql<{ statement: string }>`
    select format('alter table %s drop constraint if exists %I cascade', conrelid::regclass, conname) as statement
    from pg_constraint where contype in ('f', 'c') and connamespace = 'public'::regnamespace`.execute(open.db)
  await sql.raw(rows.map(({ statement }) => statement).join(';')).execute(open.db)
  const network = await open.db
    .insertInto('network')
    .values({ name: 'N', slug: randomUUID(), time_zone: 'UTC' })
    .returning('id')
    .executeTakeFirstOrThrow()
  columns = (
    await sql<Column>`select table_name as table, column_name as name, data_type as type from information_schema.columns
      where table_schema = 'public' and is_nullable = 'NO' and column_default is null and is_identity = 'NO'
        and is_generated = 'NEVER'`.execute(open.db)
  ).rows
  pair = { networkId: network.id as NetworkId, keptId: randomUUID() as PersonId, goneId: randomUUID() as PersonId }
  await add('person', { id: pair.keptId })
  await add('person', { id: pair.goneId, name: 'Gone', email: 'gone@x.example' })
})
afterAll(() => open.close())

const FILLERS: Record<string, () => unknown> = {
  uuid: randomUUID,
  text: () => randomUUID(),
  boolean: () => false,
  bytea: () => Buffer.from(randomUUID()),
  jsonb: () => '{}',
  ARRAY: () => '{}',
  date: () => '2026-01-01',
  'timestamp with time zone': () => new Date(),
}
async function add(table: string, given: Record<string, unknown>): Promise<Record<string, unknown>> {
  const needed = columns.filter((column) => column.table === table && !(column.name in given))
  const filled = Object.fromEntries(needed.map(({ name, type }) => [name, (FILLERS[type] ?? (() => 1))()]))
  const row: Record<string, unknown> = { ...filled, ...given, network_id: pair.networkId }
  await open.db
    .insertInto(table as never)
    .values(row)
    .execute()
  return row
}
const everything = async () => {
  const tables = [...new Set(PERSON_REFERENCES.map(({ table }) => table))]
  const of = tables.map(
    (table) => sql`select ${sql.lit(table)}::text as table, to_jsonb(t)::text as row from ${sql.table(table)} t`,
  )
  const { rows } = await sql<{ table: string; row: string }>`${sql.join(of, sql` union all `)} order by 1, 2`.execute(
    open.db,
  )
  return rows.map(({ table, row }) => `${table} ${row}`)
}
const merge = () => open.db.transaction().execute((trx) => mergeRows(trx, pair))

/** A status that the condition of `once` asks for. */
const standing = ({ once }: (typeof PERSON_REFERENCES)[number]) => {
  const status = /'(\w+)'/.exec(once?.where ?? '')?.[1]
  return status ? { status } : {}
}

it('moves a row of every table that names the person, and takes each back', async () => {
  for (const reference of PERSON_REFERENCES)
    await add(reference.table, { [reference.column]: pair.goneId, ...standing(reference) })
  await add('proposal', { body: JSON.stringify({ facilitators: [pair.goneId] }) })
  const before = await everything()
  const told = await planMerge(open.db, pair)
  const moving = PERSON_REFERENCES.filter(({ stays }) => !stays)
  expect(told.moves.reduce((sum, { rows }) => sum + rows, 0)).toBe(moving.length)
  expect(told.refused).toEqual([])

  const steps = await merge()
  const left = (await everything()).filter((row) => row.includes(pair.goneId))
  const stays = PERSON_REFERENCES.filter((reference) => reference.stays)
  // What stays, and the row of the person themselves.
  expect(left).toHaveLength(stays.length + 1)

  await open.db.transaction().execute((trx) => undoRows(trx, pair, steps))
  // Open sessions are not given back.
  expect(await everything()).toEqual(before.filter((row) => !row.startsWith('space_session')))
})

it('puts away what both hold where that is said, and gives it back', async () => {
  const both = PERSON_REFERENCES.filter(({ once }) => once?.both === 'keep')
  for (const { table, column, once } of both) {
    const same = await add(table, { [column]: pair.goneId })
    const shared = Object.fromEntries(once!.columns.map((name) => [name, same[name] ?? null]))
    await add(table, { ...shared, [column]: pair.keptId })
  }
  const before = await everything()
  const told = await planMerge(open.db, pair)
  expect(told.putAway.map(({ table }) => table)).toEqual([...new Set(both.map(({ table }) => table))].toSorted())
  const steps = await merge()
  await open.db.transaction().execute((trx) => undoRows(trx, pair, steps))
  expect(await everything()).toEqual(before)
})

it('tells every table where both hold what can be only once, and who reviews whom', async () => {
  const once = PERSON_REFERENCES.filter((reference) => reference.once?.both === 'refuse')
  for (const reference of once) {
    const { table, column } = reference
    const same = await add(table, { [column]: pair.goneId, ...standing(reference) })
    const shared = Object.fromEntries(reference.once!.columns.map((name) => [name, same[name]]))
    await add(table, { ...shared, [column]: pair.keptId, ...standing(reference) })
  }
  const submission = randomUUID()
  await add('submission', { id: submission, author_id: pair.goneId })
  await add('review_assignment', { submission_id: submission, reviewer_id: pair.keptId })
  const told = await planMerge(open.db, pair)
  expect(told.refused.map(({ table }) => table)).toEqual([...new Set(once.map(({ table }) => table))].toSorted())
  expect(told.reviewsOfEachOther).toBe(1)
})

it('puts a registration away that was cancelled, whosever it is, and refuses where both have a place', async () => {
  const both = async (kept: string, gone: string) => {
    const convening_id = randomUUID()
    await add('registration', { id: randomUUID(), convening_id, person_id: pair.keptId, status: kept })
    await add('registration', { id: randomUUID(), convening_id, person_id: pair.goneId, status: gone })
    return convening_id
  }
  const stays = new Map([
    [await both('cancelled', 'registered'), 'registered'],
    [await both('waitlisted', 'cancelled'), 'waitlisted'],
    [await both('cancelled', 'cancelled'), 'cancelled'],
  ])
  const before = await everything()
  const told = await planMerge(open.db, pair)
  expect([told.refused, told.putAway]).toEqual([[], [{ table: 'registration', rows: 3 }]])
  const steps = await merge()
  const left = await open.db.selectFrom('registration').selectAll().execute()
  expect(new Map(left.map((row) => [row.convening_id, row.status]))).toEqual(stays)
  expect(new Set(left.map((row) => row.person_id))).toEqual(new Set([pair.keptId]))
  await open.db.transaction().execute((trx) => undoRows(trx, pair, steps))
  expect(await everything()).toEqual(before)
  await both('registered', 'waitlisted')
  expect((await planMerge(open.db, pair)).refused).toEqual([{ table: 'registration', rows: 1 }])
})

const MERGED = new Date('2026-03-01')
const undo = async (steps: Awaited<ReturnType<typeof merge>>) => {
  await add('person_merge', { kept_id: pair.keptId, gone_id: pair.goneId, merged_at: MERGED })
  await open.db.transaction().execute((trx) => undoRows(trx, pair, steps))
}
const said = async () => {
  const consents = await open.db.selectFrom('research_consent').select(['person_id', 'withdrawn_at']).execute()
  const reminders = await open.db.selectFrom('reminder_choice').select(['person_id', 'wants_reminders']).execute()
  return new Map([
    ...consents.map((one) => [`consent ${one.person_id}`, one.withdrawn_at === null] as const),
    ...reminders.map((one) => [`reminders ${one.person_id}`, one.wants_reminders] as const),
  ])
}

it.each(['kept', 'gone'] as const)('keeps the withdrawn consent and the no to reminders of the %s one', async (who) => {
  const cohort_id = randomUUID()
  for (const person_id of [pair.keptId, pair.goneId]) {
    const isStrict = person_id === pair[`${who}Id`]
    await add('research_consent', { cohort_id, person_id, withdrawn_at: isStrict ? new Date('2026-02-01') : null })
    await add('reminder_choice', { person_id, wants_reminders: !isStrict, chosen_at: new Date('2026-02-01') })
  }
  const before = await said()
  const steps = await merge()
  expect(await said()).toEqual(
    new Map([
      [`consent ${pair.keptId}`, false],
      [`reminders ${pair.keptId}`, false],
    ]),
  )
  await undo(steps)
  expect(await said()).toEqual(before)
})

it('leaves withdrawn for both, and taken away from both, what was so while they were one', async () => {
  const cohort_id = randomUUID()
  for (const person_id of [pair.keptId, pair.goneId]) {
    await add('research_consent', { cohort_id, person_id })
    await add('reminder_choice', { person_id, wants_reminders: true })
    await add('role_grant', { person_id, role: 'network_admin' })
  }
  const steps = await merge()
  const since = new Date('2026-04-01')
  await open.db.updateTable('research_consent').set({ withdrawn_at: since }).execute()
  await open.db.updateTable('reminder_choice').set({ wants_reminders: false, chosen_at: since }).execute()
  await open.db.deleteFrom('role_grant').execute()
  await undo(steps)
  expect([...(await said()).values()]).toEqual([false, false, false, false])
  expect(await open.db.selectFrom('role_grant').selectAll().execute()).toEqual([])
})
