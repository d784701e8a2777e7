import { sql } from 'kysely'
import type { NetworkId, PersonId, PortfolioDraftId, PortfolioItemId } from '@copractice/core/kernel'
import type { Db, Trx } from '../database.ts'

type Owner = Readonly<{ networkId: NetworkId; personId: PersonId }>

export type DraftStored = Readonly<{
  draftId: PortfolioDraftId
  number: number
  body: string
  link: string | null
  note: string
  restoredFrom: number | null
  startedAt: Date
  savedAt: Date
  keptAt: Date | null
}>
const DRAFT = [
  'd.id as draftId',
  'd.number',
  'd.body',
  'd.link',
  'd.note',
  'd.restored_from as restoredFrom',
  'd.started_at as startedAt',
  'd.saved_at as savedAt',
  'd.kept_at as keptAt',
] as const

/** Newest first; at most the 100 latest. */
export async function listDrafts(
  trx: Db | Trx,
  networkId: NetworkId,
  itemId: PortfolioItemId,
): Promise<(DraftStored & Readonly<{ handedInTo: string[] }>)[]> {
  const rows = await trx
    .selectFrom('portfolio_draft as d')
    .select(DRAFT)
    .select(
      sql<string[]>`coalesce((select array_agg(r.title order by w.submitted_at) from submission w
        join review_round r on r.network_id = w.network_id and r.id = w.round_id
        where w.network_id = d.network_id and w.portfolio_draft_id = d.id and w.status = 'submitted'), '{}')`.as(
        'handedInTo',
      ),
    )
    .where('d.network_id', '=', networkId)
    .where('d.item_id', '=', itemId)
    .orderBy('d.number', 'desc')
    .limit(100)
    .execute()
  return rows.map((row) => ({ ...row, draftId: row.draftId as PortfolioDraftId }))
}

export async function findLatestDraft(
  trx: Db | Trx,
  networkId: NetworkId,
  itemId: PortfolioItemId,
): Promise<DraftStored> {
  const row = await trx
    .selectFrom('portfolio_draft as d')
    .select(DRAFT)
    .where('d.network_id', '=', networkId)
    .where('d.item_id', '=', itemId)
    .orderBy('d.number', 'desc')
    .limit(1)
    .executeTakeFirstOrThrow()
  return { ...row, draftId: row.draftId as PortfolioDraftId }
}

export async function findDraft(
  trx: Db | Trx,
  networkId: NetworkId,
  itemId: PortfolioItemId,
  number: number,
): Promise<DraftStored | undefined> {
  const row = await trx
    .selectFrom('portfolio_draft as d')
    .select(DRAFT)
    .where('d.network_id', '=', networkId)
    .where('d.item_id', '=', itemId)
    .where('d.number', '=', number)
    .executeTakeFirst()
  return row && { ...row, draftId: row.draftId as PortfolioDraftId }
}

/** A draft by its id, if it is one's own. */
export async function findOwnDraft(
  trx: Db | Trx,
  { networkId, personId }: Owner,
  draftId: PortfolioDraftId,
): Promise<DraftStored | undefined> {
  const row = await trx
    .selectFrom('portfolio_draft as d')
    .innerJoin('portfolio_item as i', (on) =>
      on.onRef('i.network_id', '=', 'd.network_id').onRef('i.id', '=', 'd.item_id'),
    )
    .select(DRAFT)
    .where('d.network_id', '=', networkId)
    .where('d.id', '=', draftId)
    .where('i.owner_id', '=', personId)
    .where('i.removed_at', 'is', null)
    .forNoKeyUpdate('d')
    .executeTakeFirst()
  return row && { ...row, draftId }
}

type NewDraft = Readonly<{ number: number; body: string; link: string | null; restoredFrom: number | null }>

export async function insertDraft(
  trx: Trx,
  networkId: NetworkId,
  itemId: PortfolioItemId,
  { number, body, link, restoredFrom }: NewDraft,
  now: Date,
): Promise<void> {
  await trx
    .insertInto('portfolio_draft')
    .values({
      network_id: networkId,
      item_id: itemId,
      number,
      body,
      link,
      restored_from: restoredFrom,
      started_at: now,
      saved_at: now,
      kept_at: null,
    })
    .execute()
}

/** Of a draft that is not kept. */
export async function updateDraft(
  trx: Trx,
  networkId: NetworkId,
  draftId: PortfolioDraftId,
  { body, link }: Readonly<{ body: string; link: string | null }>,
  now: Date,
): Promise<void> {
  await trx
    .updateTable('portfolio_draft')
    .set({ body, link, saved_at: now })
    .where('network_id', '=', networkId)
    .where('id', '=', draftId)
    .where('kept_at', 'is', null)
    .returning('id')
    .executeTakeFirstOrThrow()
}

/** From now on it never changes. A draft kept before keeps the moment and, without a new one, its note. */
export async function keepDraft(
  trx: Trx,
  networkId: NetworkId,
  draftId: PortfolioDraftId,
  now: Date,
  note?: string,
): Promise<void> {
  await trx
    .updateTable('portfolio_draft')
    .set({ kept_at: sql<Date>`coalesce(kept_at, ${now})`, ...(note && { note }) })
    .where('network_id', '=', networkId)
    .where('id', '=', draftId)
    .execute()
}
