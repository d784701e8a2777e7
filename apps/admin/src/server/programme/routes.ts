import type { Router } from 'express'
import { mayAdminister, type Actor } from '@copractice/core/directory'
import { ok, refuse } from '@copractice/core/kernel'
import * as contract from '@copractice/core/programme'
import { routesFor } from '@copractice/http'
import * as programme from '@copractice/services/programme'
import type { Db } from '@copractice/store/database'
import type { Administrators } from '../directory/administrator-of.ts'

type Deps = Readonly<{ db: Db; administrators: Administrators; clock: () => Date }>

const NOT_FOUND = { 'directory.not_found': 404 } as const

/** A network's policy, its programmes, and the blueprints to start from. */
export function programmeRoutes({ db, administrators, clock }: Deps): Router {
  const { router, serve } = routesFor(administrators.actorOf)
  serve(contract.showProgramme, NOT_FOUND, ({ context }) => programme.showProgramme(db, context))
  serve(
    contract.changeLimits,
    { ...NOT_FOUND, 'programme.changed_meanwhile': 409, 'programme.nothing_changed': 422 },
    ({ context, body }) => programme.changeLimits(db, context, body, clock()),
  )
  serve(contract.showBlueprint, NOT_FOUND, async ({ context, params }) => {
    const blueprint = blueprintFor(context, params.name)
    return blueprint ? ok(makes(await programme.previewBlueprint(db, context.networkId, blueprint))) : notFound()
  })
  serve(contract.applyBlueprint, NOT_FOUND, async ({ context, params }) => {
    const blueprint = blueprintFor(context, params.name)
    return blueprint ? ok(makes(await programme.applyBlueprint(db, context, blueprint, clock()))) : notFound()
  })
  return router
}

const notFound = () => refuse('directory.not_found', {})

/** Blueprints are for those who administer the whole network. */
const blueprintFor = (actor: Actor, name: string) =>
  mayAdminister(actor, { kind: 'network' }) ? programme.readBlueprint(name) : undefined

const makes = ({ policy, series, credentials, templates }: contract.BlueprintPlan) => ({
  limits: [...(policy?.changes ?? [])],
  series: [...series],
  credentials: [...credentials],
  templates: [...templates],
})
