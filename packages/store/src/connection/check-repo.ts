import { sql } from 'kysely'
import { readCheckSteps, type ConnectionCheck } from '@copractice/core/connection'
import type { NetworkId, PlatformId } from '@copractice/core/kernel'
import type { Db, Trx } from '../database.ts'

type At = Readonly<{ networkId: NetworkId; platformId: PlatformId }>

/** A self-test cut off by the end of its process is over after this long. */
const CUT_OFF_AFTER_MS = 60_000

/** Begins a self-test, of any number at once one. False while another is under way; the last result is kept till then. */
export async function beginCheck(db: Db | Trx, { networkId, platformId }: At, now: Date): Promise<boolean> {
  const cutOff = new Date(now.getTime() - CUT_OFF_AFTER_MS)
  const { rows } = await sql`
    insert into connection_check (network_id, platform_id, started_at) values (${networkId}, ${platformId}, ${now})
    on conflict (network_id, platform_id) do update set started_at = excluded.started_at, finished_at = null
    where connection_check.finished_at is not null or connection_check.started_at < ${cutOff}
    returning 1`.execute(db)
  return rows.length > 0
}

/** Keeps what the self-test that began at `startedAt` found, unless another has begun since. */
export async function saveCheck(db: Db | Trx, { networkId, platformId }: At, check: ConnectionCheck): Promise<void> {
  await db
    .updateTable('connection_check')
    .set({ finished_at: check.finishedAt, steps: JSON.stringify(check.steps) })
    .where('network_id', '=', networkId)
    .where('platform_id', '=', platformId)
    .where('started_at', '=', check.startedAt)
    .execute()
}

/** The latest; its steps are those of the one before while it is under way. */
export async function findCheck(db: Db | Trx, { networkId, platformId }: At): Promise<ConnectionCheck | undefined> {
  const row = await db
    .selectFrom('connection_check')
    .select(['started_at', 'finished_at', 'steps'])
    .where('network_id', '=', networkId)
    .where('platform_id', '=', platformId)
    .executeTakeFirst()
  if (!row) return undefined
  return { startedAt: row.started_at, finishedAt: row.finished_at, steps: readCheckSteps(row.steps) }
}
