import type { NetworkId, PersonId, RoundId, SubmissionId } from '@copractice/core/kernel'
import type { Db, Trx } from '../database.ts'

export type WorkListed = Readonly<{
  submissionId: SubmissionId
  /** Who began it; of a team's work every member is an author. */
  authorId: PersonId
  teamId: string | null
  status: 'draft' | 'submitted' | 'withdrawn'
}>

/** Every work of a round, without its text. */
export async function listWorks(trx: Db | Trx, networkId: NetworkId, roundId: RoundId): Promise<WorkListed[]> {
  const rows = await trx
    .selectFrom('submission')
    .select(['id as submissionId', 'author_id as authorId', 'team_id as teamId', 'status'])
    .where('network_id', '=', networkId)
    .where('round_id', '=', roundId)
    .orderBy('id')
    .execute()
  return rows as WorkListed[]
}
