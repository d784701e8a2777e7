import type { Request, Router } from 'express'
import type { SpaceSession } from '@copractice/core/directory'
import { exportRoundRoute } from '@copractice/core/review'
import { ok } from '@copractice/core/kernel'
import { routesFor } from '@copractice/http'
import * as review from '@copractice/services/review'
import type { Db } from '@copractice/store/database'

type Deps = Readonly<{ db: Db; clock: () => Date; contextOf: (req: Request) => Promise<SpaceSession> }>

/** A round as a file, for those who run it. */
export function exportRoutes({ db, clock, contextOf }: Deps): Router {
  const { router, serve } = routesFor(contextOf)
  serve(
    exportRoundRoute,
    { 'review.not_found': 404, 'review.instructors_only': 403, 'review.too_few_consent': 409 },
    async ({ params, query, res, context: { actor } }) => {
      const exported = await review.exportRound(db, actor, { ...params, purpose: query.purpose }, clock())
      if (!exported.ok) return exported
      const { fileName, mediaType, bytes } = review.packExport(exported.value, query.form)
      res
        .set({
          'content-type': mediaType,
          'content-disposition': `attachment; filename="${fileName}"`,
          'x-content-type-options': 'nosniff',
          'cache-control': 'private, no-store',
        })
        .end(bytes)
      return ok(undefined)
    },
  )
  return router
}
