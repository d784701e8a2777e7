import type { Router } from 'express'
import * as contract from '@copractice/core/convening/board'
import { routesFor } from '@copractice/http'
import * as board from '@copractice/services/convening/board'
import type { Db } from '@copractice/store/database'
import type { Administrators } from '../directory/administrator-of.ts'

type Deps = Readonly<{ db: Db; administrators: Administrators; clock: () => Date; spaceUrl: string }>

const NOT_FOUND = { 'directory.not_found': 404 } as const
const NOT_NOW = { ...NOT_FOUND, 'placement.changed': 409, 'placement.solving': 409 } as const
const BLOCKED = Object.fromEntries(contract.BOARD_BLOCKS.map((code) => [code, 409])) as Record<
  (typeof contract.BOARD_BLOCKS)[number],
  409
>

/** The placement board of a convening. */
export function placementRoutes({ db, administrators, clock, spaceUrl }: Deps): Router {
  const { router, serve } = routesFor(administrators.actorOf)
  serve(contract.showPlacement, NOT_FOUND, ({ context, params }) =>
    board.showPlacement(db, context, params.conveningId, clock()),
  )
  serve(
    contract.solvePlacementRoute,
    { ...NOT_NOW, 'placement.nobody': 409, 'placement.committed': 409 },
    ({ context, params, body }) => board.askToSolve(db, context, { ...params, ...body }, clock()),
  )
  serve(contract.changePlacement, { ...NOT_NOW, ...BLOCKED }, ({ context, params, body }) =>
    board.changePlacement(db, context, { ...params, ...body }, clock()),
  )
  serve(
    contract.stepPlacement,
    { ...NOT_NOW, 'placement.nothing_to_step': 409, 'placement.step_blocked': 409 },
    ({ context, params, body }) => board.stepPlacement(db, context, { ...params, ...body }, clock()),
  )
  serve(contract.weighPlacement, { ...NOT_FOUND, 'placement.unknown': 404 }, ({ context, params }) =>
    board.weighPerson(db, context, params, clock()),
  )
  serve(
    contract.commitPlacement,
    {
      ...NOT_NOW,
      'placement.nothing': 409,
      'placement.broken': 409,
      'placement.no_slot': 422,
      'placement.seat_taken': 409,
      'cohort.blocked': 409,
      'cohort.needs_reason': 409,
      'cohort.name_taken': 409,
      'cohort.person_unknown': 422,
    },
    ({ context, params, body }) => board.commitPlacement({ db, spaceUrl }, context, { ...params, ...body }, clock()),
  )
  return router
}
