import { sql } from 'kysely'
import { FAILURES_TO_OPEN } from '@copractice/core/gradebook'
import type { CourseId, NetworkId, PlatformId } from '@copractice/core/kernel'
import type { Db, Trx } from '../database.ts'

type Platform = Readonly<{ networkId: NetworkId; platformId: PlatformId }>

const circuit = (db: Db | Trx, { networkId, platformId }: Platform) =>
  db.updateTable('lti_circuit').where('network_id', '=', networkId).where('platform_id', '=', platformId)

/**
 * Whether scores may go to an LMS now. `probe`: it was given a rest and this worker alone, until `until`, finds out
 * whether it is well again. `open`: it rests, or another worker is finding out.
 */
export async function enterCircuit(
  db: Db,
  platform: Platform,
  { now, until }: Readonly<{ now: Date; until: Date }>,
): Promise<Readonly<{ kind: 'closed'; failures: number }> | Readonly<{ kind: 'probe' | 'open' }>> {
  const row = await db
    .selectFrom('lti_circuit')
    .select(['failures', 'opened_at'])
    .where('network_id', '=', platform.networkId)
    .where('platform_id', '=', platform.platformId)
    .executeTakeFirst()
  if (!row?.opened_at) return { kind: 'closed', failures: row?.failures ?? 0 }
  const won = await circuit(db, platform)
    .set({ open_until: until })
    .where('opened_at', 'is not', null)
    .where('open_until', '<=', now)
    .returning('platform_id')
    .executeTakeFirst()
  return { kind: won ? 'probe' : 'open' }
}

/**
 * One more failure in a row; answers how many. From where an LMS is given a rest only the one that finds out whether it is
 * well again (`isProbe`) counts on: what else was under way fails for the same reason, and says nothing new.
 */
export async function countFailure(
  db: Db,
  { networkId, platformId }: Platform,
  { isProbe }: Readonly<{ isProbe: boolean }>,
): Promise<number> {
  const { failures } = await db
    .insertInto('lti_circuit')
    .values({ network_id: networkId, platform_id: platformId, failures: 1, opened_at: null, open_until: null })
    .onConflict((on) =>
      on.columns(['network_id', 'platform_id']).doUpdateSet({
        failures: sql`lti_circuit.failures
          + case when ${isProbe} or lti_circuit.failures < ${FAILURES_TO_OPEN} then 1 else 0 end`,
      }),
    )
    .returning('failures')
    .executeTakeFirstOrThrow()
  return failures
}

/** No scores to this LMS before `until`, or longer where it asked for longer before. */
export async function openCircuit(
  db: Db,
  platform: Platform,
  { now, until }: Readonly<{ now: Date; until: Date }>,
): Promise<void> {
  await circuit(db, platform)
    .set({ opened_at: sql`coalesce(opened_at, ${now})`, open_until: sql`greatest(open_until, ${until})` })
    .execute()
}

/** The LMS answers, or what kept scores from it has been settled. */
export async function closeCircuit(db: Db | Trx, platform: Platform): Promise<void> {
  await circuit(db, platform).set({ failures: 0, opened_at: null, open_until: null }).execute()
}

/** Until when the LMSs of these courses rest; courses of the others are not in it. */
export async function listPauses(
  trx: Db | Trx,
  networkId: NetworkId,
  courseIds: readonly CourseId[],
): Promise<Map<CourseId, Date>> {
  if (courseIds.length === 0) return new Map()
  const rows = await trx
    .selectFrom('course as c')
    .innerJoin('lti_circuit as k', (on) =>
      on.onRef('k.network_id', '=', 'c.network_id').onRef('k.platform_id', '=', 'c.platform_id'),
    )
    .select(['c.id', 'k.open_until'])
    .where('c.network_id', '=', networkId)
    .where('c.id', 'in', [...courseIds])
    .where('k.opened_at', 'is not', null)
    .execute()
  return new Map(rows.flatMap(({ id, open_until }) => (open_until ? [[id as CourseId, open_until]] : [])))
}
