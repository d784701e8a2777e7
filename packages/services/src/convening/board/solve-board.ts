import { randomUUID } from 'node:crypto'
import {
  aroundPins,
  asBoard,
  diffBoards,
  EMPTY_BOARD,
  joinPins,
  keepsPins,
  withPins,
} from '@copractice/core/convening/board'
import { scorePlacement, type PlacedCohort, type PlacementProblem } from '@copractice/core/convening/placement'
import type { Actor } from '@copractice/core/directory'
import { ok, refuse, type ConveningId, type Refusal, type Result } from '@copractice/core/kernel'
import { findConveningToKeep } from '@copractice/store/convening'
import {
  cohortNames,
  failSolving,
  insertPlacementBoard,
  insertPlacementChange,
  listPeopleToPlace,
  lockPlacementBoard,
  takeBoardToSolve,
  tellSolving,
  updatePlacementBoard,
  type PlacementBoardKept,
  type SolveProgress,
} from '@copractice/store/convening/placement'
import type { Db } from '@copractice/store/database'
import { nudge } from '@copractice/store/notice'
import { notFound, scopeOf } from '../../directory/administrator.ts'
import { solvePlacement } from '../solve-placement.ts'
import { openPlacement, type NotNow } from './change-placement.ts'
import { loadPlacement, type Placement } from './load-placement.ts'

/** So many are placed while the coordinator waits: about a second. More are left to a job. */
const AT_ONCE = 24
/** A process that took a board and said nothing for so long has ended, and another takes it, so often in all. */
const LOST_MS = 2 * 60_000
const ATTEMPTS_AT_MOST = 3

type Asked = Readonly<{
  conveningId: ConveningId
  version: number
  seed: number
  policy: PlacementProblem['policy']
  keepPins: boolean
}>
type Asking = Readonly<{ version: number; state: 'solving' | 'open' | 'failed' }>
type SolveRefusal = NotNow | Refusal<'placement.nobody' | 'placement.committed', Readonly<Record<string, never>>>

/**
 * Asks for a board to be solved, and solves it at once when few are to be placed. Refuses `placement.nobody` while nobody
 * is registered and `placement.committed` once cohorts were made: those who come later are fitted in.
 */
export async function askToSolve(
  db: Db,
  actor: Actor,
  { conveningId, version, seed, policy, keepPins }: Asked,
  now: Date,
): Promise<Result<Asking, SolveRefusal>> {
  const where = { networkId: actor.networkId, conveningId }
  const asked = await db.transaction().execute(async (trx): Promise<Result<{ isSmall: boolean }, SolveRefusal>> => {
    if (!(await findConveningToKeep(trx, scopeOf(actor), conveningId))) return notFound()
    const { length: people } = await listPeopleToPlace(trx, where, now)
    if (!people) return refuse('placement.nobody', {})
    if (version === 0) await insertPlacementBoard(trx, where, { seed, policy, layout: EMPTY_BOARD })
    const opened = await openPlacement(trx, actor, { conveningId, version }, now)
    if (!opened.ok) return opened
    const { kept } = opened.value
    if (kept.layout.cohorts.some(({ cohortId }) => cohortId)) return refuse('placement.committed', {})
    const isSmall = people <= AT_ONCE
    await updatePlacementBoard(trx, kept, {
      state: 'solving',
      seed,
      policy,
      keepsPins: keepPins,
      progress: null,
      failure: null,
      solveAskedAt: now,
      solveAskedBy: actor.personId,
      solveTakenAt: isSmall ? now : null,
      solveAttempts: isSmall ? 1 : 0,
      solveToken: isSmall ? randomUUID() : null,
    })
    if (!isSmall) await nudge(trx, 'placements')
    return ok({ isSmall })
  })
  if (!asked.ok) return asked
  if (!asked.value.isSmall) return ok({ version, state: 'solving' })
  const solving = await loadPlacement(db, where, now)
  await solveBoard(db, solving!.kept, () => now)
  const solved = (await loadPlacement(db, where, now))!.kept
  return ok({ version: solved.version, state: solved.state === 'failed' ? 'failed' : 'open' })
}

