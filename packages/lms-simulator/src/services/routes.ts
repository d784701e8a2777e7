import { Router } from 'express'
import { keySet } from '../keys.ts'
import type { Platform } from '../platform.ts'
import { addLineItem, listLineItems, oneLineItem, tellLineItem } from './line-items.ts'
import { listMemberships, tellMemberships } from './memberships.ts'
import { listResults, tellResults } from './results.ts'
import { takeScore, tellScore } from './scores.ts'
import { serve } from './serve.ts'
import { grantToken, tellToken } from './token.ts'

/** What tools call from server to server: keys, tokens, roster, columns, scores, results. */
export function serviceRoutes(platform: Platform): Router {
  const { paths, servicePaths } = platform.dialect
  const router = Router()
  router.get(
    paths.jwks,
    ...serve(
      platform,
      'jwks',
      () => ({ message: 'Reads the key set' }),
      () => ({ status: 200, body: keySet(platform.state) }),
    ),
  )
  router.post(paths.token, ...serve(platform, 'token', tellToken, grantToken))
  router.get(servicePaths.memberships, ...serve(platform, 'memberships', tellMemberships, listMemberships))
  router.get(servicePaths.lineitems, ...serve(platform, 'lineitems', tellLineItem, listLineItems))
  router.post(servicePaths.lineitems, ...serve(platform, 'lineitems', tellLineItem, addLineItem))
  const one = serve(platform, 'lineitems', tellLineItem, oneLineItem)
  router.get(servicePaths.lineitem, ...one)
  router.put(servicePaths.lineitem, ...one)
  router.delete(servicePaths.lineitem, ...one)
  // Where a tool lands that writes /scores behind `?type_id=1` instead of before it.
  router.post(
    servicePaths.lineitem,
    ...serve(platform, 'lineitems', tellLineItem, () => ({
      status: 400,
      body: { error: 'POST' },
      reason: 'POST is not for a line item',
    })),
  )
  router.post(servicePaths.scores, ...serve(platform, 'scores', tellScore, takeScore))
  const results = serve(platform, 'results', tellResults, listResults)
  router.get(servicePaths.results, ...results)
  router.get(servicePaths.result, ...results)
  return router
}
