import type { CohortId, NetworkId, PersonId, SubmissionId } from '@copractice/core/kernel'
import type { Known } from '@copractice/core/review'
import type { Db, Trx } from '../database.ts'

/** Who wrote each work: the person, or everyone of the team, whoever of them began it. */
export async function listAuthorsOfWorks(
  trx: Db | Trx,
  networkId: NetworkId,
  submissionIds: readonly SubmissionId[],
): Promise<Map<SubmissionId, PersonId[]>> {
  if (submissionIds.length === 0) return new Map()
  const rows = await trx
    .selectFrom('submission as w')
    .leftJoin('round_team_member as m', (on) =>
      on.onRef('m.network_id', '=', 'w.network_id').onRef('m.team_id', '=', 'w.team_id'),
    )
    .select(['w.id', 'w.author_id', 'm.person_id'])
    .where('w.network_id', '=', networkId)
    .where('w.id', 'in', [...submissionIds])
    .orderBy('m.person_id')
    .execute()
  return new Map(
    [...Map.groupBy(rows, ({ id }) => id as SubmissionId)].map(([id, ofWork]) => [
      id,
      [...new Set(ofWork.flatMap(({ author_id, person_id }) => [author_id, person_id ?? []].flat()))] as PersonId[],
    ]),
  )
}

/** What these people could be known by: names, addresses, and the campuses they hold their seats for. */
export async function listKnownOf(
  trx: Db | Trx,
  networkId: NetworkId,
  cohortId: CohortId,
  personIds: readonly PersonId[],
): Promise<Known> {
  const rows = await trx
    .selectFrom('person as p')
    .leftJoin('seat as s', (on) =>
      on.onRef('s.network_id', '=', 'p.network_id').onRef('s.person_id', '=', 'p.id').on('s.cohort_id', '=', cohortId),
    )
    .leftJoin('institution as i', (on) =>
      on.onRef('i.network_id', '=', 's.network_id').onRef('i.id', '=', 's.institution_id'),
    )
    .leftJoin('identity as e', (on) =>
      on.onRef('e.network_id', '=', 'p.network_id').onRef('e.person_id', '=', 'p.id').on('e.kind', '=', 'email'),
    )
    .select(['p.name', 'p.email', 'e.subject', 'i.name as campus'])
    .where('p.network_id', '=', networkId)
    .where('p.id', 'in', [...personIds])
    .execute()
  return {
    names: rows.flatMap(({ name }) => name ?? []),
    emails: rows.flatMap(({ email, subject }) => [email ?? [], subject ?? []].flat()),
    campuses: rows.flatMap(({ campus }) => campus ?? []),
  }
}
