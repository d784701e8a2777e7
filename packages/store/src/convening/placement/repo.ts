import { sql } from 'kysely'
import { BoardPatch, Board, type BoardEntry } from '@copractice/core/convening/board'
import type { PlacementProblem } from '@copractice/core/convening/placement'
import type { ConveningId, NetworkId, PersonId } from '@copractice/core/kernel'
import type { Db, Trx } from '../../database.ts'
import type { PlacementBoardTable } from './table.ts'

type Convening = Readonly<{ networkId: NetworkId; conveningId: ConveningId }>
type Policy = PlacementProblem['policy']

/** How far a solve has come: `step` of `steps`, and the best so far against what no placement can pass. */
export type SolveProgress = Readonly<{
  step: number
  steps: number
  objective: number | null
  bound: number | null
}>

export type PlacementBoardKept = Readonly<{
  id: string
  networkId: NetworkId
  conveningId: ConveningId
  version: number
  seed: number
  policy: Policy
  state: PlacementBoardTable['state']
  layout: Board
  objective: number | null
  bound: number | null
  solvedFor: string | null
  solvedWith: number
  solvedAt: Date | null
  solveAskedAt: Date | null
  solveAskedBy: PersonId | null
  /** Of whoever took it to solve last. */
  solveToken: string | null
  solveAttempts: number
  keepsPins: boolean
  progress: SolveProgress | null
  failure: string | null
  committedAt: Date | null
}>

const rows = (db: Db | Trx) => db.selectFrom('placement_board').selectAll()
export type PlacementBoardRow = Awaited<ReturnType<ReturnType<typeof rows>['execute']>>[number]

export const boardOf = (row: PlacementBoardRow): PlacementBoardKept => ({
  id: row.id,
  networkId: row.network_id as NetworkId,
  conveningId: row.convening_id as ConveningId,
  version: row.version,
  seed: Number(row.seed),
  policy: row.policy as Policy,
  state: row.state,
  layout: Board.parse(row.layout),
  objective: row.objective,
  bound: row.bound,
  solvedFor: row.solved_for,
  solvedWith: row.solved_with,
  solvedAt: row.solved_at,
  solveAskedAt: row.solve_asked_at,
  solveAskedBy: row.solve_asked_by as PersonId | null,
  solveToken: row.solve_token,
  solveAttempts: row.solve_attempts,
  keepsPins: row.keeps_pins,
  progress: row.progress as SolveProgress | null,
  failure: row.failure,
  committedAt: row.committed_at,
})

export async function findPlacementBoard(
  db: Db | Trx,
  { networkId, conveningId }: Convening,
): Promise<PlacementBoardKept | undefined> {
  const row = await rows(db)
    .where('network_id', '=', networkId)
    .where('convening_id', '=', conveningId)
    .executeTakeFirst()
  return row && boardOf(row)
}

/** The board, kept still until this transaction ends: whoever else wants to change it waits and then sees the new version. */
export async function lockPlacementBoard(
  trx: Trx,
  { networkId, conveningId }: Convening,
): Promise<PlacementBoardKept | undefined> {
  const row = await rows(trx)
    .where('network_id', '=', networkId)
    .where('convening_id', '=', conveningId)
    .forNoKeyUpdate()
    .executeTakeFirst()
  return row && boardOf(row)
}

/** A board with nobody on it; another's that came first stays as it is. */
export async function insertPlacementBoard(
  trx: Trx,
  { networkId, conveningId }: Convening,
  { seed, policy, layout }: Readonly<{ seed: number; policy: Policy; layout: Board }>,
): Promise<void> {
  await trx
    .insertInto('placement_board')
    .values({
      network_id: networkId,
      convening_id: conveningId,
      version: 0,
      seed: String(seed),
      policy: JSON.stringify(policy),
      state: 'open',
      layout: JSON.stringify(layout),
    })
    .onConflict((conflict) => conflict.columns(['network_id', 'convening_id']).doNothing())
    .execute()
}

type Change = Partial<
  Omit<PlacementBoardKept, 'id' | 'networkId' | 'conveningId'> &
    Readonly<{ committedBy: PersonId; solveTakenAt: Date | null }>
>

