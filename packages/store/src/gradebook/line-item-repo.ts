import { sql } from 'kysely'
import type { NetworkId } from '@copractice/core/kernel'
import type { Db } from '../database.ts'

type Item = Readonly<{ networkId: NetworkId; lineItemId: string }>

/** The URL that another worker may have saved since, or the right to make the column; neither: somebody is making it. */
export async function claimLineItem(
  db: Db,
  { networkId, lineItemId }: Item,
  { now, until }: Readonly<{ now: Date; until: Date }>,
): Promise<{ url: string } | 'ours' | 'taken'> {
  const won = await db
    .updateTable('line_item')
    .set({ claimed_until: until })
    .where('network_id', '=', networkId)
    .where('id', '=', lineItemId)
    .where('url', 'is', null)
    .where(sql<boolean>`(claimed_until is null or claimed_until <= ${now})`)
    .returning('id')
    .executeTakeFirst()
  if (won) return 'ours'
  const { url } = await db
    .selectFrom('line_item')
    .select('url')
    .where('network_id', '=', networkId)
    .where('id', '=', lineItemId)
    .executeTakeFirstOrThrow()
  return url === null ? 'taken' : { url }
}

/**
 * Ends the claim that was made until then, with the column's URL or without one, for it could not be made. False, and
 * nothing written, when another worker has taken over, or the URL has become known otherwise.
 */
export async function saveLineItemUrl(
  db: Db,
  { networkId, lineItemId }: Item,
  { url, claimedUntil }: Readonly<{ url: string | null; claimedUntil: Date }>,
): Promise<boolean> {
  const row = await db
    .updateTable('line_item')
    .set({ url, claimed_until: null })
    .where('network_id', '=', networkId)
    .where('id', '=', lineItemId)
    .where('claimed_until', '=', claimedUntil)
    .where('url', 'is', null)
    .returning('id')
    .executeTakeFirst()
  return row !== undefined
}

/** The LMS has no column at this URL any more. One that is known by now in its place stays. */
export async function forgetLineItemUrl(db: Db, { networkId, lineItemId }: Item, url: string): Promise<void> {
  await db
    .updateTable('line_item')
    .set({ url: null })
    .where('network_id', '=', networkId)
    .where('id', '=', lineItemId)
    .where('url', '=', url)
    .execute()
}
