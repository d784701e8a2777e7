import type { Response, Router } from 'express'
import * as contract from '@copractice/core/convening'
import { ok } from '@copractice/core/kernel'
import { callerOf, routesFor } from '@copractice/http'
import * as convening from '@copractice/services/convening'
import { allowUnprovedMail } from '@copractice/services/notice'
import type { Db } from '@copractice/store/database'

type Deps = Readonly<{ db: Db; clock: () => Date; secret: string; adminUrl: string }>

const NOT_FOUND = { 'convening.not_found': 404 } as const
const WHILE_IT_LASTS = { ...NOT_FOUND, 'convening.over': 409 } as const

/** For whoever holds the link of a badge, or left an address to hear of dates: no sign-in, and nothing of anybody else. */
export function badgeRoutes({ db, clock, secret, adminUrl: origin }: Deps): Router {
  const { router, serve } = routesFor(async () => null)
  serve(contract.showBadge, NOT_FOUND, ({ params }) => convening.showBadge(db, params, clock()))
  const choosing = { ...WHILE_IT_LASTS, 'session.unknown': 422, 'session.overlap': 422 }
  serve(contract.chooseMySessions, choosing, ({ params, body }) =>
    convening.chooseMySessions(db, { ...params, ...body, origin }, clock()),
  )
  serve(contract.stateMyNeeds, WHILE_IT_LASTS, ({ params, body }) =>
    convening.stateMyNeeds(db, { ...params, ...body }, clock()),
  )
  const wishing = { ...WHILE_IT_LASTS, 'wishes.settled': 409, 'wishes.own_address': 422, 'wishes.with_and_apart': 422 }
  serve(contract.stateMyWishes, wishing, ({ params, body }) =>
    convening.stateMyWishes(db, { ...params, ...body }, clock()),
  )
  serve(contract.giveUpMyPlace, WHILE_IT_LASTS, ({ params }) =>
    convening.giveUpMyPlace(db, { ...params, origin }, clock()),
  )
  const answering = { ...NOT_FOUND, 'feedback.not_yet': 409, 'feedback.no_place': 409 }
  serve(contract.giveFeedback, answering, ({ params, body }) =>
    convening.giveFeedback(db, { ...params, answer: body }, clock()),
  )

  const asking = { ...NOT_FOUND, 'convening.has_dates': 409, 'convening.too_many': 429, 'notice.too_many_mails': 429 }
  serve(contract.askToBeTold, asking, async ({ params, body, req }) => {
    const now = clock()
    const address = callerOf(req)
    const limited = await convening.limitRegistrations(db, secret, { ...body, address, now })
    if (!limited.ok) return limited
    return convening.askToBeTold(
      db,
      { ...params, ...body, origin, mailAllowed: allowUnprovedMail(secret, address) },
      now,
    )
  })
  serve(contract.confirmToBeTold, NOT_FOUND, ({ params }) =>
    convening.confirmToBeTold(db, { ...params, origin }, clock()),
  )
  serve(contract.stopBeingTold, NOT_FOUND, ({ params }) => convening.stopBeingTold(db, params))

  const calendar = (res: Response) => res.type('text/calendar; charset=utf-8')
  serve(contract.publicFlyer, NOT_FOUND, async ({ params, res }) => {
    const made = await convening.publicFlyer(db, { ...params, origin }, clock())
    return made.ok ? sendPdf(res, made.value) : made
  })
  serve(contract.publicCalendar, NOT_FOUND, async ({ params, res }) => {
    const made = await convening.publicCalendar(db, { ...params, origin }, clock())
    if (made.ok) calendar(res).send(made.value)
    return made
  })
  serve(contract.myCalendar, NOT_FOUND, async ({ params, res }) => {
    const made = await convening.myCalendar(db, { ...params, origin }, clock())
    if (made.ok) calendar(res).send(made.value)
    return made
  })
  return router
}

/** Shown in the browser; saved under a name of its own. */
export function sendPdf(res: Response, pdf: Buffer) {
  res.setHeader('content-disposition', 'inline; filename="flyer.pdf"')
  res.type('application/pdf').send(pdf)
  return ok('')
}