export async function updatePlacementBoard(
  db: Db | Trx,
  { networkId, id }: Readonly<{ networkId: NetworkId; id: string }>,
  change: Change,
): Promise<void> {
  const json = (value: unknown) => (value === undefined ? undefined : JSON.stringify(value))
  const set = {
    version: change.version,
    seed: change.seed === undefined ? undefined : String(change.seed),
    policy: json(change.policy),
    state: change.state,
    layout: json(change.layout),
    objective: change.objective,
    bound: change.bound,
    solved_for: change.solvedFor,
    solved_with: change.solvedWith,
    solved_at: change.solvedAt,
    solve_asked_at: change.solveAskedAt,
    solve_asked_by: change.solveAskedBy,
    solve_taken_at: change.solveTakenAt,
    solve_token: change.solveToken,
    solve_attempts: change.solveAttempts,
    keeps_pins: change.keepsPins,
    progress: json(change.progress),
    failure: change.failure,
    committed_at: change.committedAt,
    committed_by: change.committedBy,
  }
  await db
    .updateTable('placement_board')
    .set(Object.fromEntries(Object.entries(set).filter(([, value]) => value !== undefined)))
    .where('network_id', '=', networkId)
    .where('id', '=', id)
    .execute()
}

/** What was told of a change when it was made: names, so that it can be read later. */
export type ChangeTold = Readonly<{ people: string[]; from: string | null; to: string | null; count: number }>
export type PlacementChangeKept = BoardEntry &
  Readonly<{ at: Date; by: Readonly<{ id: PersonId; name: string | null }>; told: ChangeTold }>

type At = Readonly<{ networkId: NetworkId; boardId: string }>

export async function insertPlacementChange(
  trx: Trx,
  { networkId, boardId }: At,
  change: BoardEntry & Readonly<{ at: Date; byId: PersonId; told: ChangeTold; patch: BoardPatch | null }>,
): Promise<void> {
  await trx
    .insertInto('placement_change')
    .values({
      network_id: networkId,
      board_id: boardId,
      version: change.version,
      at: change.at,
      by_id: change.byId,
      kind: change.kind,
      of_version: change.of,
      change: JSON.stringify({ told: change.told, patch: change.patch }),
    })
    .execute()
}

/** The latest `limit` changes after version `after`, oldest first, without what they did to the cohorts. */
export async function listPlacementChanges(
  db: Db | Trx,
  { networkId, boardId }: At,
  { after = 0, limit = 200 }: Readonly<{ after?: number; limit?: number }> = {},
): Promise<PlacementChangeKept[]> {
  const found = await db
    .selectFrom('placement_change as c')
    .leftJoin('person as p', (on) => on.onRef('p.network_id', '=', 'c.network_id').onRef('p.id', '=', 'c.by_id'))
    .select(['c.version', 'c.at', 'c.by_id', 'c.kind', 'c.of_version', 'p.name'])
    .select(sql<ChangeTold>`c.change -> 'told'`.as('told'))
    .where('c.network_id', '=', networkId)
    .where('c.board_id', '=', boardId)
    .where('c.version', '>', after)
    .orderBy('c.version', 'desc')
    .limit(limit)
    .execute()
  return found.toReversed().map((row) => ({
    version: row.version,
    kind: row.kind as BoardEntry['kind'],
    of: row.of_version,
    at: row.at,
    by: { id: row.by_id as PersonId, name: row.name },
    told: row.told,
  }))
}

/** What one change did to the cohorts it touched. */
export async function findPlacementPatch(
  trx: Trx,
  { networkId, boardId }: At,
  version: number,
): Promise<BoardPatch | undefined> {
  const row = await trx
    .selectFrom('placement_change')
    .select(sql`change -> 'patch'`.as('patch'))
    .where('network_id', '=', networkId)
    .where('board_id', '=', boardId)
    .where('version', '=', version)
    .executeTakeFirst()
  return row?.patch ? BoardPatch.parse(row.patch) : undefined
}

/** Names of the network's cohorts, in lower case: a new cohort needs another. */
export async function cohortNames(db: Db | Trx, networkId: NetworkId): Promise<string[]> {
  const found = await db
    .selectFrom('cohort')
    .select(sql<string>`lower(name)`.as('name'))
    .where('network_id', '=', networkId)
    .execute()
  return found.map(({ name }) => name)
}
