import {
  aloneIn,
  SolveFailure,
  answerOf,
  standingOf,
  unplacedOf,
  type BoardSeen,
  type ChangeSeen,
} from '@copractice/core/convening/board'
import { checkPlacement, explainUnplaced, scorePlacement } from '@copractice/core/convening/placement'
import type { Actor } from '@copractice/core/directory'
import { ok, type CohortId, type ConveningId } from '@copractice/core/kernel'
import { findConveningToKeep } from '@copractice/store/convening'
import {
  findPlacementBoard,
  giveUpSolving,
  listPlacementChanges,
  type PlacementChangeKept,
} from '@copractice/store/convening/placement'
import type { Db } from '@copractice/store/database'
import { notFound, scopeOf } from '../../directory/administrator.ts'
import { loadToPlace, placementOf, type Placement } from './load-placement.ts'
import { tellReason } from './tell-reason.ts'

const CHANGES_SHOWN = 8

/** The board of a convening as a coordinator sees it, with every reason as things are now; null before it is begun. */
export async function showPlacement(db: Db, actor: Actor, conveningId: ConveningId, now: Date) {
  const convening = await findConveningToKeep(db, scopeOf(actor), conveningId)
  if (!convening) return notFound()
  const where = { networkId: actor.networkId, conveningId }
  const kept = await findInTime(db, where, now)
  const toPlace = await loadToPlace(db, where, now)
  const { name, timeZone, startsAt } = convening
  const told = { convening: { name, timeZone, startsAt }, registered: toPlace.people.length, limits: toPlace.usual }
  if (!kept) return ok({ ...told, board: null })
  const changes = await listPlacementChanges(db, { networkId: actor.networkId, boardId: kept.id })
  return ok({ ...told, board: boardSeen(placementOf(toPlace, kept), changes, actor) })
}

/** A board that nothing takes up for so long, or that is not solved for longer, is given up, so that it can be solved again. */
const MOST_WAITING_MS = 5 * 60_000
const MOST_SOLVING_MS = 10 * 60_000

async function findInTime(db: Db, where: Parameters<typeof findPlacementBoard>[1], now: Date) {
  const found = await findPlacementBoard(db, where)
  const untaken = new Date(now.getTime() - MOST_WAITING_MS)
  if (found?.state !== 'solving' || !found.solveAskedAt || found.solveAskedAt >= untaken) return found
  await giveUpSolving(db, found, { untaken, unsolved: new Date(now.getTime() - MOST_SOLVING_MS) })
  return findPlacementBoard(db, where)
}

/** A change as others are told of it. */
export const changeSeen =
  ({ personId }: Pick<Actor, 'personId'>) =>
  ({ version, kind, at, by, told }: PlacementChangeKept): ChangeSeen => ({
    version,
    kind,
    at,
    by: by.name,
    isMine: by.id === personId,
    ...told,
  })

function boardSeen(placement: Placement, changes: readonly PlacementChangeKept[], actor: Actor): BoardSeen {
  const { kept, board, problem, people, assumed, ineligible, fingerprint } = placement
  const { version, state, seed, policy, solvedAt } = kept
  const cohorts = answerOf(problem, board)
  const byId = new Map(problem.registrants.map((person) => [person.id, person]))
  const broken = checkPlacement(problem, { cohorts, unplaced: unplacedOf(problem, board) })
  const blocksOf = (at: number, members: readonly string[]) =>
    broken.filter(({ facts }) =>
      'cohort' in facts ? facts.cohort === at : 'people' in facts && facts.people.some((id) => members.includes(id)),
    )
  const seated = new Set(board.cohorts.flatMap((cohort) => cohort.seated))
  const placed = new Set(board.cohorts.flatMap(({ members }) => members))
  const pinned = new Set(board.pinned)
  const objective = scorePlacement(problem, cohorts)
  const isKnown = kept.bound !== null && kept.solvedFor === fingerprint && kept.bound >= objective
  const { undo, redo } = standingOf(changes)
  const seen = changeSeen(actor)
  const change = (at: number | null) => {
    const found = changes.find((one) => one.version === at)
    return found ? seen(found) : null
  }
  const why = explainUnplaced(problem, cohorts).map((one) => ({
    id: one.id,
    why: tellReason(placement, one.why),
    cohort: one.why.code === 'placement.fits' ? board.cohorts[one.why.facts.cohort]!.key : null,
  }))
  return {
    version,
    state,
    seed,
    policy,
    cohorts: board.cohorts.map(({ key, name, cohortId, chair, members }, at) => ({
      key,
      name,
      cohortId: cohortId as CohortId | null,
      chair,
      members,
      slots: cohorts[at]!.slots,
      blocks: blocksOf(at, members).map((one) => tellReason(placement, one)),
      alone: aloneIn(members.flatMap((id) => byId.get(id) ?? [])),
    })),
    people: people.map(({ id, name, institution, affiliation, wishes, registeredAt }) => ({
      id,
      name,
      institution,
      affiliation,
      canChair: wishes.canChair,
      isPinned: pinned.has(id),
      isSeated: seated.has(id),
      isLate: solvedAt !== null && registeredAt > solvedAt,
    })),
    unplaced: [
      ...why,
      ...ineligible.map((id) => ({ id, why: { code: 'placement.ineligible', facts: {} }, cohort: null })),
    ],
    objective,
    bound: isKnown ? kept.bound : null,
    boundKeeps: kept.solvedWith,
    assumed,
    solving:
      state === 'solving' && kept.solveAskedAt
        ? { since: kept.solveAskedAt, ...(kept.progress ?? { step: 0, steps: 1, objective: null, bound: null }) }
        : null,
    failure: state === 'failed' ? (SolveFailure.safeParse(kept.failure).data ?? 'placement.fault') : null,
    undo: change(undo),
    redo: change(redo),
    changes: changes.slice(-CHANGES_SHOWN).toReversed().map(seen),
    committedAt: kept.committedAt,
    pending: {
      cohorts: board.cohorts.filter(({ cohortId }) => cohortId === null).length,
      people: placed.size - seated.size,
    },
  }
}
