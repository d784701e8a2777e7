import { sql } from 'kysely'
import type { CohortId, NetworkId, PersonId } from '@copractice/core/kernel'
import type { CheckDay, Kept } from '@copractice/core/meeting'
import type { Db, Trx } from '../database.ts'

type Space = Readonly<{ networkId: NetworkId; cohortId: CohortId; personId: PersonId }>

function commitmentRows(db: Db | Trx, { networkId, cohortId, personId }: Space) {
  return db
    .selectFrom('commitment as c')
    .innerJoin('person as p', (on) => on.onRef('p.network_id', '=', 'c.network_id').onRef('p.id', '=', 'c.person_id'))
    .select(['c.id', 'c.text', 'c.outcome', 'c.made_at as madeAt', 'c.check_30 as check30', 'c.check_90 as check90'])
    .select(['p.id as personId', 'p.name', sql<boolean>`c.person_id = ${personId}`.as('isMine')])
    .where('c.network_id', '=', networkId)
    .where('c.cohort_id', '=', cohortId)
}

/** One's own first, then the latest. */
export const listCommitments = (db: Db | Trx, space: Space, limit: number) =>
  commitmentRows(db, space)
    .orderBy(sql`c.person_id = ${space.personId}`, 'desc')
    .orderBy('c.made_at', 'desc')
    .orderBy('c.id')
    .limit(limit)
    .execute()

/** Undefined when it is not of this cohort. */
export const findCommitment = (db: Db | Trx, space: Space, id: string) =>
  commitmentRows(db, space).where('c.id', '=', id).executeTakeFirst()

export type CommitmentRow = NonNullable<Awaited<ReturnType<typeof findCommitment>>>

export async function insertCommitment(trx: Db | Trx, space: Space, text: string, now: Date): Promise<string> {
  const { networkId, cohortId, personId } = space
  const row = await trx
    .insertInto('commitment')
    .values({ network_id: networkId, cohort_id: cohortId, person_id: personId, text, made_at: now })
    .returning('id')
    .executeTakeFirstOrThrow()
  return row.id
}

type Checked = Readonly<{ after: CheckDay; kept: Kept; outcome: string }>

/** The last answer of each day counts; the outcome is one text for both. */
export async function saveCheck(
  trx: Trx,
  { networkId }: Space,
  id: string,
  { after, kept, outcome }: Checked,
  now: Date,
): Promise<void> {
  const answer = after === 30 ? { check_30: kept, checked_at_30: now } : { check_90: kept, checked_at_90: now }
  await trx
    .updateTable('commitment')
    .set({ ...answer, outcome })
    .where('network_id', '=', networkId)
    .where('id', '=', id)
    .execute()
}
