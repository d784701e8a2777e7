import { sql } from 'kysely'
import type { ConveningId, NetworkId } from '@copractice/core/kernel'
import type { Db, Trx } from '../database.ts'

type Convening = Readonly<{ networkId: NetworkId; conveningId: ConveningId }>

/** The key of an address's wish to be told, made when there is none; and whether it was confirmed before. */
export async function saveWish(trx: Trx, { networkId, conveningId }: Convening, email: string, now: Date) {
  return trx
    .insertInto('notify_me')
    .values({
      network_id: networkId,
      convening_id: conveningId,
      email,
      asked_at: now,
      confirmed_at: null,
      told_at: null,
    })
    .onConflict((conflict) => conflict.columns(['network_id', 'convening_id', 'email']).doUpdateSet({ asked_at: now }))
    .returning(['key', 'confirmed_at as confirmedAt'])
    .executeTakeFirstOrThrow()
}

/** False when there is no such wish. Confirming again keeps the first moment. */
export async function confirmWish(trx: Trx, { networkId, conveningId }: Convening, key: string, now: Date) {
  const row = await trx
    .updateTable('notify_me')
    .set({ confirmed_at: sql<Date>`coalesce(confirmed_at, ${now})` })
    .where('network_id', '=', networkId)
    .where('convening_id', '=', conveningId)
    .where('key', '=', key)
    .returning('email')
    .executeTakeFirst()
  return row !== undefined
}

export async function deleteWish(trx: Trx, { networkId, conveningId }: Convening, key: string): Promise<void> {
  await trx
    .deleteFrom('notify_me')
    .where('network_id', '=', networkId)
    .where('convening_id', '=', conveningId)
    .where('key', '=', key)
    .execute()
}

/** Takes everybody who confirmed and has not been told, and marks them told: whoever calls writes to them. */
export async function takeToTell(trx: Trx, { networkId, conveningId }: Convening, now: Date) {
  return trx
    .updateTable('notify_me')
    .set({ told_at: now })
    .where('network_id', '=', networkId)
    .where('convening_id', '=', conveningId)
    .where('confirmed_at', 'is not', null)
    .where('told_at', 'is', null)
    .returning(['email', 'key'])
    .execute()
}

/** How many confirmed, and how many of them were told. */
export async function countWishes(db: Db | Trx, { networkId, conveningId }: Convening) {
  return db
    .selectFrom('notify_me')
    .select([
      sql<number>`(count(*) filter (where confirmed_at is not null))::int`.as('confirmed'),
      sql<number>`(count(*) filter (where told_at is not null))::int`.as('told'),
    ])
    .where('network_id', '=', networkId)
    .where('convening_id', '=', conveningId)
    .executeTakeFirstOrThrow()
}

/**
 * For the sweep: addresses that never said yes within a week, those told a month ago, and those of a convening that ended
 * a month ago or that were given a year ago. Every network's.
 */
export async function deleteSpentWishes(db: Db, now: Date): Promise<void> {
  const daysAgo = (days: number) => new Date(now.getTime() - days * 86_400_000)
  await sql`delete from notify_me n where (n.confirmed_at is null and n.asked_at < ${daysAgo(7)})
    or n.told_at < ${daysAgo(30)} or n.asked_at < ${daysAgo(365)}
    or exists (select from convening v where v.network_id = n.network_id and v.id = n.convening_id
      and v.ends_at < ${daysAgo(30)})`.execute(db)
}
