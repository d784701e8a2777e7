import { sql } from 'kysely'
import type {
  NetworkId,
  PersonId,
  PortfolioDraftId,
  PortfolioItemId,
  RoundId,
  SubmissionId,
  UploadId,
} from '@copractice/core/kernel'
import type { AcceptedFile, WorkLink } from '@copractice/core/review'
import type { Db, Trx } from '../database.ts'
import { isWorkOf, teamOf, type Place } from './whose-work.ts'

/** `cleaned`: the copy without its author's traces, for readers who may not know them; null where the file itself has none. */
export type StoredFile = AcceptedFile &
  Readonly<{ uploadId: UploadId; storageKey: string; cleaned: Readonly<{ storageKey: string; bytes: number }> | null }>
export type Work = Readonly<{
  submissionId: SubmissionId
  body: string
  file: StoredFile | null
  status: 'draft' | 'submitted' | 'withdrawn'
  savedAt: Date
  handedInAt: Date | null
  link: WorkLink | null
  /** The portfolio draft that the text and link are a copy of. */
  portfolio: Readonly<{ itemId: PortfolioItemId; title: string; number: number }> | null
  lateMinutes: number | null
}>

/** Somebody's work, alone or with their team. */
export async function findWork(trx: Db | Trx, { networkId, roundId, authorId }: Place): Promise<Work | undefined> {
  const row = await trx
    .selectFrom('submission as w')
    .leftJoin('upload as u', (on) => on.onRef('u.network_id', '=', 'w.network_id').onRef('u.id', '=', 'w.upload_id'))
    .leftJoin('portfolio_draft as d', (on) =>
      on.onRef('d.network_id', '=', 'w.network_id').onRef('d.id', '=', 'w.portfolio_draft_id'),
    )
    .leftJoin('portfolio_item as i', (on) =>
      on.onRef('i.network_id', '=', 'd.network_id').onRef('i.id', '=', 'd.item_id'),
    )
    .select(['w.id', 'w.body', 'w.status', 'w.saved_at', 'w.submitted_at'])
    .select(['w.link', 'w.link_kind', 'w.late_minutes', 'd.number', 'i.id as itemId', 'i.title as itemTitle'])
    .select(FILE)
    .where('w.network_id', '=', networkId)
    .where('w.round_id', '=', roundId)
    .where(isWorkOf({ networkId, roundId, authorId }, 'w'))
    .executeTakeFirst()
  return (
    row && {
      submissionId: row.id as SubmissionId,
      body: row.body,
      file: fileOf(row),
      status: row.status,
      savedAt: row.saved_at,
      handedInAt: row.submitted_at,
      link: linkOf(row),
      portfolio:
        row.itemId === null || row.itemTitle === null || row.number === null
          ? null
          : { itemId: row.itemId as PortfolioItemId, title: row.itemTitle, number: row.number },
      lateMinutes: row.late_minutes,
    }
  )
}

/** Null where the work has none. */
export const linkOf = (row: { link: string | null; link_kind: 'link' | 'video' | null }): WorkLink | null =>
  row.link === null || row.link_kind === null ? null : { url: row.link, kind: row.link_kind }

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
  uploadId: string | null
  file_name: string | null
  media_type: string | null
  bytes: number | null
  storage_key: string | null
  cleaned_key: string | null
  cleaned_bytes: number | null
}

/** Null where the left join found no upload. */
export function fileOf(row: FileColumns): StoredFile | null {
  const { uploadId, file_name: fileName, media_type: mediaType, bytes, storage_key: storageKey } = row
  const { cleaned_key: key, cleaned_bytes: size } = row
  if (uploadId === null || fileName === null || mediaType === null || bytes === null || storageKey === null) return null
  const cleaned = key === null || size === null ? null : { storageKey: key, bytes: size }
  return { uploadId: uploadId as UploadId, fileName, mediaType, bytes, storageKey, cleaned }
}

export type WorkChange = Readonly<{
  body?: string
  uploadId?: UploadId | null
  status?: 'draft' | 'submitted'
  handedInAt?: Date | null
  lateMinutes?: number | null
  link?: WorkLink | null
  portfolioDraftId?: PortfolioDraftId | null
}>

