import type { NetworkId, PersonId, RoundId, SubmissionId } from '@copractice/core/kernel'
import type { Mark, SelfAssessmentState } from '@copractice/core/review'
import type { Db, Trx } from '../database.ts'

/** What the authors of these works said of them; sent ones and begun ones. */
export async function listSelfAssessments(
  trx: Db | Trx,
  networkId: NetworkId,
  submissionIds: readonly SubmissionId[],
): Promise<(SelfAssessmentState & Readonly<{ submissionId: SubmissionId; authorId: PersonId }>)[]> {
  if (submissionIds.length === 0) return []
  const rows = await trx
    .selectFrom('self_assessment')
    .select(['submission_id', 'author_id', 'marks', 'comment', 'saved_at', 'filed_at'])
    .where('network_id', '=', networkId)
    .where('submission_id', 'in', [...submissionIds])
    .execute()
  return rows.map((row) => ({
    submissionId: row.submission_id as SubmissionId,
    authorId: row.author_id as PersonId,
    marks: row.marks as Mark[],
    comment: row.comment,
    savedAt: row.saved_at,
    filedAt: row.filed_at,
  }))
}

export async function saveSelfAssessment(
  trx: Trx,
  networkId: NetworkId,
  place: Readonly<{ submissionId: SubmissionId; roundId: RoundId; authorId: PersonId }>,
  { marks, comment, savedAt, filedAt }: SelfAssessmentState,
): Promise<void> {
  const columns = { marks: JSON.stringify(marks), comment, saved_at: savedAt, filed_at: filedAt }
  await trx
    .insertInto('self_assessment')
    .values({
      network_id: networkId,
      submission_id: place.submissionId,
      round_id: place.roundId,
      author_id: place.authorId,
      ...columns,
    })
    .onConflict((on) => on.columns(['network_id', 'submission_id', 'author_id']).doUpdateSet(columns))
    .execute()
}
