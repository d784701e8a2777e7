import type { CohortId, NetworkId, PersonId } from '@copractice/core/kernel'
import type { Db, Trx } from '../database.ts'

type Whose = Readonly<{ networkId: NetworkId; cohortId: CohortId }>

/** Who lets the marks of this cohort be used for research, now. */
export async function listConsenting(trx: Db | Trx, { networkId, cohortId }: Whose): Promise<Set<PersonId>> {
  const rows = await trx
    .selectFrom('research_consent')
    .select('person_id')
    .where('network_id', '=', networkId)
    .where('cohort_id', '=', cohortId)
    .where('withdrawn_at', 'is', null)
    .execute()
  return new Set(rows.map(({ person_id }) => person_id as PersonId))
}

/** Gives or withdraws consent; both moments are kept. */
export async function saveConsent(
  trx: Db | Trx,
  { networkId, cohortId, personId }: Whose & Readonly<{ personId: PersonId }>,
  consents: boolean,
  now: Date,
): Promise<void> {
  const key = { network_id: networkId, cohort_id: cohortId, person_id: personId }
  if (consents)
    await trx
      .insertInto('research_consent')
      .values({ ...key, given_at: now, withdrawn_at: null })
      .onConflict((conflict) =>
        conflict.columns(['network_id', 'cohort_id', 'person_id']).doUpdateSet({ given_at: now, withdrawn_at: null }),
      )
      .execute()
  else
    await trx
      .updateTable('research_consent')
      .set({ withdrawn_at: now })
      .where('network_id', '=', networkId)
      .where('cohort_id', '=', cohortId)
      .where('person_id', '=', personId)
      .where('withdrawn_at', 'is', null)
      .execute()
}

/** Since when this person consents, or null. */
export async function consentOf(
  trx: Db | Trx,
  { networkId, cohortId, personId }: Whose & Readonly<{ personId: PersonId }>,
): Promise<Date | null> {
  const row = await trx
    .selectFrom('research_consent')
    .select('given_at')
    .where('network_id', '=', networkId)
    .where('cohort_id', '=', cohortId)
    .where('person_id', '=', personId)
    .where('withdrawn_at', 'is', null)
    .executeTakeFirst()
  return row?.given_at ?? null
}
