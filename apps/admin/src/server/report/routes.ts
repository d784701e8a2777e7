import type { Response, Router } from 'express'
import * as contract from '@copractice/core/report'
import { routesFor } from '@copractice/http'
import * as report from '@copractice/services/report'
import type { Db } from '@copractice/store/database'
import type { Administrators } from '../directory/administrator-of.ts'

type Deps = Readonly<{ db: Db; administrators: Administrators; clock: () => Date }>

const NOT_FOUND = { 'directory.not_found': 404 } as const

/** The report, its parts as CSV, and the export for research. */
export function reportRoutes({ db, administrators, clock }: Deps): Router {
  const { router, serve } = routesFor(administrators.actorOf)

  serve(contract.showReport, NOT_FOUND, ({ context, query }) => report.buildReport(db, context, query, clock()))
  serve(contract.exportReport, NOT_FOUND, async ({ context, params, query, res }) => {
    const written = await report.exportReport(db, context, { ...params, asked: query }, clock())
    if (written.ok) sendCsv(res, params.part, written.value)
    return written
  })
  const research = { ...NOT_FOUND, 'report.too_few_consent': 409 } as const
  serve(contract.exportForResearch, research, async ({ context, query, res }) => {
    const written = await report.exportForResearch(db, context, query, clock())
    if (written.ok) sendCsv(res, 'research', written.value)
    return written
  })
  return router
}

function sendCsv(res: Response, name: string, text: string): void {
  res.set('content-disposition', `attachment; filename="${name}.csv"`).type('text/csv; charset=utf-8').send(text)
}
