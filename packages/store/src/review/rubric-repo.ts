import { sql } from 'kysely'
import type { NetworkId, PersonId, RoundId, RubricId, RubricVersionId } from '@copractice/core/kernel'
import type { Phase, Rubric } from '@copractice/core/review'
import type { Db, Trx } from '../database.ts'
import { pageOf, readCursor, type Page } from '../directory/name-cursor.ts'

/** A rubric of the library with its newest version. */
export type RubricStored = Readonly<{
  rubricId: RubricId
  title: string
  archivedAt: Date | null
  rubricVersionId: RubricVersionId
  number: number
  rubric: Rubric
  changedAt: Date
  /** Rounds of the network that were set up with any of its versions. */
  rounds: number
}>

const rubrics = (trx: Db | Trx, networkId: NetworkId) =>
  trx
    .selectFrom('rubric as u')
    .innerJoinLateral(
      (eb) =>
        eb
          .selectFrom('rubric_version as v')
          .select(['v.id', 'v.number', 'v.body', 'v.created_at'])
          .whereRef('v.network_id', '=', 'u.network_id')
          .whereRef('v.rubric_id', '=', 'u.id')
          .orderBy('v.number', 'desc')
          .limit(1)
          .as('latest'),
      (on) => on.onTrue(),
    )
    .select(['u.id', 'u.title', 'u.archived_at', 'latest.id as versionId', 'latest.number', 'latest.body'])
    .select('latest.created_at as changed_at')
    .select(
      sql<number>`(select count(*)::int from review_round r join rubric_version v on v.network_id = r.network_id
        and v.id = r.rubric_version_id where v.network_id = u.network_id and v.rubric_id = u.id)`.as('rounds'),
    )
    .where('u.network_id', '=', networkId)

type Row = NonNullable<Awaited<ReturnType<ReturnType<typeof rubrics>['executeTakeFirst']>>>

/** A version's body was parsed when it came in. */
const rubricOf = (row: Row): RubricStored => ({
  rubricId: row.id as RubricId,
  title: row.title,
  archivedAt: row.archived_at,
  rubricVersionId: row.versionId as RubricVersionId,
  number: row.number,
  rubric: row.body as Rubric,
  changedAt: row.changed_at,
  rounds: row.rounds,
})

/** By title. `search` looks in titles and in the criteria's words. */
export async function listRubrics(
  trx: Db | Trx,
  networkId: NetworkId,
  { search, archived }: Readonly<{ search: string; archived: boolean }>,
  { after, limit }: Readonly<{ after?: string | undefined; limit: number }>,
): Promise<Page<RubricStored>> {
  const cursor = readCursor(after)
  let query = rubrics(trx, networkId)
    .select(sql<string>`lower(u.title)`.as('sortKey'))
    .where('u.archived_at', archived ? 'is not' : 'is', null)
  if (search.trim()) {
    const like = `%${search.trim().replaceAll(/[\\%_]/g, String.raw`\$&`)}%`
    query = query.where((eb) =>
      eb.or([
        eb('u.title', 'ilike', like),
        sql<boolean>`exists (select 1 from jsonb_array_elements(latest.body -> 'criteria') c
          where c ->> 'title' ilike ${like} or c ->> 'description' ilike ${like})`,
      ]),
    )
  }
  if (cursor) query = query.where(sql<boolean>`(lower(u.title), u.id) > (${cursor.key}, ${cursor.id}::uuid)`)
  const rows = await query
    .orderBy(sql`lower(u.title)`)
    .orderBy('u.id')
    .limit(limit + 1)
    .execute()
  return pageOf(rows, limit, rubricOf)
}

/** Undefined when it is not this network's. */
export async function findRubric(
  trx: Db | Trx,
  networkId: NetworkId,
  rubricId: RubricId,
): Promise<RubricStored | undefined> {
  const row = await rubrics(trx, networkId).where('u.id', '=', rubricId).executeTakeFirst()
  return row && rubricOf(row)
}

/** Held until commit, so that two people never write the same number. */
export async function lockRubric(
  trx: Trx,
  networkId: NetworkId,
  rubricId: RubricId,
): Promise<RubricStored | undefined> {
  await trx
    .selectFrom('rubric')
    .select('id')
    .where('network_id', '=', networkId)
    .where('id', '=', rubricId)
    .forNoKeyUpdate()
    .execute()
  return findRubric(trx, networkId, rubricId)
}

export type RubricVersionStored = Readonly<{
  rubricVersionId: RubricVersionId
  number: number
  rubric: Rubric
  note: string
  createdAt: Date
  createdBy: string | null
  rounds: number
}>

