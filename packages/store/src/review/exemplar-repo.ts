import { sql } from 'kysely'
import type { ExemplarId, NetworkId, PersonId, RoundId } from '@copractice/core/kernel'
import type { ExemplarSetup, Mark } from '@copractice/core/review'
import type { Db, Trx } from '../database.ts'
import { listFilesOf, type FilesOf, type StoredFile } from './file-repo.ts'

export type Exemplar = ExemplarSetup &
  Readonly<{ exemplarId: ExemplarId; roundId: RoundId; files: readonly StoredFile[] }>
export type ExemplarMarking = Readonly<{
  exemplarId: ExemplarId
  reviewerId: PersonId
  marks: readonly Mark[]
  comment: string
  savedAt: Date
  filedAt: Date | null
}>

const exemplars = (trx: Db | Trx, networkId: NetworkId) =>
  trx
    .selectFrom('exemplar')
    .select(['id', 'round_id', 'title', 'body', 'reference', 'reference_comment', 'asked_first'])
    .where('network_id', '=', networkId)
type Row = NonNullable<Awaited<ReturnType<ReturnType<typeof exemplars>['executeTakeFirst']>>>

/** Marks were parsed when they came in. */
const exemplarOf = (row: Row, files: FilesOf): Exemplar => ({
  files: files.get(row.id) ?? [],
  exemplarId: row.id as ExemplarId,
  roundId: row.round_id as RoundId,
  title: row.title,
  body: row.body,
  reference: row.reference as Mark[],
  referenceComment: row.reference_comment,
  askedFirst: row.asked_first,
})

/** A round's exemplars, oldest first. */
export async function listExemplars(trx: Db | Trx, networkId: NetworkId, roundId: RoundId): Promise<Exemplar[]> {
  const rows = await exemplars(trx, networkId)
    .where('round_id', '=', roundId)
    .orderBy('created_at')
    .orderBy('id')
    .execute()
  const ids = rows.map(({ id }) => id)
  const files = await listFilesOf(trx, networkId, 'exemplar', ids)
  return rows.map((row) => exemplarOf(row, files))
}

export async function findExemplar(
  trx: Db | Trx,
  networkId: NetworkId,
  exemplarId: ExemplarId,
): Promise<Exemplar | undefined> {
  const row = await exemplars(trx, networkId).where('id', '=', exemplarId).executeTakeFirst()
  return row && exemplarOf(row, await listFilesOf(trx, networkId, 'exemplar', [row.id]))
}

export async function insertExemplar(
  trx: Trx,
  networkId: NetworkId,
  given: ExemplarSetup & Readonly<{ roundId: RoundId; createdBy: PersonId; createdAt: Date }>,
): Promise<ExemplarId> {
  const { id } = await trx
    .insertInto('exemplar')
    .values({
      network_id: networkId,
      round_id: given.roundId,
      title: given.title,
      body: given.body,
      reference: JSON.stringify(given.reference),
      reference_comment: given.referenceComment,
      asked_first: given.askedFirst,
      created_by: given.createdBy,
      created_at: given.createdAt,
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  return id as ExemplarId
}

export async function deleteExemplar(trx: Trx, networkId: NetworkId, exemplarId: ExemplarId): Promise<void> {
  await trx.deleteFrom('exemplar').where('network_id', '=', networkId).where('id', '=', exemplarId).execute()
}

/** Markings of a round's exemplars; of one person where asked for. */
export async function listMarkings(
  trx: Db | Trx,
  networkId: NetworkId,
  roundId: RoundId,
  reviewerId?: PersonId,
): Promise<ExemplarMarking[]> {
  let query = trx
    .selectFrom('exemplar_marking')
    .select(['exemplar_id', 'reviewer_id', 'marks', 'comment', 'saved_at', 'filed_at'])
    .where('network_id', '=', networkId)
    .where('round_id', '=', roundId)
  if (reviewerId) query = query.where('reviewer_id', '=', reviewerId)
  const rows = await query.orderBy('reviewer_id').execute()
  return rows.map((row) => ({
    exemplarId: row.exemplar_id as ExemplarId,
    reviewerId: row.reviewer_id as PersonId,
    marks: row.marks as Mark[],
    comment: row.comment,
    savedAt: row.saved_at,
    filedAt: row.filed_at,
  }))
}

/** Holds one person's marking of one exemplar until commit, the first one too. */
export async function lockMarking(trx: Trx, exemplarId: ExemplarId, reviewerId: PersonId): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`marking ${exemplarId} ${reviewerId}`}, 0))`.execute(trx)
}

export async function saveMarking(
  trx: Trx,
  networkId: NetworkId,
  marking: ExemplarMarking & Readonly<{ roundId: RoundId }>,
): Promise<void> {
  const written = {
    marks: JSON.stringify(marking.marks),
    comment: marking.comment,
    saved_at: marking.savedAt,
    filed_at: marking.filedAt,
  }
  await trx
    .insertInto('exemplar_marking')
    .values({
      network_id: networkId,
      exemplar_id: marking.exemplarId,
      round_id: marking.roundId,
      reviewer_id: marking.reviewerId,
      ...written,
    })
    .onConflict((on) => on.columns(['network_id', 'exemplar_id', 'reviewer_id']).doUpdateSet(written))
    .execute()
}
