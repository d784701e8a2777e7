import { sql } from 'kysely'
import type { Db } from '../../database.ts'
import { boardOf, type PlacementBoardKept, type PlacementBoardRow, type SolveProgress } from './repo.ts'

type Due = Readonly<{ now: Date; lost: Date; mostAttempts: number }>

/**
 * Takes the board that waits longest to be solved, so that no other process takes it. One whose process said nothing since
 * `lost` was left by a process that ended, and is taken again until it was taken `mostAttempts` times: then it is given up.
 */
export async function takeBoardToSolve(
  db: Db,
  { now, lost, mostAttempts }: Due,
): Promise<PlacementBoardKept | undefined> {
  await db
    .updateTable('placement_board')
    .set({ state: 'failed', failure: 'placement.gave_up', progress: null })
    .where('state', '=', 'solving')
    .where('solve_taken_at', '<', lost)
    .where('solve_attempts', '>=', mostAttempts)
    .execute()
  const { rows } = await sql<PlacementBoardRow>`
    update placement_board b
    set solve_taken_at = ${now}, solve_attempts = solve_attempts + 1, solve_token = gen_random_uuid()
    where (b.network_id, b.id) in (
      select network_id, id from placement_board
      where state = 'solving' and (solve_taken_at is null or solve_taken_at < ${lost})
        and solve_attempts < ${mostAttempts}
      order by solve_asked_at limit 1 for update skip locked)
    returning b.*`.execute(db)
  return rows[0] && boardOf(rows[0])
}

type Taken = Pick<PlacementBoardKept, 'networkId' | 'id' | 'solveToken'>

const owned = (db: Db, { networkId, id, solveToken }: Taken) =>
  db
    .updateTable('placement_board')
    .where('network_id', '=', networkId)
    .where('id', '=', id)
    .where('state', '=', 'solving')
    .where('solve_token', '=', solveToken)

/** How far a solve is, which also says that its process lives; nothing once somebody else took it. */
export async function tellSolving(db: Db, taken: Taken, progress: SolveProgress, now: Date): Promise<void> {
  await owned(db, taken)
    .set({ progress: JSON.stringify(progress), solve_taken_at: now })
    .execute()
}

/** Ends a solve that broke off; nothing once somebody else took it. */
export async function failSolving(db: Db, taken: Taken): Promise<void> {
  await owned(db, taken).set({ state: 'failed', failure: 'placement.fault', progress: null }).execute()
}

/**
 * Ends a solve that is not done: one that nothing ever took and was asked for before `untaken` (`placement.not_taken`), and any
 * that was asked for before `unsolved`.
 */
export async function giveUpSolving(
  db: Db,
  { networkId, id }: Pick<PlacementBoardKept, 'networkId' | 'id'>,
  { untaken, unsolved }: Readonly<{ untaken: Date; unsolved: Date }>,
): Promise<void> {
  await db
    .updateTable('placement_board')
    .set({
      state: 'failed',
      failure: sql<string>`case when solve_taken_at is null then 'placement.not_taken' else 'placement.fault' end`,
      progress: null,
    })
    .where('network_id', '=', networkId)
    .where('id', '=', id)
    .where('state', '=', 'solving')
    .where((eb) =>
      eb.or([
        eb.and([eb('solve_taken_at', 'is', null), eb('solve_asked_at', '<', untaken)]),
        eb('solve_asked_at', '<', unsolved),
      ]),
    )
    .execute()
}
