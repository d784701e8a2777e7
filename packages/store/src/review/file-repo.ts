import { sql } from 'kysely'
import type { ExemplarId, NetworkId, PersonId, RoundId, SubmissionId, UploadId } from '@copractice/core/kernel'
import type { AcceptedFile } from '@copractice/core/review'
import type { Db, Trx } from '../database.ts'

/** `cleaned`: the copy without its author's traces, for readers who may not know them; null where the file itself has none. No bytes: to be made anew. */
export type StoredFile = AcceptedFile &
  Readonly<{ uploadId: UploadId; storageKey: string; cleaned: Readonly<{ storageKey: string; bytes: number }> | null }>

/** A file's columns, of an upload joined as `u`. */
export const FILE = [
  'u.id as uploadId',
  'u.file_name',
  'u.media_type',
  'u.bytes',
  'u.storage_key',
  'u.cleaned_key',
  'u.cleaned_bytes',
] as const

type FileColumns = {
  uploadId: string
  file_name: string
  media_type: string
  bytes: number
  storage_key: string
  cleaned_key: string | null
  cleaned_bytes: number | null
}

export const fileOf = (row: FileColumns): StoredFile => ({
  uploadId: row.uploadId as UploadId,
  fileName: row.file_name,
  mediaType: row.media_type,
  bytes: row.bytes,
  storageKey: row.storage_key,
  cleaned:
    row.cleaned_key === null || row.cleaned_bytes === null
      ? null
      : { storageKey: row.cleaned_key, bytes: row.cleaned_bytes },
})

/** What has files: a work as it is, a version of one, an exemplar. */
export type FileHolder = 'submission' | 'version' | 'exemplar'
/** By the id of what has them, in their order. Those without are not in it. */
export type FilesOf = ReadonlyMap<string, readonly StoredFile[]>

export async function listFilesOf(
  trx: Db | Trx,
  networkId: NetworkId,
  holder: FileHolder,
  ids: readonly string[],
): Promise<FilesOf> {
  if (ids.length === 0) return new Map()
  const column = `f.${holder}_id` as const
  const rows = await trx
    .selectFrom('work_file as f')
    .innerJoin('upload as u', (on) => on.onRef('u.network_id', '=', 'f.network_id').onRef('u.id', '=', 'f.upload_id'))
    .select(FILE)
    .select(`${column} as holderId`)
    .where('f.network_id', '=', networkId)
    .where(column, 'in', [...ids])
    .orderBy('f.position')
    .orderBy('f.id')
    .execute()
  const grouped = Map.groupBy(rows, ({ holderId }) => holderId!)
  return new Map([...grouped].map(([id, files]) => [id, files.map(fileOf)]))
}

/** Makes these its files, in this order, and no others. The caller holds what has them. */
export async function setFiles(
  trx: Trx,
  networkId: NetworkId,
  holder: FileHolder,
  id: string,
  fileIds: readonly UploadId[],
): Promise<void> {
  const column = sql.ref(`${holder}_id`)
  await sql`delete from work_file where network_id = ${networkId} and ${column} = ${id}`.execute(trx)
  if (fileIds.length === 0) return
  await sql`insert into work_file (network_id, upload_id, ${column}, position)
    select ${networkId}::uuid, f.id, ${id}::uuid, f.position
    from unnest(${[...fileIds]}::uuid[]) with ordinality as f(id, position)`.execute(trx)
}

export async function insertUpload(
  trx: Db | Trx,
  upload: Omit<StoredFile, 'uploadId' | 'cleaned'> &
    Readonly<{
      cleaned?: StoredFile['cleaned']
      networkId: NetworkId
      ownerId: PersonId
      uploadedAt: Date
    }>,
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
      cleaned_key: upload.cleaned?.storageKey ?? null,
      cleaned_bytes: upload.cleaned?.bytes ?? null,
      uploaded_at: upload.uploadedAt,
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  return id as UploadId
}

