import { sql } from 'kysely'
import { jsonArrayFrom } from 'kysely/helpers/postgres'
import type { Actor, Grant } from '@copractice/core/directory'
import type { NetworkId, PersonId, RegionId } from '@copractice/core/kernel'
import type { Db, Trx } from '../database.ts'
import { writesProposal } from './writes-proposal.ts'

/** Someone who signed in by e-mail, in one of the networks where a grant of theirs holds or a proposal is theirs. */
export type Administrator = Readonly<{
  actor: Actor
  name: string | null
  network: Readonly<{ id: NetworkId; name: string; timeZone: string }>
}>

/**
 * The networks where the holder of this address has a grant or writes a proposal, by name. The address is that of an e-mail identity: an
 * address an LMS told us proves nothing.
 */
export async function administratorsByEmail(db: Db | Trx, email: string): Promise<Administrator[]> {
  const rows = await db
    .selectFrom('identity as d')
    .innerJoin('person as p', (on) => on.onRef('p.network_id', '=', 'd.network_id').onRef('p.id', '=', 'd.person_id'))
    .innerJoin('network as n', 'n.id', 'd.network_id')
    .select(['p.id as personId', 'p.name', 'n.id as networkId', 'n.name as network', 'n.time_zone as timeZone'])
    .select((eb) =>
      jsonArrayFrom(
        eb
          .selectFrom('role_grant as g')
          .select(['g.role', 'g.region_id as regionId', 'g.institution_id as institutionId'])
          .whereRef('g.network_id', '=', 'd.network_id')
          .whereRef('g.person_id', '=', 'd.person_id'),
      ).as('grants'),
    )
    .where('d.kind', '=', 'email')
    .where('d.subject', '=', email.toLowerCase())
    .where(
      sql<boolean>`(exists (select 1 from role_grant x where x.network_id = d.network_id and x.person_id = d.person_id)
        or ${writesProposal('d')})`,
    )
    .orderBy('n.name')
    .execute()
  return rows.map((row) => ({
    actor: {
      networkId: row.networkId as NetworkId,
      personId: row.personId as PersonId,
      grants: row.grants as unknown as Grant[],
      seats: [],
      courses: [],
    },
    name: row.name,
    network: { id: row.networkId as NetworkId, name: row.network, timeZone: row.timeZone },
  }))
}

/** The regions of a network by name; a coordinator's own when `only` names them. */
export async function listRegions(
  db: Db | Trx,
  networkId: NetworkId,
  only: 'all' | readonly RegionId[],
): Promise<{ id: RegionId; name: string }[]> {
  let query = db.selectFrom('region').select(['id', 'name']).where('network_id', '=', networkId)
  if (only !== 'all') query = query.where(sql<boolean>`id = any (${[...only]}::uuid[])`)
  return (await query.orderBy('name').execute()) as { id: RegionId; name: string }[]
}
