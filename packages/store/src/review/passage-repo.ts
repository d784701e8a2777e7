import type { AssignmentId, NetworkId, RoundId } from '@copractice/core/kernel'
import type { PassageComment } from '@copractice/core/review'
import type { Db, Trx } from '../database.ts'

/** The notes at passages of these reviews, in the order they were written. */
export async function listPassages(
  trx: Db | Trx,
  networkId: NetworkId,
  assignmentIds: readonly AssignmentId[],
): Promise<Map<AssignmentId, PassageComment[]>> {
  if (assignmentIds.length === 0) return new Map()
  const rows = await trx
    .selectFrom('passage_comment')
    .select(['assignment_id', 'id', 'start_at', 'end_at', 'quote', 'place', 'text'])
    .where('network_id', '=', networkId)
    .where('assignment_id', 'in', [...assignmentIds])
    .orderBy('created_at')
    .orderBy('id')
    .execute()
  const listed = rows.map(({ assignment_id, id, start_at, end_at, quote, place, text }) => ({
    assignmentId: assignment_id as AssignmentId,
    comment: {
      id,
      at:
        start_at === null || end_at === null
          ? { kind: 'place' as const, place: place ?? '' }
          : { kind: 'text' as const, start: start_at, end: end_at, quote },
      text,
    },
  }))
  return new Map(
    [...Map.groupBy(listed, ({ assignmentId }) => assignmentId)].map(([assignmentId, rows]) => [
      assignmentId,
      rows.map(({ comment }) => comment),
    ]),
  )
}

/** Makes these the review's notes. Those that stay keep the time they were begun. */
export async function replacePassages(
  trx: Trx,
  networkId: NetworkId,
  { assignmentId, roundId }: Readonly<{ assignmentId: AssignmentId; roundId: RoundId }>,
  comments: readonly PassageComment[],
  now: Date,
): Promise<void> {
  let gone = trx
    .deleteFrom('passage_comment')
    .where('network_id', '=', networkId)
    .where('assignment_id', '=', assignmentId)
  if (comments.length > 0)
    gone = gone.where(
      'id',
      'not in',
      comments.map(({ id }) => id),
    )
  await gone.execute()
  if (comments.length === 0) return
  await trx
    .insertInto('passage_comment')
    .values(
      comments.map(({ id, at, text }, index) => ({
        network_id: networkId,
        id,
        assignment_id: assignmentId,
        round_id: roundId,
        start_at: at.kind === 'text' ? at.start : null,
        end_at: at.kind === 'text' ? at.end : null,
        quote: at.kind === 'text' ? at.quote : '',
        place: at.kind === 'place' ? at.place : null,
        text,
        // One save can bring several; the order they were written in is kept.
        created_at: new Date(+now + index),
        updated_at: now,
      })),
    )
    .onConflict((on) =>
      on.columns(['network_id', 'assignment_id', 'id']).doUpdateSet((eb) => ({
        start_at: eb.ref('excluded.start_at'),
        end_at: eb.ref('excluded.end_at'),
        quote: eb.ref('excluded.quote'),
        place: eb.ref('excluded.place'),
        text: eb.ref('excluded.text'),
        updated_at: now,
      })),
    )
    .execute()
}
