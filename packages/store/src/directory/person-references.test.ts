import { sql } from 'kysely'
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { OpenDatabase } from '../open-database.ts'
import { openTestDb } from '../testing/index.ts'
import { PERSON_DOCUMENTS, PERSON_REFERENCES } from './person-references.ts'

let open: OpenDatabase
beforeAll(async () => {
  open = await openTestDb()
})
afterAll(() => open.close())

/** Ids without a foreign key, or lists of ids, that are not a person's. */
const NOT_A_PERSON = new Set([
  'launch_refusal.platform_id',
  'placement_board.solve_token',
  'registration_invite.platform_id',
  'roster_sync.claim',
  'score_delivery.course_id',
  'space_session.cohort_id',
  'space_session.course_link_id',
  'space_session.platform_id',
])
/** Documents that name nobody, or name them as they were when it happened: those are never rewritten. */
const NAMES_NOBODY_NOW = new Set([
  'audit_entry.facts',
  'community.charter',
  'connection_check.steps',
  'exemplar.reference',
  'exemplar_marking.marks',
  'launch_refusal.facts',
  'lti_key.public_jwk',
  'micro_credential_version.body',
  'pairing.reasons',
  'person_merge.steps',
  'placement_board.layout', // members are registrations
  'placement_board.policy',
  'placement_board.progress',
  'placement_change.change', // members are registrations
  'policy_pack.limits',
  'programme_template.parts',
  'proposal_event.findings',
  'proposal_start.said', // addresses
  'registration.wishes', // addresses
  'review_assignment.marks',
  'review_round.grade_comment',
  'review_round.late_policy',
  'review_round.reviewer_weights',
  'review_round.rubric',
  'review_round.stalled_why',
  'rubric_version.body',
  'score_check.marks',
  'score_release.entered', // whoever was merged since is found when it is read
  'self_assessment.marks',
  'series.plan',
])

it('every column of the schema that names a person is known to a merge', async () => {
  const { rows } = await sql<{ name: string }>`
    select c.table_name || '.' || c.column_name as name from information_schema.columns c
    where c.table_schema = 'public' and c.data_type = 'uuid' and c.column_name not in ('network_id', 'id')
      and not exists (
        select 1 from pg_constraint k join pg_attribute a on a.attrelid = k.conrelid and a.attnum = any (k.conkey)
        where k.contype = 'f' and k.conrelid = quote_ident(c.table_name)::regclass and a.attname = c.column_name
          and k.confrelid not in ('person'::regclass, 'network'::regclass, 'facilitator'::regclass))
    order by 1`.execute(open.db)
  const known = PERSON_REFERENCES.map(({ table, column }) => `${table}.${column}`)
  expect(new Set(known).size).toBe(known.length)
  expect(rows.map(({ name }) => name).filter((name) => !NOT_A_PERSON.has(name))).toEqual(known.toSorted())
})

it('every document of the schema is known to name persons or not', async () => {
  const { rows } = await sql<{ name: string }>`
    select table_name || '.' || column_name as name from information_schema.columns
    where table_schema = 'public' and data_type in ('jsonb', 'json') order by 1`.execute(open.db)
  const known = [...NAMES_NOBODY_NOW, ...PERSON_DOCUMENTS.map(({ table, column }) => `${table}.${column}`)]
  expect(rows.map(({ name }) => name)).toEqual(known.toSorted())
})

it('whatever is unique for a person says what happens when both hold it', async () => {
  const { rows } = await sql<{ table: string; columns: string[] }>`
    select c.relname as table, array_agg(a.attname::text order by a.attname) as columns
    from pg_index i join pg_class c on c.oid = i.indrelid
    join pg_attribute a on a.attrelid = c.oid and a.attnum = any (i.indkey)
    where i.indisunique and c.relnamespace = 'public'::regnamespace group by i.indexrelid, c.relname`.execute(open.db)
  const unsaid = PERSON_REFERENCES.flatMap(({ table, column, once, stays }) =>
    rows
      .filter((index) => !stays && index.table === table && index.columns.includes(column))
      .filter(({ columns }) => {
        const others = columns.filter((name) => name !== column && name !== 'network_id')
        return JSON.stringify(others) !== JSON.stringify(once?.columns.toSorted())
      })
      .map(() => `${table}.${column}`),
  )
  expect(unsaid).toEqual([])
})

it('what the database deletes with a row that a merge puts away is put away before it, moves first, or keeps the row', async () => {
  const { rows } = await sql<{ of: string; table: string }>`
    select confrelid::regclass::text as of, conrelid::regclass::text as table from pg_constraint
    where contype = 'f' and confdeltype = 'c' and connamespace = 'public'::regnamespace`.execute(open.db)
  const lost = PERSON_REFERENCES.flatMap(({ table, once }, nth) => {
    if (once?.both !== 'keep' && !once?.over) return []
    const takes = once.over?.takes ?? []
    const movesFirst = PERSON_REFERENCES.slice(0, nth).map((earlier) => earlier.table)
    return rows.filter(
      (row) =>
        row.of === table &&
        !takes.includes(row.table) &&
        !once.over?.is('g').includes(`from ${row.table} `) &&
        !movesFirst.includes(row.table),
    )
  })
  expect(lost).toEqual([])
})
