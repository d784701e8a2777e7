import {
  answerOf,
  applyPatch,
  changeBoard,
  diffBoards,
  standingOf,
  unplacedOf,
  withoutStrangers,
  type Board,
  type BoardBlock,
  type BoardChange,
  type BoardEntry,
  type ChangeSeen,
  type Reason,
} from '@copractice/core/convening/board'
import { checkPlacement } from '@copractice/core/convening/placement'
import type { Actor } from '@copractice/core/directory'
import { ok, refuse, type ConveningId, type Refusal, type Result } from '@copractice/core/kernel'
import { findConveningToKeep } from '@copractice/store/convening'
import {
  cohortNames,
  findPlacementPatch,
  insertPlacementChange,
  listPlacementChanges,
  updatePlacementBoard,
  type ChangeTold,
} from '@copractice/store/convening/placement'
import type { Db, Trx } from '@copractice/store/database'
import { notFound, scopeOf } from '../../directory/administrator.ts'
import { cohortOf, loadPlacement, nameOf, type Placement } from './load-placement.ts'
import { changeSeen } from './show-placement.ts'
import { tellReason } from './tell-reason.ts'

export type NotNow =
  | ReturnType<typeof notFound>['refusal']
  | Refusal<'placement.changed', Readonly<{ version: number; changes: ChangeSeen[] }>>
  | Refusal<'placement.solving', Readonly<Record<string, never>>>

/**
 * The board, locked for the caller's transaction, if it is still as the actor saw it. Refuses `placement.changed` with
 * what others did since, so that who comes second knows what happened.
 */
export async function openPlacement(
  trx: Trx,
  actor: Actor,
  { conveningId, version }: Readonly<{ conveningId: ConveningId; version: number }>,
  now: Date,
): Promise<Result<Placement, NotNow>> {
  if (!(await findConveningToKeep(trx, scopeOf(actor), conveningId))) return notFound()
  const where = { networkId: actor.networkId, conveningId }
  const placement = await loadPlacement(trx, where, now, true)
  if (!placement) return notFound()
  const { kept } = placement
  if (kept.state === 'solving') return refuse('placement.solving', {})
  if (kept.version === version) return ok(placement)
  const at = { networkId: actor.networkId, boardId: kept.id }
  const since = await listPlacementChanges(trx, at, { after: version, limit: 20 })
  return refuse('placement.changed', { version: kept.version, changes: since.map(changeSeen(actor)) })
}

type Asked<What> = Readonly<{ conveningId: ConveningId; version: number }> & What
type Told<Code extends string> = Refusal<Code, Reason['facts']>

/** One change by one person, by the rules of the board. */
export function changePlacement(
  db: Db,
  actor: Actor,
  asked: Asked<Readonly<{ change: BoardChange }>>,
  now: Date,
): Promise<Result<{ version: number }, NotNow | Told<BoardBlock['code']>>> {
  return db
    .transaction()
    .execute(async (trx): Promise<Result<{ version: number }, NotNow | Told<BoardBlock['code']>>> => {
      const opened = await openPlacement(trx, actor, asked, now)
      if (!opened.ok) return opened
      const { change } = asked
      const placement = opened.value
      const names = change.kind === 'rename' || change.kind === 'fit' ? await cohortNames(trx, actor.networkId) : []
      const changed = changeBoard(placement.problem, placement.board, change, names)
      if (!changed.ok) {
        const { code } = changed.refusal
        return { ok: false, refusal: { code, facts: tellReason(placement, changed.refusal).facts } }
      }
      return ok(await keepChange(trx, actor, placement, changed.value, { kind: change.kind, of: null }, now))
    })
}

/** Takes the latest change back, whoever made it, or brings it again. */
export function stepPlacement(
  db: Db,
  actor: Actor,
  asked: Asked<Readonly<{ step: 'undo' | 'redo' }>>,
  now: Date,
): Promise<Result<{ version: number }, NotNow | Refusal<'placement.nothing_to_step' | 'placement.step_blocked'>>> {
  return db.transaction().execute(async (trx) => {
    const opened = await openPlacement(trx, actor, asked, now)
    if (!opened.ok) return opened
    const placement = opened.value
    const { kept, board, problem } = placement
    const at = { networkId: actor.networkId, boardId: kept.id }
    const of = standingOf(await listPlacementChanges(trx, at))[asked.step]
    const patch = of === null ? undefined : await findPlacementPatch(trx, at, of)
    if (!patch) return refuse('placement.nothing_to_step', {})
    const side = asked.step === 'undo' ? 'before' : 'after'
    const stepped = withoutStrangers(problem, applyPatch(board, patch, side))
    const broken = (some: Board) =>
      checkPlacement(problem, { cohorts: answerOf(problem, some), unplaced: unplacedOf(problem, some) })
    const wrong = broken(stepped)
    if (wrong.length > broken(board).length) return refuse('placement.step_blocked', tellReason(placement, wrong[0]!))
    return ok(await keepChange(trx, actor, placement, stepped, { kind: asked.step, of }, now))
  })
}

/** Keeps the next version of a board, and a line of its history. */
async function keepChange(
  trx: Trx,
  actor: Actor,
  placement: Placement,
  next: Board,
  entry: Pick<BoardEntry, 'kind' | 'of'>,
  now: Date,
): Promise<{ version: number }> {
  const { kept, board } = placement
  const patch = diffBoards(board, next)
  if (!patch.before.cohorts.length && !patch.after.cohorts.length && sameOrder(board.pinned, next.pinned))
    return { version: kept.version }
  const version = kept.version + 1
  const at = { networkId: actor.networkId, boardId: kept.id }
  const told = tellChange(placement, next)
  await insertPlacementChange(trx, at, { ...entry, version, at: now, byId: actor.personId, told, patch })
  // What was proven with some people kept where they were says nothing of a board on which people moved since.
  const isProven = kept.solvedWith === 0 || told.count === 0
  await updatePlacementBoard(trx, { ...at, id: kept.id }, { version, layout: next, ...(!isProven && { bound: null }) })
  return { version }
}

const sameOrder = (one: readonly string[], other: readonly string[]) =>
  one.length === other.length && one.every((id, at) => id === other[at])

/** Who moved from where to where, by name; a change that moves nobody names the cohort or the person it was about. */
function tellChange(placement: Placement, next: Board): ChangeTold {
  const { board, problem } = placement
  const before = (id: string) => cohortOf(board, id)
  const after = (id: string) => cohortOf(next, id)
  const moved = problem.registrants.map(({ id }) => id).filter((id) => before(id)?.key !== after(id)?.key)
  const patch = diffBoards(board, next)
  const [old, made] = [patch.before.cohorts[0], patch.after.cohorts[0]]
  if (moved.length) {
    const only = (names: (string | undefined)[]) => (new Set(names).size === 1 ? (names[0] ?? null) : null)
    return {
      people: moved.slice(0, 3).map((id) => nameOf(placement, id)),
      from: only(moved.map((id) => before(id)?.name)),
      to: only(moved.map((id) => after(id)?.name)),
      count: moved.length,
    }
  }
  const pins = [...board.pinned, ...next.pinned].filter((id) => board.pinned.includes(id) !== next.pinned.includes(id))
  const about = made && made.chair !== old?.chair ? [made.chair] : pins
  return {
    people: about.slice(0, 3).map((id) => nameOf(placement, id)),
    from: old?.name ?? null,
    to: made?.name ?? null,
    count: 0,
  }
}
