import type { NetworkId, PersonId, RoundId, SubmissionId } from '@copractice/core/kernel'
import type { Db, Trx } from '../database.ts'

/** Work that was handed in, for an export. `authors`: one person, or the team's members. */
export type WorkToExport = Readonly<{
  submissionId: SubmissionId
  authors: readonly PersonId[]
  body: string
  handedInAt: Date | null
  lateMinutes: number | null
  /** How many. */
  files: number
}>

export async function listWorksToExport(
  trx: Db | Trx,
  networkId: NetworkId,
  roundId: RoundId,
): Promise<WorkToExport[]> {
  const rows = await trx
    .selectFrom('submission as w')
    .leftJoin('round_team_member as m', (on) =>
      on.onRef('m.network_id', '=', 'w.network_id').onRef('m.team_id', '=', 'w.team_id'),
    )
    .select(['w.id', 'w.author_id', 'w.body', 'w.submitted_at', 'w.late_minutes', 'm.person_id'])
    .select((eb) =>
      eb
        .selectFrom('work_file as f')
        .select(({ fn }) => fn.countAll<string>().as('files'))
        .whereRef('f.network_id', '=', 'w.network_id')
        .whereRef('f.submission_id', '=', 'w.id')
        .as('files'),
    )
    .where('w.network_id', '=', networkId)
    .where('w.round_id', '=', roundId)
    .where('w.status', '=', 'submitted')
    .orderBy('w.id')
    .orderBy('m.person_id')
    .execute()
  return [...Map.groupBy(rows, ({ id }) => id)].map(([id, ofWork]) => {
    const { author_id, body, submitted_at, late_minutes, files } = ofWork[0]!
    const members = ofWork.flatMap(({ person_id }) => (person_id === null ? [] : [person_id as PersonId]))
    return {
      submissionId: id as SubmissionId,
      authors: members.length ? members : [author_id as PersonId],
      body,
      handedInAt: submitted_at,
      lateMinutes: late_minutes,
      files: Number(files),
    }
  })
}
