import type { Actor } from '@copractice/core/directory'
import { ok, refuse, type PortfolioItemId, type Refusal, type Result } from '@copractice/core/kernel'
import {
  DRAFTS_AT_MOST,
  ITEMS_AT_MOST,
  saveDraft as decideSave,
  saysTheSame,
  type PortfolioFull,
  type PortfolioItem,
  type PortfolioItemDetail,
  type PortfolioKind,
  type SaveDraftRefusal,
} from '@copractice/core/portfolio'
import type { Db, Trx } from '@copractice/store/database'
import {
  countItems,
  findDraft,
  findItem,
  findLatestDraft,
  insertDraft,
  insertItem,
  keepDraft as storeKept,
  listDrafts,
  listItems,
  lockItem,
  updateDraft,
  updateItem,
  type ItemStored,
} from '@copractice/store/portfolio'

export type NotFound = Refusal<'portfolio.not_found', Readonly<Record<string, never>>>
type Empty = Refusal<'portfolio.empty', Readonly<Record<string, never>>>
const notFound = () => refuse('portfolio.not_found', {})

/** The actor's own items. */
export function listPortfolio(
  db: Db,
  actor: Actor,
  paging: Readonly<{ after?: string | undefined; limit: number }>,
): Promise<{ items: PortfolioItem[]; next: string | null }> {
  return listItems(db, actor, paging)
}

export async function showPortfolioItem(
  db: Db | Trx,
  actor: Actor,
  itemId: PortfolioItemId,
): Promise<Result<PortfolioItemDetail, NotFound>> {
  const item = await findItem(db, actor, itemId)
  return item ? ok({ ...item, drafts: await listDrafts(db, actor.networkId, itemId) }) : notFound()
}

export function createPortfolioItem(
  db: Db,
  actor: Actor,
  given: Readonly<{ title: string; kind: PortfolioKind }>,
  now: Date,
): Promise<Result<PortfolioItemDetail, PortfolioFull>> {
  return db.transaction().execute(async (trx): Promise<Result<PortfolioItemDetail, PortfolioFull>> => {
    if ((await countItems(trx, actor)) >= ITEMS_AT_MOST) return refuse('portfolio.full', { most: ITEMS_AT_MOST })
    const itemId = await insertItem(trx, actor, given, now)
    return ok({ itemId, ...given, drafts: await listDrafts(trx, actor.networkId, itemId) })
  })
}

/** Load and hold, decide, save. */
function changing<T, R extends Refusal>(
  db: Db,
  actor: Actor,
  itemId: PortfolioItemId,
  change: (trx: Trx, item: ItemStored) => Promise<Result<T, R>>,
): Promise<Result<T, R | NotFound>> {
  return db.transaction().execute(async (trx): Promise<Result<T, R | NotFound>> => {
    const item = await lockItem(trx, actor, itemId)
    return item ? change(trx, item) : notFound()
  })
}

type Change = Readonly<{ itemId: PortfolioItemId; title?: string | undefined; kind?: PortfolioKind | undefined }>

export function changePortfolioItem(db: Db, actor: Actor, { itemId, ...change }: Change) {
  return changing<PortfolioItemDetail, NotFound>(db, actor, itemId, async (trx) => {
    await updateItem(trx, actor.networkId, itemId, change)
    return showPortfolioItem(trx, actor, itemId)
  })
}

type Draft = Readonly<{ itemId: PortfolioItemId; body: string; link: string | null; basedOn: Date }>

/** Autosave: into the newest draft, or the next one where that is kept or of another sitting. */
export function savePortfolioDraft(db: Db, actor: Actor, { itemId, ...given }: Draft, now: Date) {
  type Saved = { savedAt: Date; number: number; isNew: boolean }
  const { networkId } = actor
  return changing<Saved, SaveDraftRefusal>(db, actor, itemId, async (trx) => {
    const latest = await findLatestDraft(trx, networkId, itemId)
    const decided = decideSave(latest, given, now)
    if (!decided.ok) return decided
    const { number, savedAt } = latest
    if (decided.value.into === 'nowhere') return ok({ savedAt, number, isNew: false })
    const isNew = decided.value.into === 'next'
    if (isNew) {
      await storeKept(trx, networkId, latest.draftId, now)
      await insertDraft(trx, networkId, itemId, { ...given, number: number + 1, restoredFrom: null }, now)
    } else {
      await updateDraft(trx, networkId, latest.draftId, given, now)
    }
    await updateItem(trx, networkId, itemId, { changedAt: now })
    return ok({ savedAt: now, number: isNew ? number + 1 : number, isNew })
  })
}

export function keepPortfolioDraft(
  db: Db,
  actor: Actor,
  { itemId, note }: Readonly<{ itemId: PortfolioItemId; note: string }>,
  now: Date,
) {
  return changing<PortfolioItemDetail, NotFound | Empty>(db, actor, itemId, async (trx) => {
    const latest = await findLatestDraft(trx, actor.networkId, itemId)
    if (latest.body.trim() === '' && latest.link === null) return refuse('portfolio.empty', {})
    await storeKept(trx, actor.networkId, latest.draftId, now, note)
    return showPortfolioItem(trx, actor, itemId)
  })
}

/** An older draft's words become the newest draft; what was newest is kept. */
export function restorePortfolioDraft(
  db: Db,
  actor: Actor,
  { itemId, number }: Readonly<{ itemId: PortfolioItemId; number: number }>,
  now: Date,
) {
  const { networkId } = actor
  return changing<PortfolioItemDetail, NotFound | PortfolioFull>(db, actor, itemId, async (trx) => {
    const old = await findDraft(trx, networkId, itemId, number)
    if (!old) return notFound()
    const latest = await findLatestDraft(trx, networkId, itemId)
    if (saysTheSame(old, latest)) return showPortfolioItem(trx, actor, itemId)
    if (latest.number >= DRAFTS_AT_MOST) return refuse('portfolio.full', { most: DRAFTS_AT_MOST })
    await storeKept(trx, networkId, latest.draftId, now)
    const { body, link } = old
    await insertDraft(trx, networkId, itemId, { number: latest.number + 1, body, link, restoredFrom: number }, now)
    await updateItem(trx, networkId, itemId, { changedAt: now })
    return showPortfolioItem(trx, actor, itemId)
  })
}

export function removePortfolioItem(db: Db, actor: Actor, itemId: PortfolioItemId, now: Date) {
  return changing<{ removed: true }, NotFound>(db, actor, itemId, async (trx) => {
    await updateItem(trx, actor.networkId, itemId, { removedAt: now })
    return ok({ removed: true as const })
  })
}
