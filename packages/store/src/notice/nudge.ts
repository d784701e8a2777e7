import { sql } from 'kysely'
import type { Db, Trx } from '../database.ts'

/** The outboxes a worker empties; rosters are read and placements solved on demand in the same way. */
export type Outbox = 'mail' | 'scores' | 'rosters' | 'placements'

export const OUTBOX_CHANNEL = 'copractice_outbox'

/**
 * Wakes the workers when the transaction commits: Postgres delivers a notification then and not before. One that nobody
 * hears is no loss, because workers also look by themselves every minute.
 */
export async function nudge(trx: Db | Trx, outbox: Outbox): Promise<void> {
  await sql`select pg_notify(${OUTBOX_CHANNEL}, ${outbox})`.execute(trx)
}