export async function saveCleaned(
  trx: Db | Trx,
  networkId: NetworkId,
  uploadId: UploadId,
  cleaned: NonNullable<StoredFile['cleaned']>,
): Promise<void> {
  await trx
    .updateTable('upload')
    .set({ cleaned_key: cleaned.storageKey, cleaned_bytes: cleaned.bytes })
    .where('network_id', '=', networkId)
    .where('id', '=', uploadId)
    .execute()
}

/** True when it was let go; false while a work, a version of one or an exemplar has it. */
export async function deleteUpload(trx: Db | Trx, networkId: NetworkId, uploadId: UploadId): Promise<boolean> {
  const gone = await trx
    .deleteFrom('upload as u')
    .where('u.network_id', '=', networkId)
    .where('u.id', '=', uploadId)
    .where((eb) =>
      eb.not(
        eb.exists(
          eb
            .selectFrom('work_file as f')
            .select('f.id')
            .where('f.network_id', '=', networkId)
            .where('f.upload_id', '=', uploadId),
        ),
      ),
    )
    .returning('u.id')
    .executeTakeFirst()
  return gone !== undefined
}

export type UploadInRound = StoredFile &
  Readonly<{ submissionId: SubmissionId; authorId: PersonId; roundId: RoundId; isHandedIn: boolean }>

/** A file with the work it belongs to, as it is or in one of its versions; undefined when it belongs to none, or to another network's. */
export async function findUpload(
  trx: Db | Trx,
  networkId: NetworkId,
  uploadId: UploadId,
): Promise<UploadInRound | undefined> {
  const row = await trx
    .selectFrom('upload as u')
    .innerJoin('work_file as f', (on) =>
      on.onRef('f.network_id', '=', 'u.network_id').onRef('f.upload_id', '=', 'u.id'),
    )
    .leftJoin('submission_version as v', (on) =>
      on.onRef('v.network_id', '=', 'f.network_id').onRef('v.id', '=', 'f.version_id'),
    )
    .innerJoin('submission as w', (on) =>
      on
        .onRef('w.network_id', '=', 'u.network_id')
        .on((eb) => eb('w.id', '=', eb.fn.coalesce('f.submission_id', 'v.submission_id'))),
    )
    .select(FILE)
    .select(['w.id as submissionId', 'w.author_id', 'w.round_id'])
    .select(
      sql<boolean>`bool_or(v.handed_in_at is not null or (f.submission_id is not null and w.status = 'submitted'))`.as(
        'isHandedIn',
      ),
    )
    .where('u.network_id', '=', networkId)
    .where('u.id', '=', uploadId)
    .groupBy(['u.network_id', 'u.id', 'w.id', 'w.author_id', 'w.round_id'])
    .executeTakeFirst()
  return (
    row && {
      ...fileOf(row),
      submissionId: row.submissionId as SubmissionId,
      authorId: row.author_id as PersonId,
      roundId: row.round_id as RoundId,
      isHandedIn: row.isHandedIn,
    }
  )
}

/** An exemplar's file, with its place among them. */
export async function findExemplarUpload(
  trx: Db | Trx,
  networkId: NetworkId,
  uploadId: UploadId,
): Promise<(StoredFile & Readonly<{ exemplarId: ExemplarId; roundId: RoundId; place: FilePlace }>) | undefined> {
  const row = await trx
    .selectFrom('work_file as f')
    .innerJoin('exemplar as e', (on) =>
      on.onRef('e.network_id', '=', 'f.network_id').onRef('e.id', '=', 'f.exemplar_id'),
    )
    .select(['e.id', 'e.round_id'])
    .where('f.network_id', '=', networkId)
    .where('f.upload_id', '=', uploadId)
    .executeTakeFirst()
  const files = row && (await listFilesOf(trx, networkId, 'exemplar', [row.id])).get(row.id)
  const at = files?.findIndex((file) => file.uploadId === uploadId) ?? -1
  if (!row || !files || at < 0) return undefined
  const place = { number: at + 1, of: files.length }
  return { ...files[at]!, exemplarId: row.id as ExemplarId, roundId: row.round_id as RoundId, place }
}

/** The `number`th `of` all. */
export type FilePlace = Readonly<{ number: number; of: number }>
