import { Wishes } from '@copractice/core/convening'
import type { ConveningId, InstitutionId, NetworkId, RegistrationId } from '@copractice/core/kernel'
import type { Db, Trx } from '../database.ts'

type Convening = Readonly<{ networkId: NetworkId; conveningId: ConveningId }>

const holders = (db: Db | Trx, { networkId, conveningId }: Convening) =>
  db
    .selectFrom('registration as g')
    .innerJoin('person as p', (on) => on.onRef('p.network_id', '=', 'g.network_id').onRef('p.id', '=', 'g.person_id'))
    .innerJoin('institution as i', (on) =>
      on.onRef('i.network_id', '=', 'g.network_id').onRef('i.id', '=', 'g.institution_id'),
    )
    .select(['g.id', 'g.status', 'g.badge_key as badgeKey', 'g.interests', 'g.wishes', 'p.name', 'p.email'])
    .select(['i.id as institutionId', 'i.name as institutionName', 'i.letter', 'i.colour'])
    .where('g.network_id', '=', networkId)
    .where('g.convening_id', '=', conveningId)

type Row = Awaited<ReturnType<ReturnType<typeof holders>['executeTakeFirstOrThrow']>>
const holderOf = ({ institutionId, institutionName, letter, colour, wishes, ...row }: Row) => ({
  ...row,
  wishes: Wishes.parse(wishes),
  id: row.id as RegistrationId,
  institution: { id: institutionId as InstitutionId, name: institutionName, letter, colour },
})
export type BadgeHolder = ReturnType<typeof holderOf>

/** Whose badge's link this is; undefined when the convening gave out none such. */
export async function findByBadge(db: Db | Trx, convening: Convening, key: string): Promise<BadgeHolder | undefined> {
  const row = await holders(db, convening).where('g.badge_key', '=', key).executeTakeFirst()
  return row && holderOf(row)
}

export async function findHolder(db: Db | Trx, convening: Convening, id: RegistrationId) {
  const row = await holders(db, convening).where('g.id', '=', id).executeTakeFirst()
  return row && holderOf(row)
}

/** Those with a place and an address, by id, a page at a time. */
export async function holdersToWriteTo(
  db: Db | Trx,
  convening: Convening,
  { after, limit }: Readonly<{ after: string | undefined; limit: number }>,
): Promise<BadgeHolder[]> {
  let query = holders(db, convening).where('g.status', '=', 'registered').where('p.email', 'is not', null)
  if (after) query = query.where('g.id', '>', after)
  const rows = await query.orderBy('g.id').limit(limit).execute()
  return rows.map(holderOf)
}

/** The registration of a person here, with the key of their badge. */
export async function findRegistrationOf(db: Db | Trx, { networkId, conveningId }: Convening, personId: string) {
  const row = await db
    .selectFrom('registration')
    .select(['id', 'status', 'badge_key as badgeKey'])
    .where('network_id', '=', networkId)
    .where('convening_id', '=', conveningId)
    .where('person_id', '=', personId)
    .executeTakeFirst()
  return row && { ...row, id: row.id as RegistrationId }
}
