import type { Router } from 'express'
import {
  adminPlace,
  adminReach,
  chooseNetwork,
  endSession,
  grantsToChange,
  LINK_HOLDS_MINUTES,
  requestSignIn,
  signInToAdmin,
  whoAdministers,
} from '@copractice/core/directory'
import { ok, refuse } from '@copractice/core/kernel'
import { callerOf, routesFor } from '@copractice/http'
import type { EmailSignIn } from '@copractice/services/directory'
import { openStarted } from '@copractice/services/proposal'
import type { Db } from '@copractice/store/database'
import { listRegions, type Administrator } from '@copractice/store/directory'
import type { Administrators } from './administrator-of.ts'

type Deps = Readonly<{
  db: Db
  signIn: EmailSignIn
  administrators: Administrators
  clock: () => Date
}>

/** Signing in and out, and who somebody is here. */
export function sessionRoutes({ db, signIn, administrators, clock }: Deps): readonly Router[] {
  const anybody = routesFor(async () => null)

  anybody.serve(requestSignIn, { 'sign_in.too_many': 429 }, async ({ body, req }) => {
    const asked = await signIn.request(body.email, { address: callerOf(req), now: clock() })
    return asked.ok ? ok({ linkHoldsMinutes: LINK_HOLDS_MINUTES }) : asked
  })

  const spent = { 'sign_in.link_spent': 410, 'sign_in.too_many': 429, 'directory.no_grant': 403 }
  anybody.serve(signInToAdmin, spent, async ({ body, req, res }) => {
    const verified = await signIn.verify(body.token, { address: callerOf(req), now: clock() })
    if (!verified.ok) return verified
    const { email, people } = verified.value
    const opened = await openStarted(db, { email, token: body.token }, clock())
    // Grants can end between the mail and the click.
    if (!people.length && !opened) return refuse('directory.no_grant', {})
    res.append('set-cookie', verified.value.setCookies)
    return ok(undefined)
  })

  anybody.serve(endSession, {}, async ({ req, res }) => {
    res.append('set-cookie', await signIn.signOut(req.headers.cookie))
    return ok(undefined)
  })

  const known = routesFor(administrators.signedIn)
  known.serve(whoAdministers, {}, async ({ context: { email, everywhere, here } }) => {
    const networks = everywhere.map(({ network }) => network)
    const name = here?.name ?? everywhere[0]?.name ?? null
    const place = here ? await placeOf(db, here) : { reach: null, regions: [], institutions: [], isReadOnly: false }
    return ok({ name, email, network: here?.network ?? null, networks, ...place })
  })
  known.serve(chooseNetwork, { 'directory.not_found': 404 }, async ({ body, context, res }) => {
    const chosen = context.everywhere.find(({ network }) => network.id === body.networkId)
    if (!chosen) return refuse('directory.not_found', {})
    res.append('set-cookie', administrators.chooses(chosen.network.id))
    return ok(undefined)
  })
  return [anybody.router, known.router]
}

async function placeOf(db: Db, { actor }: Administrator) {
  const { regions, institutions } = adminReach(actor) ?? { regions: [], institutions: [] }
  return {
    reach: adminPlace(actor),
    regions: await listRegions(db, actor.networkId, regions),
    institutions: [...institutions],
    isReadOnly: actor.grants.length > 0 && grantsToChange(actor.grants).length === 0,
  }
}