/** Newest first; at most the 100 latest. */
export async function listRubricVersions(
  trx: Db | Trx,
  networkId: NetworkId,
  rubricId: RubricId,
): Promise<RubricVersionStored[]> {
  const rows = await trx
    .selectFrom('rubric_version as v')
    .innerJoin('person as p', (on) => on.onRef('p.network_id', '=', 'v.network_id').onRef('p.id', '=', 'v.created_by'))
    .select(['v.id', 'v.number', 'v.body', 'v.note', 'v.created_at', 'p.name'])
    .select(
      sql<number>`(select count(*)::int from review_round r where r.network_id = v.network_id
        and r.rubric_version_id = v.id)`.as('rounds'),
    )
    .where('v.network_id', '=', networkId)
    .where('v.rubric_id', '=', rubricId)
    .orderBy('v.number', 'desc')
    .limit(100)
    .execute()
  return rows.map((row) => ({
    rubricVersionId: row.id as RubricVersionId,
    number: row.number,
    rubric: row.body as Rubric,
    note: row.note,
    createdAt: row.created_at,
    createdBy: row.name,
    rounds: row.rounds,
  }))
}

export type RoundOfRubric = Readonly<{
  roundId: RoundId
  title: string
  phase: Phase
  number: number
  cohortId: string
  cohort: string
}>

/** Rounds that still run with some version of a rubric, drafts included; the 50 whose work is due last. */
export async function listRoundsOfRubric(
  trx: Db | Trx,
  networkId: NetworkId,
  rubricId: RubricId,
): Promise<RoundOfRubric[]> {
  const rows = await trx
    .selectFrom('review_round as r')
    .innerJoin('rubric_version as v', (on) =>
      on.onRef('v.network_id', '=', 'r.network_id').onRef('v.id', '=', 'r.rubric_version_id'),
    )
    .innerJoin('cohort as c', (on) => on.onRef('c.network_id', '=', 'r.network_id').onRef('c.id', '=', 'r.cohort_id'))
    .select(['r.id', 'r.title', 'r.phase', 'v.number', 'r.cohort_id as cohortId', 'c.name as cohort'])
    .where('r.network_id', '=', networkId)
    .where('v.rubric_id', '=', rubricId)
    .where('r.phase', '<>', 'closed')
    .orderBy('r.submit_until', 'desc')
    .orderBy('r.id')
    .limit(50)
    .execute()
  return rows.map(({ id, ...row }) => ({ ...row, roundId: id as RoundId }))
}

type NewVersion = Readonly<{ rubric: Rubric; note: string; createdBy: PersonId; createdAt: Date }>

export async function insertRubric(
  trx: Trx,
  networkId: NetworkId,
  { title, ...version }: NewVersion & Readonly<{ title: string }>,
): Promise<RubricId> {
  const { id } = await trx
    .insertInto('rubric')
    .values({ network_id: networkId, title, created_by: version.createdBy, created_at: version.createdAt })
    .returning('id')
    .executeTakeFirstOrThrow()
  await insertRubricVersion(trx, networkId, id as RubricId, { ...version, number: 1 })
  return id as RubricId
}

export async function insertRubricVersion(
  trx: Trx,
  networkId: NetworkId,
  rubricId: RubricId,
  { rubric, note, createdBy, createdAt, number }: NewVersion & Readonly<{ number: number }>,
): Promise<void> {
  await trx
    .insertInto('rubric_version')
    .values({
      network_id: networkId,
      rubric_id: rubricId,
      number,
      body: JSON.stringify(rubric),
      note,
      created_by: createdBy,
      created_at: createdAt,
    })
    .execute()
}

export async function updateRubric(
  trx: Trx,
  networkId: NetworkId,
  rubricId: RubricId,
  change: Readonly<{ title?: string | undefined; archivedAt?: Date | null | undefined }>,
): Promise<void> {
  const columns = { title: change.title, archived_at: change.archivedAt }
  if (Object.values(columns).every((value) => value === undefined)) return
  await trx.updateTable('rubric').set(columns).where('network_id', '=', networkId).where('id', '=', rubricId).execute()
}

export type RubricSource = Readonly<{
  rubricVersionId: RubricVersionId
  rubricId: RubricId
  title: string
  number: number
  latest: number
  rubric: Rubric
}>

/** The library's rubric behind a version, and its newest number. */
export async function findRubricSource(
  trx: Db | Trx,
  networkId: NetworkId,
  versionId: RubricVersionId,
): Promise<RubricSource | undefined> {
  const row = await trx
    .selectFrom('rubric_version as v')
    .innerJoin('rubric as u', (on) => on.onRef('u.network_id', '=', 'v.network_id').onRef('u.id', '=', 'v.rubric_id'))
    .select(['v.rubric_id', 'v.number', 'v.body', 'u.title'])
    .select(
      sql<number>`(select max(n.number) from rubric_version n where n.network_id = v.network_id
        and n.rubric_id = v.rubric_id)`.as('latest'),
    )
    .where('v.network_id', '=', networkId)
    .where('v.id', '=', versionId)
    .executeTakeFirst()
  return (
    row && {
      rubricVersionId: versionId,
      rubricId: row.rubric_id as RubricId,
      title: row.title,
      number: row.number,
      latest: row.latest,
      rubric: row.body as Rubric,
    }
  )
}
