import { randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import type { Affiliation, ReadPerson } from '@copractice/core/directory'
import type { InstitutionId, NetworkId, RegionId } from '@copractice/core/kernel'
import type { Db, Trx } from '../database.ts'
import { personInReach } from './people-search-repo.ts'
import type { AdminScope } from './reach.ts'

/** Every institution of the network with its details, for a list that names them. */
export async function institutionsByName(db: Db | Trx, networkId: NetworkId) {
  const rows = await db
    .selectFrom('institution as i')
    .select(['i.id', 'i.name', 'i.kind', 'i.region_id as regionId', 'i.time_zone as timeZone'])
    .select([
      sql<string | null>`i.member_since::text`.as('memberSince'),
      sql<string | null>`i.member_until::text`.as('memberUntil'),
      sql<string[]>`array(select u.name from sponsoring_unit u where u.network_id = i.network_id
        and u.institution_id = i.id order by u.name)`.as('units'),
    ])
    .where('i.network_id', '=', networkId)
    .execute()
  return rows.map((row) => ({ ...row, id: row.id as InstitutionId, regionId: row.regionId as RegionId | null }))
}

/** Two imports, one after the other: the second sees what the first made. */
export async function lockImports(trx: Trx, networkId: NetworkId): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtext('copractice.import'), hashtext(${networkId}))`.execute(trx)
}

/**
 * The people who sign in with these addresses, with their ties, and whether they are in the importer's reach. Nobody
 * else: an address an LMS told proves nothing.
 */
export async function peopleByAddress(db: Db | Trx, scope: AdminScope, emails: readonly string[]) {
  const rows = await db
    .selectFrom('identity as d')
    .leftJoin('affiliation as a', (on) =>
      on.onRef('a.network_id', '=', 'd.network_id').onRef('a.person_id', '=', 'd.person_id'),
    )
    .innerJoin('person as p', (on) => on.onRef('p.network_id', '=', 'd.network_id').onRef('p.id', '=', 'd.person_id'))
    .select(['d.subject as email', 'd.person_id as personId', 'a.institution_id as institutionId', 'a.kind'])
    .select(personInReach(scope, 'p').as('isInReach'))
    .where('d.network_id', '=', scope.networkId)
    .where('d.kind', '=', 'email')
    .where(sql<boolean>`d.subject = any (${[...emails]}::text[])`)
    .execute()
  const people = new Map<string, { personId: string; isInReach: boolean; ties: Map<string, Affiliation> }>()
  for (const { email, personId, institutionId, kind, isInReach } of rows) {
    const person = people.get(email) ?? { personId, isInReach, ties: new Map<string, Affiliation>() }
    if (institutionId && kind) person.ties.set(institutionId, kind)
    people.set(email, person)
  }
  return people
}

/** Makes who is not `known` and ties everybody as the list says. Three statements, whatever the number. */
export async function savePeople(
  trx: Trx,
  networkId: NetworkId,
  listed: readonly ReadPerson[],
  known: ReadonlyMap<string, Readonly<{ personId: string }>>,
): Promise<void> {
  const idOf = new Map([...known].map(([email, { personId }]) => [email, personId]))
  const fresh = [...new Map(listed.filter(({ email }) => !idOf.has(email)).map((one) => [one.email, one])).values()]
  for (const { email } of fresh) idOf.set(email, randomUUID())
  if (fresh.length) {
    const people = fresh.map(({ name, email }) => ({
      network_id: networkId,
      id: idOf.get(email)!,
      name,
      email,
      pronouns: null,
      time_zone: null,
    }))
    await trx.insertInto('person').values(people).execute()
    const identities = people.map(({ id, email }) => ({
      network_id: networkId,
      person_id: id,
      kind: 'email' as const,
      subject: email,
    }))
    await trx.insertInto('identity').values(identities).execute()
  }
  const ties = listed.map(({ email, institutionId, affiliation }) => ({
    network_id: networkId,
    person_id: idOf.get(email)!,
    institution_id: institutionId,
    kind: affiliation,
  }))
  if (!ties.length) return
  await trx
    .insertInto('affiliation')
    .values(ties)
    .onConflict((conflict) =>
      conflict
        .columns(['network_id', 'person_id', 'institution_id'])
        .doUpdateSet((eb) => ({ kind: eb.ref('excluded.kind') })),
    )
    .execute()
}
