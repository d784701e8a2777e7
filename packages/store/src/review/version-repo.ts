import { sql } from 'kysely'
import type { NetworkId, RoundId, SubmissionId, UploadId } from '@copractice/core/kernel'
import type { Db, Trx } from '../database.ts'
import { listFilesOf, setFiles, type StoredFile } from './file-repo.ts'

/** A version of a work; `handedInAt` null is the revision being written. */
export type Version = Readonly<{
  number: number
  body: string
  files: readonly StoredFile[]
  link: string | null
  changeNote: string
  savedAt: Date
  handedInAt: Date | null
}>
type Place = Readonly<{ submissionId: SubmissionId; roundId: RoundId }>

/** All versions of these works, oldest first. */
export async function listVersions(
  trx: Db | Trx,
  networkId: NetworkId,
  submissionIds: readonly SubmissionId[],
): Promise<Map<SubmissionId, Version[]>> {
  if (submissionIds.length === 0) return new Map()
  const rows = await trx
    .selectFrom('submission_version as v')
    .select([
      'v.id',
      'v.submission_id',
      'v.number',
      'v.body',
      'v.link',
      'v.change_note',
      'v.saved_at',
      'v.handed_in_at',
    ])
    .where('v.network_id', '=', networkId)
    .where('v.submission_id', 'in', [...submissionIds])
    .orderBy('v.number')
    .execute()
  const ids = rows.map(({ id }) => id)
  const files = await listFilesOf(trx, networkId, 'version', ids)
  return new Map(
    [...Map.groupBy(rows, ({ submission_id }) => submission_id as SubmissionId)].map(([id, ofWork]) => [
      id,
      ofWork.map((row) => ({
        number: row.number,
        body: row.body,
        files: files.get(row.id) ?? [],
        link: row.link,
        changeNote: row.change_note,
        savedAt: row.saved_at,
        handedInAt: row.handed_in_at,
      })),
    ]),
  )
}

/** Pins what is handed in now as version 1, which is what reviewers get. Taken from the work as it is stored. */
export async function pinFirstVersion(trx: Trx, networkId: NetworkId, submissionId: SubmissionId): Promise<void> {
  const { rows } = await sql<{ id: string }>`insert into submission_version
      (network_id, submission_id, round_id, number, body, link, saved_at, handed_in_at)
    select network_id, id, round_id, 1, body, link, saved_at, submitted_at from submission
    where network_id = ${networkId} and id = ${submissionId} and submitted_at is not null
    on conflict (network_id, submission_id, number) do update set body = excluded.body, link = excluded.link,
      saved_at = excluded.saved_at, handed_in_at = excluded.handed_in_at
    returning id`.execute(trx)
  const files = (await listFilesOf(trx, networkId, 'submission', [submissionId])).get(submissionId) ?? []
  const ids = files.map(({ uploadId }) => uploadId)
  for (const { id } of rows) await setFiles(trx, networkId, 'version', id, ids)
}

/** When work is taken back before anybody reviewed it. */
export async function unpinFirstVersion(trx: Trx, networkId: NetworkId, submissionId: SubmissionId): Promise<void> {
  await trx
    .deleteFrom('submission_version')
    .where('network_id', '=', networkId)
    .where('submission_id', '=', submissionId)
    .execute()
}

export type RevisionChange = Readonly<{
  body: string
  fileIds: readonly UploadId[]
  link: string | null
  changeNote: string
}>

/** Writes the revision that is being written: a new version on top of the latest, or the one begun. */
export async function saveRevisionWritten(
  trx: Trx,
  networkId: NetworkId,
  { submissionId, roundId }: Place,
  number: number,
  { body, fileIds, link, changeNote }: RevisionChange,
  savedAt: Date,
): Promise<void> {
  const columns = { body, link, change_note: changeNote, saved_at: savedAt }
  const { id } = await trx
    .insertInto('submission_version')
    .values({
      network_id: networkId,
      submission_id: submissionId,
      round_id: roundId,
      number,
      handed_in_at: null,
      ...columns,
    })
    .onConflict((on) => on.columns(['network_id', 'submission_id', 'number']).doUpdateSet(columns))
    .returning('id')
    .executeTakeFirstOrThrow()
  await setFiles(trx, networkId, 'version', id, fileIds)
}

export async function handInVersion(
  trx: Trx,
  networkId: NetworkId,
  submissionId: SubmissionId,
  number: number,
  handedInAt: Date,
): Promise<void> {
  await trx
    .updateTable('submission_version')
    .set({ handed_in_at: handedInAt })
    .where('network_id', '=', networkId)
    .where('submission_id', '=', submissionId)
    .where('number', '=', number)
    .returning('id')
    .executeTakeFirstOrThrow()
}