/** Makes the row with the first save. The caller has locked the work. */
export async function saveWork(trx: Trx, place: Place, change: WorkChange, savedAt: Date): Promise<void> {
  const columns = {
    body: change.body,
    upload_id: change.uploadId,
    status: change.status,
    submitted_at: change.handedInAt,
    late_minutes: change.lateMinutes,
    ...(change.link !== undefined && { link: change.link?.url ?? null, link_kind: change.link?.kind ?? null }),
    portfolio_draft_id: change.portfolioDraftId,
    saved_at: savedAt,
  }
  const changed = await trx
    .updateTable('submission')
    .set(columns)
    .where('network_id', '=', place.networkId)
    .where('round_id', '=', place.roundId)
    .where(isWorkOf(place, 'submission'))
    .returning('id')
    .executeTakeFirst()
  if (changed) return
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
      late_minutes: change.lateMinutes ?? null,
      link: change.link?.url ?? null,
      link_kind: change.link?.kind ?? null,
      portfolio_draft_id: change.portfolioDraftId ?? null,
      saved_at: savedAt,
      team_id: teamOf(place),
    })
    .execute()
}

/** Serialises the changes of one author's or one team's work in a round until commit, the first one too, when there is no row to lock. */
export async function lockWork(trx: Trx, place: Place): Promise<Work | undefined> {
  await sql`select pg_advisory_xact_lock(hashtextextended(concat('work ', ${place.networkId}::text, ' ', ${place.roundId}::text,
    ' ', coalesce(${teamOf(place)}::text, ${place.authorId}::text)), 0))`.execute(trx)
  return findWork(trx, place)
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

/** True when it was let go; false while a work, a version of one or an exemplar refers to it. */
export async function deleteUpload(trx: Db | Trx, networkId: NetworkId, uploadId: UploadId): Promise<boolean> {
  const gone = await trx
    .deleteFrom('upload as u')
    .where('u.network_id', '=', networkId)
    .where('u.id', '=', uploadId)
    .where((eb) =>
      eb.not(
        eb.or([
          eb.exists(
            eb
              .selectFrom('submission as w')
              .select('w.id')
              .where('w.network_id', '=', networkId)
              .where('w.upload_id', '=', uploadId),
          ),
          eb.exists(
            eb
              .selectFrom('submission_version as v')
              .select('v.id')
              .where('v.network_id', '=', networkId)
              .where('v.upload_id', '=', uploadId),
          ),
          eb.exists(
            eb
              .selectFrom('exemplar as e')
              .select('e.id')
              .where('e.network_id', '=', networkId)
              .where('e.upload_id', '=', uploadId),
          ),
        ]),
      ),
    )
    .returning('u.id')
    .executeTakeFirst()
  return gone !== undefined
}

/** `isFirst`: the file of the work that was reviewed, rather than of a revision. */
export type UploadInRound = StoredFile &
  Readonly<{ submissionId: SubmissionId; authorId: PersonId; roundId: RoundId; isHandedIn: boolean; isFirst: boolean }>

/** A file with the work it belongs to, as it is or in one of its versions; undefined when it belongs to none, or to another network's. */
export async function findUpload(
  trx: Db | Trx,
  networkId: NetworkId,
  uploadId: UploadId,
): Promise<UploadInRound | undefined> {
  const row = await trx
    .selectFrom('upload as u')
    .innerJoin('submission as w', (on) =>
      on
        .onRef('w.network_id', '=', 'u.network_id')
        .on((eb) =>
          eb.or([
            eb('w.upload_id', '=', eb.ref('u.id')),
            eb.exists(
              eb
                .selectFrom('submission_version as v')
                .select('v.id')
                .whereRef('v.network_id', '=', 'w.network_id')
                .whereRef('v.submission_id', '=', 'w.id')
                .whereRef('v.upload_id', '=', 'u.id'),
            ),
          ]),
        ),
    )
    .select(FILE)
    .select(['w.id as submissionId', 'w.author_id', 'w.round_id', 'w.upload_id as current', 'w.status'])
    .select((eb) =>
      eb
        .selectFrom('submission_version as v')
        .select(({ fn }) => fn.min<number>('v.number').as('number'))
        .whereRef('v.network_id', '=', 'w.network_id')
        .whereRef('v.submission_id', '=', 'w.id')
        .whereRef('v.upload_id', '=', 'u.id')
        .where('v.handed_in_at', 'is not', null)
        .as('inVersion'),
    )
    .where('u.network_id', '=', networkId)
    .where('u.id', '=', uploadId)
    .executeTakeFirst()
  const file = row && fileOf(row)
  return file
    ? {
        ...file,
        submissionId: row.submissionId as SubmissionId,
        authorId: row.author_id as PersonId,
        roundId: row.round_id as RoundId,
        isHandedIn: (row.current === uploadId && row.status === 'submitted') || row.inVersion !== null,
        isFirst: row.current === uploadId,
      }
    : undefined
}
