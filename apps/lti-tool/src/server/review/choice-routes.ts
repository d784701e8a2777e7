import type { Request, Router } from 'express'
import type { SpaceSession } from '@copractice/core/directory'
import * as contract from '@copractice/core/review'
import { routesFor } from '@copractice/http'
import * as review from '@copractice/services/review'
import type { Db } from '@copractice/store/database'

type Deps = Readonly<{
  db: Db
  clock: () => Date
  secrets: readonly string[]
  contextOf: (req: Request) => Promise<SpaceSession>
}>

const NOT_PARTICIPANT = { 'review.not_participant': 403 } as const

/** What somebody chose for themselves: reminders, and research. */
export function choiceRoutes({ db, clock, secrets, contextOf }: Deps): Router {
  const { router, serve } = routesFor(contextOf)
  serve(contract.showReminderChoiceRoute, {}, ({ context: { actor } }) => review.showReminderChoice(db, actor))
  serve(contract.chooseRemindersRoute, {}, ({ body, context: { actor } }) =>
    review.chooseReminders(db, actor, body.wants, clock()),
  )
  serve(contract.showResearchConsentRoute, NOT_PARTICIPANT, ({ context: { actor, cohortId } }) =>
    review.showResearchConsent(db, actor, cohortId),
  )
  serve(contract.chooseResearchConsentRoute, NOT_PARTICIPANT, ({ body, context: { actor, cohortId } }) =>
    review.chooseResearchConsent(db, actor, { cohortId, ...body }, clock()),
  )

  const anybody = routesFor(async () => null)
  anybody.serve(contract.chooseRemindersByLinkRoute, { 'reminder.link_unknown': 410 }, ({ body }) =>
    review.chooseRemindersByToken({ db, secrets }, body, clock()),
  )
  anybody.serve(contract.stopRemindersRoute, { 'reminder.link_unknown': 410 }, ({ query }) =>
    review.chooseRemindersByToken({ db, secrets }, { ...query, wants: false }, clock()),
  )
  // Somebody who opens the address rather than posting to it gets the page that asks first.
  anybody.router.get(contract.stopRemindersRoute.path, (req, res) => {
    const { token } = req.query
    res.redirect(303, `/reminders#${typeof token === 'string' ? encodeURIComponent(token) : ''}`)
  })
  router.use(anybody.router)
  return router
}