/** Places people off the event loop; told in tests, where a solver is to be slow or to die. */
type Solver = (
  ...given: Parameters<typeof solvePlacement>
) => Promise<Readonly<{ cohorts: readonly PlacedCohort[]; bound: number }>>

/**
 * Solves every board that waits for it, one after the other: the body of the job. A board whose process ended with it, three
 * times, is given up as `placement.gave_up`: something about it ends whoever solves it.
 */
export async function solveDueBoards(db: Db, clock: () => Date, solver: Solver = solvePlacement): Promise<void> {
  for (;;) {
    const now = clock()
    const lost = new Date(now.getTime() - LOST_MS)
    const board = await takeBoardToSolve(db, { now, lost, mostAttempts: ATTEMPTS_AT_MOST })
    if (!board) return
    await solveBoard(db, board, clock, solver)
  }
}

/**
 * Solves one board and keeps the outcome, unless somebody asked anew meanwhile: of two who solve what one asked, the first to
 * be done, since both come to the same. A fault leaves it `failed`, as it was, unless another process took it since.
 */
async function solveBoard(
  db: Db,
  kept: PlacementBoardKept,
  clock: () => Date,
  solver: Solver = solvePlacement,
): Promise<void> {
  const where = { networkId: kept.networkId, conveningId: kept.conveningId }
  try {
    const placement = (await loadPlacement(db, where, clock()))!
    const tell = (progress: SolveProgress) => void tellSolving(db, kept, progress, clock()).catch(() => {})
    const solved = await solve(placement, kept.keepsPins, (problem) => solver(problem, undefined, tell))
    await keepSolved(db, placement, solved, clock())
  } catch (error) {
    await failSolving(db, kept)
    throw error
  }
}

type Solved = Readonly<{ cohorts: readonly PlacedCohort[]; bound: number; keeps: number }>

/** With pins: as wishes for the chair; where those cannot be kept, around the cohorts that hold a pin. */
async function solve(
  { problem, board }: Placement,
  isKeeping: boolean,
  place: (problem: PlacementProblem) => ReturnType<Solver>,
): Promise<Solved> {
  const keeps = isKeeping ? board.pinned.length : 0
  if (!keeps) return { ...(await place(problem)), keeps }
  const asWishes = await place(withPins(problem, board))
  if (keepsPins(board, asWishes.cohorts)) return { ...asWishes, keeps }
  const around = await place(aroundPins(problem, board))
  const cohorts = joinPins(problem, board, around.cohorts)
  // The first bound supposes the pins alone, so it holds for this answer too.
  return { cohorts, bound: Math.max(asWishes.bound, scorePlacement(problem, cohorts)), keeps }
}

function keepSolved(db: Db, before: Placement, { cohorts, bound, keeps }: Solved, now: Date): Promise<void> {
  const { kept, fingerprint } = before
  const { networkId, conveningId } = kept
  return db.transaction().execute(async (trx) => {
    const board = await lockPlacementBoard(trx, { networkId, conveningId })
    const isStill = board?.state === 'solving' && board.solveAskedAt?.getTime() === kept.solveAskedAt?.getTime()
    if (!isStill) return
    const old = kept.keepsPins ? board.layout : { ...board.layout, pinned: [] }
    const layout = asBoard(old, cohorts, await cohortNames(trx, networkId))
    const version = board.version + 1
    const count = layout.cohorts.reduce((sum, { members }) => sum + members.length, 0)
    await insertPlacementChange(
      trx,
      { networkId, boardId: board.id },
      {
        version,
        kind: 'solved',
        of: null,
        at: now,
        byId: board.solveAskedBy!,
        told: { people: [], from: null, to: null, count },
        patch: diffBoards(board.layout, layout),
      },
    )
    await updatePlacementBoard(trx, board, {
      version,
      state: 'open',
      layout,
      bound,
      solvedFor: fingerprint,
      solvedWith: keeps,
      solvedAt: now,
      progress: null,
    })
  })
}
