import type { Router } from 'express'
import {
  chooseMyCohort,
  editMe,
  endSession,
  getSession,
  LINK_HOLDS_MINUTES,
  listMyCohorts,
  renewSession,
  requestSignIn,
  resumeSession,
  verifySignIn,
} from '@copractice/core/directory'
import { ok, refuse } from '@copractice/core/kernel'
import { callerOf, routesFor, Unauthenticated, type StatusOf } from '@copractice/http'
import * as directory from '@copractice/services/directory'
import type { Db } from '@copractice/store/database'
import { pageOfMyCohorts, updatePerson } from '@copractice/store/directory'
import { sessionContext } from '../session-context.ts'

export type DirectoryDeps = Readonly<{ db: Db; clock: () => Date; signIn: directory.EmailSignIn }>

/** The session itself and the person it is of. */
export function sessionRoutes({ db, clock, signIn }: DirectoryDeps): Router {
  const { router, serve } = routesFor(sessionContext(db, clock))

  serve(getSession, {}, async ({ context }) => ok(await directory.showSession(db, context, clock())))
  serve(renewSession, {}, async ({ context }) => ok(await directory.renewSession(db, context, clock())))
  serve(endSession, {}, async ({ context, req, res }) => {
    await directory.endSession(db, context, clock())
    // Who signed in by e-mail would otherwise be back at the next page.
    const cleared = context.courseLinkId ? [] : await signIn.signOut(req.headers.cookie)
    for (const cookie of cleared) res.append('set-cookie', cookie)
    return ok(undefined)
  })
  serve(editMe, { 'session.anonymous': 403 }, async ({ context, body }) =>
    ok(await updatePerson(db, context.actor, body)),
  )
  serve(listMyCohorts, {}, async ({ context, query }) => ok(await pageOfMyCohorts(db, context.actor, query)))

  const CHOOSE: StatusOf<typeof chooseMyCohort> = { 'cohort.unknown': 404, 'session.from_course': 409 }
  serve(chooseMyCohort, CHOOSE, async ({ context, body }) => {
    const chosen = await directory.chooseMyCohort(db, context, body.cohortId)
    return chosen.ok ? ok(await directory.showSession(db, chosen.value, clock())) : chosen
  })
  return router
}

/** Sign-in by e-mail, for people without an LMS. Nobody has a session here yet. */
export function signInRoutes({ db, clock, signIn }: DirectoryDeps): Router {
  const { router, serve } = routesFor(async () => null)
  const asking = (req: { ip?: string | undefined }) => ({ address: callerOf(req), now: clock() })

  serve(requestSignIn, { 'sign_in.too_many': 429 }, async ({ body, req }) => {
    const asked = await signIn.request(body.email, asking(req))
    return asked.ok ? ok({ linkHoldsMinutes: LINK_HOLDS_MINUTES }) : asked
  })

  const VERIFY: StatusOf<typeof verifySignIn> = { 'sign_in.link_spent': 410, 'sign_in.too_many': 429 }
  serve(verifySignIn, VERIFY, async ({ body, req, res }) => {
    const verified = await signIn.verify(body.token, asking(req))
    if (!verified.ok) return verified
    const opened = await directory.openByEmail(db, verified.value.people, clock())
    if (!opened.ok) return refuse('sign_in.link_spent', {})
    for (const cookie of verified.value.setCookies) res.append('set-cookie', cookie)
    return opened
  })

  serve(resumeSession, {}, async ({ req }) => {
    const known = await signIn.whoIs(req.headers.cookie)
    const opened = known && (await directory.openByEmail(db, known.people, clock()))
    if (!opened?.ok) throw new Unauthenticated()
    return opened
  })
  return router
}
