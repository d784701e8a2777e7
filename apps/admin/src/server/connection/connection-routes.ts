import type { Router } from 'express'
import {
  checkConnection,
  confirmAddresses,
  findRefusal,
  listSigningKeys,
  rotateSigningKeys,
  saveDeployment,
  setLaunchPolicy,
  showConnection,
  showToolDetails,
} from '@copractice/core/connection'
import { ok } from '@copractice/core/kernel'
import { routesFor } from '@copractice/http'
import { toolDetails, type Lti } from '@copractice/lti'
import * as connection from '@copractice/services/connection'
import type { Db } from '@copractice/store/database'
import type { Administrators } from '../directory/administrator-of.ts'

type Deps = Readonly<{
  db: Db
  lti: Lti
  administrators: Administrators
  clock: () => Date
  spaceUrl: string
  /** 0: keys stay until somebody rotates them. */
  keyRotationDays: number
}>

const NOT_FOUND = { 'directory.not_found': 404 } as const

/** One LMS connection's page with its self-test, refusals by reference, the tool's own addresses and keys. */
export function oneConnectionRoutes({ db, lti, administrators, clock, spaceUrl, keyRotationDays }: Deps): Router {
  const { router, serve } = routesFor(administrators.actorOf)

  serve(showConnection, NOT_FOUND, ({ context, params }) => connection.showConnection(db, context, params, clock()))
  serve(checkConnection, { ...NOT_FOUND, 'connection.check_running': 409 }, ({ context, params }) =>
    connection.checkConnection({ db, lti, clock }, context, params),
  )
  serve(saveDeployment, NOT_FOUND, ({ context, params, body }) =>
    connection.saveDeployment(db, context, { ...params, ...body }, clock()),
  )
  serve(setLaunchPolicy, NOT_FOUND, ({ context, params, body }) =>
    connection.setLaunchPolicy(db, context, { ...params, ...body }, clock()),
  )
  serve(confirmAddresses, { ...NOT_FOUND, 'connection.addresses_changed': 409 }, ({ context, params, body }) =>
    connection.confirmAddresses(db, context, { ...params, ...body }, clock()),
  )
  serve(findRefusal, { 'refusal.unknown': 404 }, ({ context, params }) =>
    connection.findRefusal(db, context, params.reference),
  )
  serve(showToolDetails, {}, async () => ok(toolDetails(spaceUrl)))
  serve(listSigningKeys, NOT_FOUND, ({ context }) =>
    connection.listSigningKeys(db, context, { spaceUrl, rotatesEveryDays: keyRotationDays || null }, clock()),
  )
  serve(rotateSigningKeys, { ...NOT_FOUND, 'keys.rotated_recently': 409 }, ({ context }) =>
    connection.rotateSigningKeys({ db, lti }, context, clock()),
  )
  return router
}
