import type { Request, Response, Router } from 'express'
import * as contract from '@copractice/core/connection'
import type { SpaceSession } from '@copractice/core/directory'
import { PlacingId } from '@copractice/core/kernel'
import { routesFor } from '@copractice/http'
import type { SignDeepLinkingAnswer } from '@copractice/lti'
import * as connection from '@copractice/services/connection'
import type { Db } from '@copractice/store/database'

export type PlacingDeps = Readonly<{
  db: Db
  clock: () => Date
  contextOf: (req: Request) => Promise<SpaceSession>
  sign: SignDeepLinkingAnswer
  publicUrl: string
  readIndexHtml: () => Promise<string>
}>

const ASKED = { 'placing.unknown': 404 } as const
const LINK = { 'course_link.unknown': 404, 'course_link.not_instructor': 403 } as const

/** Choosing what to place in a course, and deciding about links that came with a copied one. */
export function placingRoutes({ db, clock, contextOf, sign, publicUrl, readIndexHtml }: PlacingDeps): Router {
  const { router, serve } = routesFor(contextOf)
  serve(contract.showPlacing, ASKED, ({ params, context: { actor } }) =>
    connection.showPlacing(db, actor, params.placingId, clock()),
  )
  serve(contract.listPlaceable, ASKED, ({ params, query, context: { actor } }) =>
    connection.listPlaceable(db, actor, { ...params, ...query }, clock()),
  )
  serve(
    contract.answerPlacing,
    { ...ASKED, 'placing.links_not_taken': 409, 'placing.too_many': 409, 'placing.not_offered': 409 },
    ({ params, body, context: { actor } }) =>
      connection.answerPlacing({ db, sign, publicUrl }, actor, { ...params, ...body }, clock()),
  )
  serve(contract.showCopy, LINK, ({ context }) => connection.showCopy(db, context))
  serve(
    contract.settleCopy,
    {
      ...LINK,
      'course_link.not_copied': 409,
      'course_link.bound_elsewhere': 409,
      'cohort.unknown': 404,
      'cohort.closed': 409,
    },
    ({ body, context }) => connection.settleCopy(db, context, body, clock()),
  )
  // The page again, after a reload: it needs the header that lets it post to the LMS.
  router.get('/place/:placingId', async (req, res) => {
    await letPagePost(res, { db, clock }, req.params.placingId)
    res
      .set('cache-control', 'no-store')
      .type('html')
      .send(await readIndexHtml())
  })
  return router
}

/** Adds the LMS's origin, and nothing else, to where the forms of this one page may go. */
export async function letPagePost(res: Response, { db, clock }: Pick<PlacingDeps, 'db' | 'clock'>, placingId: string) {
  const id = PlacingId.safeParse(placingId)
  const origin = id.success ? await connection.returnOrigin(db, id.data, clock()) : undefined
  if (!origin) return
  const policy = String(res.getHeader('content-security-policy'))
  if (!policy.includes("form-action 'self'")) throw new Error('The page has no form-action to add an origin to')
  res.setHeader('content-security-policy', policy.replace("form-action 'self'", `form-action 'self' ${origin}`))
}
