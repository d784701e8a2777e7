import { sql } from 'kysely'
import type { NetworkId, PersonId } from '@copractice/core/kernel'
import type { Db, Trx } from '../database.ts'
import type { MergePair, MergeStep } from './merge-repo.ts'
import { pageOf, readInstantCursor } from './name-cursor.ts'

/** Persons who can be merged, in the order asked for: neither a test person nor merged or removed already. */
export async function findMergeable(db: Db | Trx, networkId: NetworkId, ids: readonly PersonId[], lock: boolean) {
  let query = db
    .selectFrom('person')
    .select(['id', 'name', 'email'])
    .where('network_id', '=', networkId)
    .where('id', 'in', [...ids])
    .where('is_test', '=', false)
    .where('merged_into', 'is', null)
    .where('removed_at', 'is', null)
    .orderBy('id')
  if (lock) query = query.forUpdate()
  const rows = await query.execute()
  const found = ids.flatMap((id) => rows.filter((row) => row.id === id))
  return found.length === ids.length ? found.map((one) => ({ ...one, id: one.id as PersonId })) : undefined
}

export async function insertMerge(
  trx: Trx,
  { networkId, keptId, goneId }: MergePair,
  { by, steps }: Readonly<{ by: PersonId; steps: readonly MergeStep[] }>,
  now: Date,
): Promise<string> {
  await trx
    .updateTable('person')
    .set({ merged_into: keptId })
    .where('network_id', '=', networkId)
    .where('id', '=', goneId)
    .execute()
  const merge = { network_id: networkId, kept_id: keptId, gone_id: goneId, merged_by: by, merged_at: now }
  const { id } = await trx
    .insertInto('person_merge')
    .values({ ...merge, steps: JSON.stringify(steps) })
    .returning('id')
    .executeTakeFirstOrThrow()
  return id
}

/** Whom a merge made one. */
export async function findMergePair(trx: Trx, networkId: NetworkId, id: string): Promise<MergePair | undefined> {
  const row = await trx
    .selectFrom('person_merge')
    .select(['kept_id as keptId', 'gone_id as goneId'])
    .where('network_id', '=', networkId)
    .where('id', '=', id)
    .executeTakeFirst()
  return row && { networkId, keptId: row.keptId as PersonId, goneId: row.goneId as PersonId }
}

/** One merge, held until the transaction ends. `isLast`: the kept person is still there, and so is nothing newer of it. */
export async function lockMerge(trx: Trx, networkId: NetworkId, id: string) {
  const row = await trx
    .selectFrom('person_merge as m')
    .innerJoin('person as k', (on) => on.onRef('k.network_id', '=', 'm.network_id').onRef('k.id', '=', 'm.kept_id'))
    .select(['m.merged_at as at', 'm.undone_at as undoneAt', 'm.steps'])
    .select(['k.name', 'k.email'])
    .select(
      sql<boolean>`k.merged_into is null and k.removed_at is null and not exists (select 1 from person_merge n
        where n.network_id = m.network_id and n.kept_id = m.kept_id and n.undone_at is null and n.merged_at > m.merged_at)`.as(
        'isLast',
      ),
    )
    .where('m.network_id', '=', networkId)
    .where('m.id', '=', id)
    .forUpdate()
    .executeTakeFirst()
  return row && { ...row, steps: row.steps as MergeStep[] }
}

export async function markUndone(
  trx: Trx,
  networkId: NetworkId,
  { id, goneId, by }: Readonly<{ id: string; goneId: PersonId; by: PersonId }>,
  now: Date,
): Promise<void> {
  await trx
    .updateTable('person')
    .set({ merged_into: null })
    .where('network_id', '=', networkId)
    .where('id', '=', goneId)
    .execute()
  await trx
    .updateTable('person_merge')
    .set({ undone_by: by, undone_at: now })
    .where('network_id', '=', networkId)
    .where('id', '=', id)
    .execute()
}

/** Newest first. */
export async function listMergesMade(
  db: Db | Trx,
  networkId: NetworkId,
  { after, limit }: Readonly<{ after?: string | undefined; limit: number }>,
) {
  const cursor = readInstantCursor(after)
  let query = db
    .selectFrom('person_merge as m')
    .innerJoin('person as k', (on) => on.onRef('k.network_id', '=', 'm.network_id').onRef('k.id', '=', 'm.kept_id'))
    .innerJoin('person as g', (on) => on.onRef('g.network_id', '=', 'm.network_id').onRef('g.id', '=', 'm.gone_id'))
    .leftJoin('person as b', (on) => on.onRef('b.network_id', '=', 'm.network_id').onRef('b.id', '=', 'm.merged_by'))
    .select(['m.id', 'm.merged_at as at', 'm.undone_at as undoneAt', 'b.name as byName'])
    .select(['k.id as keptId', 'k.name as keptName', 'k.email as keptEmail'])
    .select([
      'g.id as goneId',
      'g.name as goneName',
      'g.email as goneEmail',
      sql<string>`m.merged_at::text`.as('sortKey'),
    ])
    .where('m.network_id', '=', networkId)
  if (cursor) query = query.where(sql<boolean>`(m.merged_at, m.id) < (${cursor.key}::timestamptz, ${cursor.id}::uuid)`)
  const rows = await query
    .orderBy('m.merged_at', 'desc')
    .orderBy('m.id', 'desc')
    .limit(limit + 1)
    .execute()
  return pageOf(rows, limit, ({ id, at, undoneAt, byName, ...of }) => ({
    id,
    at,
    undoneAt,
    byName,
    kept: { id: of.keptId as PersonId, name: of.keptName, email: of.keptEmail },
    gone: { id: of.goneId as PersonId, name: of.goneName, email: of.goneEmail },
  }))
}
