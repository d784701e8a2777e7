import { Router } from 'express'

const READS = new Set(['GET', 'HEAD', 'OPTIONS'])

/**
 * A request that changes something has to come from our own pages: a cookie alone proves only which browser it is. The
 * browser says where it comes from in Sec-Fetch-Site or in Origin; without either it is not one of our pages.
 */
export function sameOrigin(ownOrigin: string): Router {
  return Router().use((req, res, next) => {
    const site = req.get('sec-fetch-site')
    const isOurs = site === undefined ? req.get('origin') === ownOrigin : site === 'same-origin'
    if (READS.has(req.method) || isOurs) return next()
    res.status(403).json({ code: 'request.other_origin', facts: {} })
  })
}
