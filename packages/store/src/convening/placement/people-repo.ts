import { sql } from 'kysely'
import { Wishes } from '@copractice/core/convening'
import type { Affiliation, CampusMark, InstitutionKind } from '@copractice/core/directory'
import type { ConveningId, InstitutionId, NetworkId, PersonId, RegistrationId } from '@copractice/core/kernel'
import type { Db, Trx } from '../../database.ts'
import { isMemberOn } from '../../directory/is-member.ts'

/** Somebody who is registered and may be placed. `tie`: who they are now at the institution they registered from. */
export type PersonToPlace = Readonly<{
  id: RegistrationId
  personId: PersonId
  name: string
  institution: CampusMark
  affiliation: Affiliation
  tie: Readonly<{ kind: Affiliation; institution: InstitutionKind; isMember: boolean }> | null
  addresses: readonly string[]
  wishes: Wishes
  registeredAt: Date
}>

/** Everybody who holds a place at a convening, in the order they signed up. One statement, whatever their number. */
export async function listPeopleToPlace(
  db: Db | Trx,
  { networkId, conveningId }: Readonly<{ networkId: NetworkId; conveningId: ConveningId }>,
  now: Date,
): Promise<PersonToPlace[]> {
  const rows = await db
    .selectFrom('registration as g')
    .innerJoin('person as p', (on) => on.onRef('p.network_id', '=', 'g.network_id').onRef('p.id', '=', 'g.person_id'))
    .innerJoin('institution as i', (on) =>
      on.onRef('i.network_id', '=', 'g.network_id').onRef('i.id', '=', 'g.institution_id'),
    )
    .leftJoin('affiliation as a', (on) =>
      on
        .onRef('a.network_id', '=', 'g.network_id')
        .onRef('a.person_id', '=', 'g.person_id')
        .onRef('a.institution_id', '=', 'g.institution_id'),
    )
    .select(['g.id', 'g.person_id', 'g.affiliation', 'g.wishes', 'g.created_at', 'p.name', 'p.email', 'a.kind as tie'])
    .select(['i.id as institution_id', 'i.name as institution_name', 'i.letter', 'i.colour', 'i.kind'])
    .select(isMemberOn('i', now).as('is_member'))
    .select(
      sql<string[]>`array(select d.subject from identity d where d.network_id = g.network_id
        and d.person_id = g.person_id and d.kind = 'email')`.as('subjects'),
    )
    .where('g.network_id', '=', networkId)
    .where('g.convening_id', '=', conveningId)
    .where('g.status', '=', 'registered')
    .where('p.is_test', '=', false)
    .orderBy('g.created_at')
    .orderBy('g.id')
    .execute()
  return rows.map((row) => ({
    id: row.id as RegistrationId,
    personId: row.person_id as PersonId,
    name: row.name ?? row.email ?? '',
    institution: {
      id: row.institution_id as InstitutionId,
      name: row.institution_name,
      letter: row.letter,
      colour: row.colour,
    },
    affiliation: row.affiliation,
    tie: row.tie ? { kind: row.tie, institution: row.kind, isMember: row.is_member } : null,
    addresses: row.subjects.length ? row.subjects : row.email ? [row.email.toLowerCase()] : [],
    wishes: Wishes.parse(row.wishes),
    registeredAt: row.created_at,
  }))
}
