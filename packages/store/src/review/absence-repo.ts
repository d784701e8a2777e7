import type { CohortId, NetworkId, PersonId, RoundId } from '@copractice/core/kernel'
import type { Db, Trx } from '../database.ts'

/** Somebody who takes no more reviews in a round though they are still in its cohort. */
export type Absence = Readonly<{ personId: PersonId; kind: 'dropped_out' | 'silent'; at: Date }>

export async function listAbsences(trx: Db | Trx, networkId: NetworkId, roundId: RoundId): Promise<Absence[]> {
  const rows = await trx
    .selectFrom('round_absence')
    .select(['person_id as personId', 'kind', 'at'])
    .where('network_id', '=', networkId)
    .where('round_id', '=', roundId)
    .orderBy('at')
    .orderBy('person_id')
    .execute()
  return rows.map((row) => ({ ...row, personId: row.personId as PersonId }))
}

/** Notes people as away, in the place of what was noted of them before, and forgets it of those who are `back`. */
export async function changeAbsences(
  trx: Trx,
  networkId: NetworkId,
  roundId: RoundId,
  change: Readonly<{ away: readonly Omit<Absence, 'at'>[]; back: readonly PersonId[]; notedBy: PersonId; at: Date }>,
): Promise<void> {
  if (change.back.length > 0)
    await trx
      .deleteFrom('round_absence')
      .where('network_id', '=', networkId)
      .where('round_id', '=', roundId)
      .where('person_id', 'in', [...change.back])
      .execute()
  if (change.away.length === 0) return
  await trx
    .insertInto('round_absence')
    .values(
      change.away.map(({ personId, kind }) => ({
        network_id: networkId,
        round_id: roundId,
        person_id: personId,
        kind,
        at: change.at,
        noted_by: change.notedBy,
      })),
    )
    .onConflict((on) =>
      on.columns(['network_id', 'round_id', 'person_id']).doUpdateSet((row) => ({
        kind: row.ref('excluded.kind'),
        at: row.ref('excluded.at'),
        noted_by: row.ref('excluded.noted_by'),
      })),
    )
    .execute()
}

/** Rounds of a cohort whose reviews are being written. */
export async function listRoundsInReview(trx: Db | Trx, networkId: NetworkId, cohortId: CohortId): Promise<RoundId[]> {
  const rows = await trx
    .selectFrom('review_round')
    .select('id')
    .where('network_id', '=', networkId)
    .where('cohort_id', '=', cohortId)
    .where('phase', '=', 'review')
    .orderBy('id')
    .execute()
  return rows.map(({ id }) => id as RoundId)
}

/** When a round was closed: whoever took a seat later was never in it. Null while it is not closed. */
export async function findClosedAt(trx: Db | Trx, networkId: NetworkId, roundId: RoundId): Promise<Date | null> {
  const row = await trx
    .selectFrom('review_round')
    .select(['phase', 'closed_at', 'review_until'])
    .where('network_id', '=', networkId)
    .where('id', '=', roundId)
    .executeTakeFirst()
  return row?.phase === 'closed' ? (row.closed_at ?? row.review_until) : null
}
