import type { AssignmentId, NetworkId, PersonId, RoundId } from '@copractice/core/kernel'
import type { Db, Trx } from '../database.ts'

/** What an author answered to a review: 1 to 5 or no opinion, and words. */
export type Response = Readonly<{ helpfulness: number | null; reply: string; savedAt: Date }>

export async function listResponses(
  trx: Db | Trx,
  networkId: NetworkId,
  assignmentIds: readonly AssignmentId[],
): Promise<Map<AssignmentId, Response>> {
  if (assignmentIds.length === 0) return new Map()
  const rows = await trx
    .selectFrom('review_response')
    .select(['assignment_id', 'helpfulness', 'reply', 'saved_at'])
    .where('network_id', '=', networkId)
    .where('assignment_id', 'in', [...assignmentIds])
    .execute()
  return new Map(
    rows.map(({ assignment_id, helpfulness, reply, saved_at }) => [
      assignment_id as AssignmentId,
      { helpfulness, reply, savedAt: saved_at },
    ]),
  )
}

export async function saveResponse(
  trx: Trx,
  networkId: NetworkId,
  place: Readonly<{ assignmentId: AssignmentId; roundId: RoundId; authorId: PersonId }>,
  { helpfulness, reply, savedAt }: Response,
): Promise<void> {
  const said = { author_id: place.authorId, helpfulness, reply, saved_at: savedAt }
  await trx
    .insertInto('review_response')
    .values({ network_id: networkId, assignment_id: place.assignmentId, round_id: place.roundId, ...said })
    .onConflict((on) => on.columns(['network_id', 'assignment_id']).doUpdateSet(said))
    .execute()
}
