import { sql } from 'kysely'
import type { NetworkId, PersonId, PortfolioDraftId, PortfolioItemId } from '@copractice/core/kernel'
import { PortfolioKind } from '@copractice/core/portfolio'
import type { Db, Trx } from '../database.ts'
import { pageOf, readInstantCursor, type Page } from '../directory/name-cursor.ts'
import { insertDraft } from './draft-repo.ts'

type Owner = Readonly<{ networkId: NetworkId; personId: PersonId }>
/** Items are their owner's alone: every query asks for them. */
export type ItemStored = Readonly<{ itemId: PortfolioItemId; title: string; kind: PortfolioKind }>
export type ItemListed = ItemStored &
  Readonly<{ draftId: PortfolioDraftId; number: number; words: number; savedAt: Date; handedIn: number }>

const kindOf = (kind: string): PortfolioKind => PortfolioKind.catch('other').parse(kind)

/** The one last written first. */
export async function listItems(
  trx: Db | Trx,
  { networkId, personId }: Owner,
  { after, limit }: Readonly<{ after?: string | undefined; limit: number }>,
): Promise<Page<ItemListed>> {
  const cursor = readInstantCursor(after)
  let query = trx
    .selectFrom('portfolio_item as i')
    .innerJoinLateral(
      (eb) =>
        eb
          .selectFrom('portfolio_draft as d')
          .select(['d.id as draftId', 'd.number', 'd.saved_at as savedAt'])
          .select(
            sql<number>`coalesce(array_length(regexp_split_to_array(nullif(btrim(d.body), ''), '\\s+'), 1), 0)`.as(
              'words',
            ),
          )
          .whereRef('d.network_id', '=', 'i.network_id')
          .whereRef('d.item_id', '=', 'i.id')
          .orderBy('d.number', 'desc')
          .limit(1)
          .as('latest'),
      (on) => on.onTrue(),
    )
    .select(['i.id', 'i.title', 'i.kind', 'latest.draftId', 'latest.number', 'latest.savedAt', 'latest.words'])
    .select(sql<string>`i.changed_at::text`.as('sortKey'))
    .select(
      sql<number>`(select count(*)::int from submission w join portfolio_draft d on d.network_id = w.network_id
        and d.id = w.portfolio_draft_id where d.network_id = i.network_id and d.item_id = i.id
        and w.status = 'submitted')`.as('handedIn'),
    )
    .where('i.network_id', '=', networkId)
    .where('i.owner_id', '=', personId)
    .where('i.removed_at', 'is', null)
  if (cursor) query = query.where(sql<boolean>`(i.changed_at, i.id) < (${cursor.key}::timestamptz, ${cursor.id}::uuid)`)
  const rows = await query
    .orderBy('i.changed_at', 'desc')
    .orderBy('i.id', 'desc')
    .limit(limit + 1)
    .execute()
  return pageOf(rows, limit, (row) => ({
    itemId: row.id as PortfolioItemId,
    title: row.title,
    kind: kindOf(row.kind),
    draftId: row.draftId as PortfolioDraftId,
    number: row.number,
    words: row.words,
    savedAt: row.savedAt,
    handedIn: row.handedIn,
  }))
}

export async function countItems(trx: Trx, { networkId, personId }: Owner): Promise<number> {
  const { count } = await trx
    .selectFrom('portfolio_item')
    .select(sql<number>`count(*)::int`.as('count'))
    .where('network_id', '=', networkId)
    .where('owner_id', '=', personId)
    .where('removed_at', 'is', null)
    .executeTakeFirstOrThrow()
  return count
}

/** With an empty first draft. */
export async function insertItem(
  trx: Trx,
  { networkId, personId }: Owner,
  { title, kind }: Readonly<{ title: string; kind: PortfolioKind }>,
  now: Date,
): Promise<PortfolioItemId> {
  const item = { network_id: networkId, owner_id: personId, title, kind, created_at: now, changed_at: now }
  const { id } = await trx.insertInto('portfolio_item').values(item).returning('id').executeTakeFirstOrThrow()
  const first = { number: 1, body: '', link: null, restoredFrom: null }
  await insertDraft(trx, networkId, id as PortfolioItemId, first, now)
  return id as PortfolioItemId
}

/** Undefined when it is not the owner's. */
export async function findItem(
  trx: Db | Trx,
  { networkId, personId }: Owner,
  itemId: PortfolioItemId,
): Promise<ItemStored | undefined> {
  const row = await items(trx, networkId, personId, itemId).executeTakeFirst()
  return row && { itemId, title: row.title, kind: kindOf(row.kind) }
}

/** Held until commit: drafts get their numbers one after the other. */
export async function lockItem(
  trx: Trx,
  { networkId, personId }: Owner,
  itemId: PortfolioItemId,
): Promise<ItemStored | undefined> {
  const row = await items(trx, networkId, personId, itemId).forNoKeyUpdate().executeTakeFirst()
  return row && { itemId, title: row.title, kind: kindOf(row.kind) }
}

const items = (trx: Db | Trx, networkId: NetworkId, personId: PersonId, itemId: PortfolioItemId) =>
  trx
    .selectFrom('portfolio_item')
    .select(['title', 'kind'])
    .where('network_id', '=', networkId)
    .where('owner_id', '=', personId)
    .where('id', '=', itemId)
    .where('removed_at', 'is', null)

export async function updateItem(
  trx: Trx,
  networkId: NetworkId,
  itemId: PortfolioItemId,
  change: Readonly<{
    title?: string | undefined
    kind?: PortfolioKind | undefined
    removedAt?: Date
    changedAt?: Date
  }>,
): Promise<void> {
  const columns = {
    title: change.title,
    kind: change.kind,
    removed_at: change.removedAt,
    changed_at: change.changedAt,
  }
  if (Object.values(columns).every((value) => value === undefined)) return
  await trx
    .updateTable('portfolio_item')
    .set(columns)
    .where('network_id', '=', networkId)
    .where('id', '=', itemId)
    .execute()
}
