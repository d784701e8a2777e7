import { sql } from 'kysely'
import type { PortfolioDraftId, PortfolioItemId, SubmissionId, UploadId } from '@copractice/core/kernel'
import type { WorkLink } from '@copractice/core/review'
import type { Db, Trx } from '../database.ts'
import { listFilesOf, setFiles, type StoredFile } from './file-repo.ts'
import { isWorkOf, teamOf, type Place } from './whose-work.ts'

export type Work = Readonly<{
  submissionId: SubmissionId
  body: string
  files: readonly StoredFile[]
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
    .leftJoin('portfolio_draft as d', (on) =>
      on.onRef('d.network_id', '=', 'w.network_id').onRef('d.id', '=', 'w.portfolio_draft_id'),
    )
    .leftJoin('portfolio_item as i', (on) =>
      on.onRef('i.network_id', '=', 'd.network_id').onRef('i.id', '=', 'd.item_id'),
    )
    .select(['w.id', 'w.body', 'w.status', 'w.saved_at', 'w.submitted_at'])
    .select(['w.link', 'w.link_kind', 'w.late_minutes', 'd.number', 'i.id as itemId', 'i.title as itemTitle'])
    .where('w.network_id', '=', networkId)
    .where('w.round_id', '=', roundId)
    .where(isWorkOf({ networkId, roundId, authorId }, 'w'))
    .executeTakeFirst()
  return (
    row && {
      submissionId: row.id as SubmissionId,
      body: row.body,
      files: (await listFilesOf(trx, networkId, 'submission', [row.id])).get(row.id) ?? [],
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

export type WorkChange = Readonly<{
  body?: string
  /** All of them, in their order. */
  fileIds?: readonly UploadId[]
  status?: 'draft' | 'submitted'
  handedInAt?: Date | null
  lateMinutes?: number | null
  link?: WorkLink | null
  portfolioDraftId?: PortfolioDraftId | null
}>

/** Makes the row with the first save. The caller has locked the work. */
export async function saveWork(trx: Trx, place: Place, change: WorkChange, savedAt: Date): Promise<void> {
  const id = (await updateWork(trx, place, change, savedAt)) ?? (await insertWork(trx, place, change, savedAt))
  if (change.fileIds) await setFiles(trx, place.networkId, 'submission', id, change.fileIds)
}

async function updateWork(trx: Trx, place: Place, change: WorkChange, savedAt: Date): Promise<string | undefined> {
  const changed = await trx
    .updateTable('submission')
    .set({
      body: change.body,
      status: change.status,
      submitted_at: change.handedInAt,
      late_minutes: change.lateMinutes,
      ...(change.link !== undefined && { link: change.link?.url ?? null, link_kind: change.link?.kind ?? null }),
      portfolio_draft_id: change.portfolioDraftId,
      saved_at: savedAt,
    })
    .where('network_id', '=', place.networkId)
    .where('round_id', '=', place.roundId)
    .where(isWorkOf(place, 'submission'))
    .returning('id')
    .executeTakeFirst()
  return changed?.id
}

async function insertWork(trx: Trx, place: Place, change: WorkChange, savedAt: Date): Promise<string> {
  const { id } = await trx
    .insertInto('submission')
    .values({
      network_id: place.networkId,
      round_id: place.roundId,
      author_id: place.authorId,
      body: change.body ?? '',
      status: change.status ?? 'draft',
      submitted_at: change.handedInAt ?? null,
      late_minutes: change.lateMinutes ?? null,
      link: change.link?.url ?? null,
      link_kind: change.link?.kind ?? null,
      portfolio_draft_id: change.portfolioDraftId ?? null,
      saved_at: savedAt,
      team_id: teamOf(place),
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  return id
}

/** Serialises the changes of one author's or one team's work in a round until commit, the first one too, when there is no row to lock. */
export async function lockWork(trx: Trx, place: Place): Promise<Work | undefined> {
  await sql`select pg_advisory_xact_lock(hashtextextended(concat('work ', ${place.networkId}::text, ' ', ${place.roundId}::text,
    ' ', coalesce(${teamOf(place)}::text, ${place.authorId}::text)), 0))`.execute(trx)
  return findWork(trx, place)
}
