import type { Router } from 'express'
import * as contract from '@copractice/core/proposal'
import { callerOf, routesFor } from '@copractice/http'
import type { EmailSignIn } from '@copractice/services/directory'
import { allowUnprovedMail } from '@copractice/services/notice'
import * as proposal from '@copractice/services/proposal'
import type { Db } from '@copractice/store/database'

type Deps = Readonly<{ db: Db; clock: () => Date; secret: string; prove: EmailSignIn['prove'] }>

/** The directory of approved communities and the start-your-own form: no sign-in, and nothing of who writes what. */
export function publicProposalRoutes({ db, clock, secret, prove }: Deps): Router {
  const { router, serve } = routesFor(async () => null)

  serve(contract.listCommunities, {}, ({ query }) => proposal.listCommunities(db, query, clock()))
  serve(contract.showCommunity, { 'community.not_found': 404 }, ({ params }) =>
    proposal.showCommunity(db, params.slug, clock()),
  )
  serve(contract.showStart, {}, ({ query }) => proposal.showStart(db, query.network, clock()))
  const starting = {
    'start.network_unknown': 422,
    'start.institution_unknown': 422,
    'call.closed': 409,
    'start.too_many': 429,
    'notice.too_many_mails': 429,
  } as const
  serve(contract.startCommunity, starting, async ({ body, req }) => {
    const now = clock()
    const from = { email: body.email, address: callerOf(req), now }
    const limited = await proposal.limitStarts(db, secret, from)
    if (!limited.ok) return limited
    return proposal.startPublicly({ db, prove, mailAllowed: allowUnprovedMail(secret, from.address) }, body, now)
  })
  return router
}
