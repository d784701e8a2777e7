import type { Router } from 'express'
import {
  addConnection,
  inviteLmsAdministrator,
  mayAdminister,
  setConnectionStatus,
  showInstitution,
} from '@copractice/core/directory'
import { ok, refuse } from '@copractice/core/kernel'
import { routesFor } from '@copractice/http'
import * as connection from '@copractice/services/connection'
import { scopeOf } from '@copractice/services/directory'
import type { Db } from '@copractice/store/database'
import { findInstitution } from '@copractice/store/directory'
import type { Administrators } from '../directory/administrator-of.ts'

type Deps = Readonly<{ db: Db; administrators: Administrators; clock: () => Date; spaceUrl: string }>

const NOT_FOUND = { 'directory.not_found': 404 } as const

/** One institution's page: its LMSs, the invite for their administrator. */
export function connectionRoutes({ db, administrators, clock, spaceUrl }: Deps): Router {
  const { router, serve } = routesFor(administrators.actorOf)

  serve(showInstitution, NOT_FOUND, async ({ context, params: { institutionId } }) => {
    const now = clock()
    const found = await findInstitution(db, scopeOf(context), institutionId, now)
    if (!found) return refuse('directory.not_found', {})
    const connections = await connection.listConnections(db, context, institutionId, now)
    if (!connections.ok) return connections
    const invites = await connection.listOpenInvites(db, context, institutionId, now)
    if (!invites.ok) return invites
    const regionId = found.region?.id ?? null
    const canEdit = mayAdminister(context, { kind: 'institution', institutionId, regionId })
    return ok({ ...found, canEdit, connections: connections.value, invites: invites.value })
  })
  serve(inviteLmsAdministrator, NOT_FOUND, ({ context, params }) =>
    connection.inviteLmsAdministrator(db, context, { ...params, spaceUrl }, clock()),
  )
  serve(
    addConnection,
    { ...NOT_FOUND, 'connection.already_registered': 409, 'connection.addresses_elsewhere': 422 },
    async ({ context, params: { institutionId }, body: { deploymentId, ...details } }) => {
      const added = await connection.addConnection(db, context, { institutionId, deploymentId, details }, clock())
      return added.ok ? ok({ id: added.value.platformId }) : added
    },
  )
  serve(setConnectionStatus, NOT_FOUND, ({ context, params, body }) =>
    connection.setConnectionStatus(db, context, { ...params, ...body }, clock()),
  )
  return router
}
