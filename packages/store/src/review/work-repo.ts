import { sql } from 'kysely'
import type { NetworkId, PersonId, RoundId, SubmissionId, UploadId } from '@copractice/core/kernel'
import type { AcceptedFile } from '@copractice/core/review'
import type { Db, Trx } from '../database.ts'

export type StoredFile = AcceptedFile & Readonly<{ uploadId: UploadId; storageKey: string }>
export type Work = Readonly<{
  submissionId: SubmissionId
  body: string
  file: StoredFile | null
  status: 'draft' | 'submitted' | 'withdrawn'
  savedAt: Date
  handedInAt: Date | null
}>
type Place = Readonly<{ networkId: NetworkId; roundId: RoundId; authorId: PersonId }>

export async function findWork(trx: Db | Trx, { networkId, roundId, authorId }: Place): Promise<Work | undefined> {
  const row = await trx
    .selectFrom('submission as w')
    .leftJoin('upload as u', (on) => on.onRef('u.network_id', '=', 'w.network_id').onRef('u.id', '=', 'w.upload_id'))
    .select(['w.id', 'w.body', 'w.status', 'w.saved_at', 'w.submitted_at'])
    .select(['u.id as uploadId', 'u.file_name', 'u.media_type', 'u.bytes', 'u.storage_key'])
    .where('w.network_id', '=', networkId)
    .where('w.round_id', '=', roundId)
    .where('w.author_id', '=', authorId)
    .executeTakeFirst()
  return (
    row && {
      submissionId: row.id as SubmissionId,
      body: row.body,
      file: fileOf(row),
      status: row.status,
      savedAt: row.saved_at,
      handedInAt: row.submitted_at,
    }
  )
}

type FileColumns = {
  uploadId: string | null
  file_name: string | null
  media_type: string | null
  bytes: number | null
  storage_key: string | null
}

/** Null where the left join found no upload. */
export function fileOf(row: FileColumns): StoredFile | null {
  const { uploadId, file_name: fileName, media_type: mediaType, bytes, storage_key: storageKey } = row
  if (uploadId === null || fileName === null || mediaType === null || bytes === null || storageKey === null) return null
  return { uploadId: uploadId as UploadId, fileName, mediaType, bytes, storageKey }
}

export type WorkChange = Readonly<{
  body?: string
  uploadId?: UploadId | null
  status?: 'draft' | 'submitted'
  handedInAt?: Date | null
}>

/** Makes the row with the first save. The caller has locked the work. */
export async function saveWork(trx: Trx, place: Place, change: WorkChange, savedAt: Date): Promise<void> {
  const columns = {
    body: change.body,
    upload_id: change.uploadId,
    status: change.status,
    submitted_at: change.handedInAt,
    saved_at: savedAt,
  }
  await trx
    .insertInto('submission')
    .values({
      network_id: place.networkId,
      round_id: place.roundId,
      author_id: place.authorId,
      body: change.body ?? '',
      upload_id: change.uploadId ?? null,
      status: change.status ?? 'draft',
      submitted_at: change.handedInAt ?? null,
      saved_at: savedAt,
    })
    .onConflict((on) => on.columns(['network_id', 'round_id', 'author_id']).doUpdateSet(columns))
    .execute()
}

/** Serialises the changes of one author's work in one round until commit, the first one too, when there is no row to lock. */
export async function lockWork(trx: Trx, place: Place): Promise<Work | undefined> {
  const key = `work ${place.networkId} ${place.roundId} ${place.authorId}`
  await sql`select pg_advisory_xact_lock(hashtextextended(${key}, 0))`.execute(trx)
  return findWork(trx, place)
}

export type WorkListed = Readonly<{
  submissionId: SubmissionId
  authorId: PersonId
  status: 'draft' | 'submitted' | 'withdrawn'
}>

/** Every work of a round, without its text. */
export async function listWorks(trx: Db | Trx, networkId: NetworkId, roundId: RoundId): Promise<WorkListed[]> {
  const rows = await trx
    .selectFrom('submission')
    .select(['id as submissionId', 'author_id as authorId', 'status'])
    .where('network_id', '=', networkId)
    .where('round_id', '=', roundId)
    .orderBy('id')
    .execute()
  return rows as WorkListed[]
}

export async function insertUpload(
  trx: Db | Trx,
  upload: AcceptedFile & Readonly<{ networkId: NetworkId; ownerId: PersonId; storageKey: string; uploadedAt: Date }>,
): Promise<UploadId> {
  const { id } = await trx
    .insertInto('upload')
    .values({
      network_id: upload.networkId,
      owner_id: upload.ownerId,
      file_name: upload.fileName,
      media_type: upload.mediaType,
      bytes: upload.bytes,
      storage_key: upload.storageKey,
      uploaded_at: upload.uploadedAt,
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  return id as UploadId
}

/** After no work refers to it any more. */
export async function deleteUpload(trx: Db | Trx, networkId: NetworkId, uploadId: UploadId): Promise<void> {
  await trx.deleteFrom('upload').where('network_id', '=', networkId).where('id', '=', uploadId).execute()
}

export type UploadInRound = StoredFile & Readonly<{ authorId: PersonId; roundId: RoundId; isHandedIn: boolean }>

/** A file with the work it belongs to; undefined when it belongs to none, or to another network's. */
export async function findUpload(
  trx: Db | Trx,
  networkId: NetworkId,
  uploadId: UploadId,
): Promise<UploadInRound | undefined> {
  const row = await trx
    .selectFrom('upload as u')
    .innerJoin('submission as w', (on) =>
      on.onRef('w.network_id', '=', 'u.network_id').onRef('w.upload_id', '=', 'u.id'),
    )
    .select(['u.id as uploadId', 'u.file_name', 'u.media_type', 'u.bytes', 'u.storage_key'])
    .select(['w.author_id', 'w.round_id', 'w.status'])
    .where('u.network_id', '=', networkId)
    .where('u.id', '=', uploadId)
    .executeTakeFirst()
  const file = row && fileOf(row)
  return file
    ? {
        ...file,
        authorId: row.author_id as PersonId,
        roundId: row.round_id as RoundId,
        isHandedIn: row.status === 'submitted',
      }
    : undefined
}
