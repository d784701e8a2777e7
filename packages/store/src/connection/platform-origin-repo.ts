import { sql } from 'kysely'
import type { NetworkId, PlatformId } from '@copractice/core/kernel'
import type { Db, Trx } from '../database.ts'
import type { ConnectionStatus } from './table.ts'

type At = Readonly<{ networkId: NetworkId; platformId: PlatformId }>

/** A school has one or two names; an LMS that names ever more fills no header with them. */
const MOST = 20

/** Keeps origins that a validated message of this LMS named, up to twenty for each LMS. */
export async function savePlatformOrigins(
  db: Db | Trx,
  { networkId, platformId }: At,
  origins: readonly string[],
): Promise<void> {
  if (!origins.length) return
  await sql`
    insert into lti_platform_origin (network_id, platform_id, origin)
    select ${networkId}, ${platformId}, origin from unnest(${[...origins]}::text[]) as origin
    where (select count(*) from lti_platform_origin
      where network_id = ${networkId} and platform_id = ${platformId}) < ${MOST}
    on conflict do nothing`.execute(db)
}

export async function listPlatformOrigins(db: Db | Trx, { networkId, platformId }: At): Promise<readonly string[]> {
  const rows = await db
    .selectFrom('lti_platform_origin')
    .select('origin')
    .where('network_id', '=', networkId)
    .where('platform_id', '=', platformId)
    .orderBy('first_seen_at')
    .orderBy('origin')
    .limit(MOST)
    .execute()
  return rows.map(({ origin }) => origin)
}

export type FramingPlatform = Readonly<{
  platformId: PlatformId
  status: ConnectionStatus
  /** The issuer's first, then where its messages have said that its pages are. */
  addresses: readonly string[]
}>

/** Where each platform's pages are that may show ours in a frame, the latest launch first. Across networks: one server serves them all. */
export async function listFramingPlatforms(db: Db | Trx): Promise<readonly FramingPlatform[]> {
  const { rows } = await sql<FramingPlatform>`
    select p.id as "platformId", p.status, array[p.issuer, p.authorization_endpoint] || array(
      select o.origin from lti_platform_origin o where o.network_id = p.network_id and o.platform_id = p.id
      order by o.first_seen_at, o.origin) as addresses
    from lti_platform p order by p.last_launch_at desc nulls last, p.issuer, p.id`.execute(db)
  return rows
}
