import { sql } from 'kysely'
import type { AssignmentId, NetworkId, PersonId, RoundId } from '@copractice/core/kernel'
import type { Db, Trx } from '../database.ts'
import { FILE, fileOf, type FilePlace, type StoredFile } from './file-repo.ts'

/** A file that somebody reviews. `isFirst`: of the work that was dealt, rather than of a revision handed in later. */
export type FileToReview = Readonly<{
  assignmentId: AssignmentId
  roundId: RoundId
  file: StoredFile
  place: FilePlace
  isFirst: boolean
  savedAt: Date | null
  filedAt: Date | null
  isHidden: boolean
}>

/** Every file of the works a person reviews, all rounds, once for each review: in its place in the earliest version that has it. */
export async function listFilesToReview(
  trx: Db | Trx,
  networkId: NetworkId,
  reviewerId: PersonId,
): Promise<FileToReview[]> {
  const rows = await trx
    .selectFrom('review_assignment as a')
    .innerJoin('submission as w', (on) =>
      on.onRef('w.network_id', '=', 'a.network_id').onRef('w.id', '=', 'a.submission_id'),
    )
    .leftJoin('submission_version as v', (on) =>
      on
        .onRef('v.network_id', '=', 'w.network_id')
        .onRef('v.submission_id', '=', 'w.id')
        .on('v.handed_in_at', 'is not', null),
    )
    .innerJoin('work_file as f', (on) =>
      on
        .onRef('f.network_id', '=', 'w.network_id')
        .on((eb) => eb.or([eb('f.submission_id', '=', eb.ref('w.id')), eb('f.version_id', '=', eb.ref('v.id'))])),
    )
    .innerJoin('upload as u', (on) => on.onRef('u.network_id', '=', 'f.network_id').onRef('u.id', '=', 'f.upload_id'))
    .select(['a.id as assignmentId', 'a.round_id', 'a.saved_at', 'a.filed_at', 'a.hidden_at', 'f.position'])
    .select(FILE)
    .select([
      sql<boolean>`f.submission_id is not null`.as('isFirst'),
      sql<number>`(select count(*)::int from work_file o where o.network_id = f.network_id
        and (o.submission_id = f.submission_id or o.version_id = f.version_id))`.as('of'),
    ])
    .where('a.network_id', '=', networkId)
    .where('a.reviewer_id', '=', reviewerId)
    .where('a.withdrawn_at', 'is', null)
    .distinctOn(['a.id', 'u.id'])
    .orderBy('a.id')
    .orderBy('u.id')
    .orderBy(sql`f.submission_id is null`)
    .orderBy('v.number')
    .execute()
  return rows.map((row) => ({
    assignmentId: row.assignmentId as AssignmentId,
    roundId: row.round_id as RoundId,
    file: fileOf(row),
    place: { number: row.position, of: row.of },
    isFirst: row.isFirst,
    savedAt: row.saved_at,
    filedAt: row.filed_at,
    isHidden: row.hidden_at !== null,
  }))
}
