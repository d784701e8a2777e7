import type { Affiliation } from '@copractice/core/directory'
import type { ConveningId, InstitutionId, NetworkId, PersonId, RegistrationId } from '@copractice/core/kernel'
import type { Db, Trx } from '../database.ts'

/** The public address of a network's convening, by its id. */
export async function findConveningSlug(
  db: Db | Trx,
  networkId: NetworkId,
  conveningId: ConveningId,
): Promise<string | undefined> {
  const row = await db
    .selectFrom('convening')
    .select('slug')
    .where('network_id', '=', networkId)
    .where('id', '=', conveningId)
    .executeTakeFirst()
  return row?.slug
}

export type Registrant = Readonly<{
  name: string | null
  email: string | null
  isTest: boolean
  affiliation: Readonly<{ institutionId: InstitutionId; campus: string; kind: Affiliation }> | null
  status: 'registered' | 'waitlisted' | 'cancelled' | null
  registrationId: RegistrationId | null
  badgeKey: string | null
}>

/** Somebody who may register: who they are at their campus (the first by name, if at several), and their registration. */
export async function findRegistrant(
  db: Db | Trx,
  { networkId, personId }: Readonly<{ networkId: NetworkId; personId: PersonId }>,
  conveningId: ConveningId,
): Promise<Registrant> {
  const row = await db
    .selectFrom('person as p')
    .leftJoin('affiliation as a', (on) =>
      on.onRef('a.network_id', '=', 'p.network_id').onRef('a.person_id', '=', 'p.id'),
    )
    .leftJoin('institution as i', (on) =>
      on.onRef('i.network_id', '=', 'a.network_id').onRef('i.id', '=', 'a.institution_id'),
    )
    .leftJoin('registration as g', (on) =>
      on
        .onRef('g.network_id', '=', 'p.network_id')
        .onRef('g.person_id', '=', 'p.id')
        .on('g.convening_id', '=', conveningId),
    )
    .select(['p.name', 'p.email', 'p.is_test', 'a.institution_id', 'a.kind', 'i.name as campus'])
    .select(['g.status', 'g.id', 'g.badge_key'])
    .where('p.network_id', '=', networkId)
    .where('p.id', '=', personId)
    .orderBy('i.name')
    .executeTakeFirstOrThrow()
  const { institution_id, kind, campus } = row
  return {
    name: row.name,
    email: row.email,
    isTest: row.is_test,
    affiliation:
      institution_id && kind && campus !== null
        ? { institutionId: institution_id as InstitutionId, campus, kind }
        : null,
    status: row.status,
    registrationId: row.id as RegistrationId | null,
    badgeKey: row.badge_key,
  }
}
