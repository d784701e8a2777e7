import type { Router } from 'express'
import { ok, refuse } from '@copractice/core/kernel'
import * as contract from '@copractice/core/review'
import { routesFor } from '@copractice/http'
import * as review from '@copractice/services/review'
import type { ReviewDeps } from './routes.ts'

const RUNNING = { 'rubric.instructors_only': 403 } as const
const UNREADABLE = {
  'rubric.file_not_json': 422,
  'rubric.file_other_kind': 422,
  'rubric.file_other_version': 422,
  'rubric.file_not_readable': 422,
} as const
const FOUND = { ...RUNNING, 'rubric.not_found': 404 } as const

/** The network's library of rubrics. */
export function rubricRoutes({ db, clock, contextOf }: ReviewDeps): Router {
  const { router, serve } = routesFor(contextOf)

  serve(contract.listRubricsRoute, RUNNING, ({ query: { archived, ...query }, context: { actor } }) =>
    review.listRubrics(db, actor, { ...query, archived: archived === 'yes' }),
  )
  serve(contract.rubricTemplatesRoute, RUNNING, async ({ context: { actor } }) =>
    actor.courses.some(({ role }) => role === 'instructor')
      ? ok({ items: [...contract.rubricTemplates] })
      : refuse('rubric.instructors_only', {}),
  )
  serve(contract.importRubricRoute, { ...RUNNING, ...UNREADABLE }, ({ body, context: { actor } }) =>
    review.importRubric(db, actor, body.text, clock()),
  )
  serve(contract.createRubricRoute, RUNNING, ({ body, context: { actor } }) =>
    review.createRubric(db, actor, body, clock()),
  )
  serve(contract.showRubricRoute, FOUND, ({ params, context: { actor } }) =>
    review.showRubric(db, actor, params.rubricId),
  )
  serve(contract.compareRubricRoute, FOUND, ({ params, body, context: { actor } }) =>
    review.compareRubric(db, actor, { ...params, ...body }),
  )
  serve(
    contract.addRubricVersionRoute,
    { ...FOUND, 'rubric.unchanged': 409, 'rubric.changed_meanwhile': 409, 'rubric.archived': 409 },
    ({ params, body, context: { actor } }) => review.addRubricVersion(db, actor, { ...params, ...body }, clock()),
  )
  serve(contract.changeRubricRoute, FOUND, ({ params, body, context: { actor } }) =>
    review.changeRubric(db, actor, { ...params, ...body }, clock()),
  )
  serve(contract.exportRubricRoute, FOUND, ({ params, context: { actor } }) => review.exportRubric(db, actor, params))
  return router
}
