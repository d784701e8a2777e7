import { createHash } from 'node:crypto'
import { isEligible } from '@copractice/core/cohort'
import {
  problemOfRegistrations,
  withoutStrangers,
  type Board,
  type BoardCohort,
} from '@copractice/core/convening/board'
import type { PlacementProblem } from '@copractice/core/convening/placement'
import type { ConveningId, NetworkId } from '@copractice/core/kernel'
import type { PolicyLimits } from '@copractice/core/programme'
import {
  findPlacementBoard,
  listPeopleToPlace,
  lockPlacementBoard,
  type PersonToPlace,
  type PlacementBoardKept,
} from '@copractice/store/convening/placement'
import type { Db, Trx } from '@copractice/store/database'
import { newestPolicy } from '@copractice/store/programme'

type Convening = Readonly<{ networkId: NetworkId; conveningId: ConveningId }>
type Policy = PlacementProblem['policy']

/** Who is registered now, and what the network's policy begins with. */
export type ToPlace = Readonly<{
  people: readonly PersonToPlace[]
  limits: PolicyLimits
  usual: Policy
}>

export async function loadToPlace(db: Db | Trx, convening: Convening, now: Date): Promise<ToPlace> {
  const people = await listPeopleToPlace(db, convening, now)
  const { limits } = await newestPolicy(db, convening.networkId)
  const seats = Math.min(200, limits.cohortSeats)
  const usual = {
    seats,
    minimum: Math.max(1, Math.min(seats, limits.cohortMinimum)),
    commonSlots: Math.max(1, Math.min(200, limits.minimumMeetings)),
  }
  return { people, limits, usual }
}

/** A board with the problem it answers, as registrations are now: who cancelled is gone from it. */
export type Placement = ToPlace &
  Readonly<{
    kept: PlacementBoardKept
    board: Board
    problem: PlacementProblem
    ineligible: readonly string[]
    assumed: Readonly<{ language: string; people: number }>
    byId: ReadonlyMap<string, PersonToPlace>
    /** The same for the same people, wishes and limits. */
    fingerprint: string
  }>

export function placementOf(toPlace: ToPlace, kept: PlacementBoardKept): Placement {
  const { people, limits } = toPlace
  const registered = people.map(({ id, institution, affiliation, tie, addresses, wishes }) => ({
    id,
    campus: institution.id,
    affiliation,
    addresses,
    wishes,
    isEligible: tie !== null && isEligible({ ...tie, institutionId: institution.id }, limits),
  }))
  const stated = problemOfRegistrations(registered, kept)
  const { policy, registrants } = stated.problem
  return {
    ...toPlace,
    ...stated,
    kept,
    board: withoutStrangers(stated.problem, kept.layout),
    byId: new Map(people.map((person) => [person.id, person])),
    fingerprint: createHash('sha256')
      .update(JSON.stringify([policy, registrants]))
      .digest('base64url'),
  }
}

/** Undefined while nobody has begun a board. `isLocked`: kept still until the caller's transaction ends. */
export async function loadPlacement(
  db: Db | Trx,
  convening: Convening,
  now: Date,
  isLocked = false,
): Promise<Placement | undefined> {
  const find = isLocked ? lockPlacementBoard(db as Trx, convening) : findPlacementBoard(db, convening)
  const kept = await find
  return kept && placementOf(await loadToPlace(db, convening, now), kept)
}

export const nameOf = ({ byId }: Pick<Placement, 'byId'>, id: string): string => byId.get(id)?.name ?? ''
export const cohortOf = ({ cohorts }: Board, id: string): BoardCohort | undefined =>
  cohorts.find(({ members }) => members.includes(id))
