import { sql } from 'kysely'
import type { ReadRegistrant } from '@copractice/core/convening'
import type { ConveningId, NetworkId } from '@copractice/core/kernel'
import type { Trx } from '../database.ts'

type Where = Readonly<{ networkId: NetworkId; conveningId: ConveningId }>

/** Addresses, in lower case, of everybody who holds or held a registration and signs in by mail. */
export async function registeredAddresses(trx: Trx, { networkId, conveningId }: Where): Promise<Set<string>> {
  const rows = await trx
    .selectFrom('registration as g')
    .innerJoin('identity as i', (on) =>
      on.onRef('i.network_id', '=', 'g.network_id').onRef('i.person_id', '=', 'g.person_id').on('i.kind', '=', 'email'),
    )
    .select('i.subject')
    .where('g.network_id', '=', networkId)
    .where('g.convening_id', '=', conveningId)
    .execute()
  return new Set(rows.map(({ subject }) => subject))
}

/**
 * Registers many at once, in their order: those with a place, and those who wait. People are known by their
 * address or made; a tie that is stated already stays. As many statements whatever the number of people. Gives how many are new.
 */
export async function insertRegistrants(
  trx: Trx,
  { networkId, conveningId }: Where,
  registrants: readonly (ReadRegistrant & Readonly<{ hasPlace: boolean }>)[],
  now: Date,
): Promise<number> {
  const given = sql`jsonb_to_recordset(${JSON.stringify(
    registrants.map(({ name, email, institutionId, affiliation, wishes, hasPlace }, at) => ({
      at,
      name,
      email,
      institution: institutionId,
      affiliation,
      interests: wishes.interests.join(', '),
      wishes,
      status: hasPlace ? 'registered' : 'waitlisted',
    })),
  )}::jsonb) as g(at int, name text, email text, institution uuid, affiliation text, interests text, wishes jsonb, status text)`
  const isKnown = sql`i.network_id = ${networkId} and i.kind = 'email' and i.subject = g.email`
  await sql`
    with fresh as materialized (
      select g.name, g.email, gen_random_uuid() as id from ${given}
      where not exists (select 1 from identity i where ${isKnown})),
    people as (
      insert into person (network_id, id, name, email) select ${networkId}, id, name, email from fresh)
    insert into identity (network_id, person_id, kind, subject) select ${networkId}, id, 'email', email from fresh`.execute(
    trx,
  )
  await sql`
    insert into affiliation (network_id, person_id, institution_id, kind)
    select ${networkId}, i.person_id, g.institution, g.affiliation from ${given} join identity i on ${isKnown}
    on conflict do nothing`.execute(trx)
  const made = await sql`
    insert into registration (network_id, convening_id, person_id, institution_id, affiliation, interests, wishes, status, created_at)
    select ${networkId}, ${conveningId}, i.person_id, g.institution, g.affiliation, g.interests, g.wishes, g.status,
      ${now}::timestamptz + g.at * interval '1 microsecond'
    from ${given} join identity i on ${isKnown}
    on conflict do nothing`.execute(trx)
  return Number(made.numAffectedRows ?? 0)
}
