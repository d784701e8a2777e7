import { Router } from 'express'
import * as contract from '@copractice/core/meeting'
import { routesFor } from '@copractice/http'
import * as meeting from '@copractice/services/meeting'
import type { Db } from '@copractice/store/database'
import type { Administrators } from '../directory/administrator-of.ts'

type Deps = Readonly<{ db: Db; administrators: Administrators; clock: () => Date; adminUrl: string }>

const NOT_FOUND = { 'directory.not_found': 404 } as const

/** The season's calendar, its feed, and meetings moved by a coordinator. */
export function meetingRoutes({ db, administrators, clock, adminUrl }: Deps): Router {
  const { router, serve } = routesFor(administrators.actorOf)

  serve(contract.showSeason, { 'season.too_long': 422 }, ({ context, query }) => meeting.showSeason(db, context, query))
  serve(contract.showFeed, {}, ({ context }) => meeting.showFeed(db, context))
  serve(contract.makeFeed, {}, ({ context }) => meeting.makeFeed(db, context, adminUrl, clock()))
  serve(contract.endFeed, {}, ({ context }) => meeting.endFeed(db, context))

  serve(contract.checkMove, { ...NOT_FOUND, 'meeting.times': 422 }, ({ context, params, body }) =>
    meeting.checkMove(db, context, { ...params, ...body }),
  )
  const undoing = { ...NOT_FOUND, 'meeting.over': 409, 'meeting.moved_since': 409 } as const
  const moving = { ...undoing, 'meeting.not_moved': 409, 'meeting.times': 422, 'meeting.needs_reason': 409 } as const
  serve(contract.moveMeeting, moving, ({ context, params, body }) =>
    meeting.moveMeeting(db, context, { ...params, ...body }, clock()),
  )
  serve(contract.undoMove, undoing, ({ context, params }) => meeting.undoMove(db, context, params, clock()))
  return router
}

const FEED = /^\/calendar\/([\w-]{32})\.ics$/

/** Calendars of the season for calendar programmes, which bring no cookie: their address is the secret. */
export function feedRoutes({ db, clock }: Pick<Deps, 'db' | 'clock'>): Router {
  return Router().get(FEED, async (req, res) => {
    const text = await meeting.writeFeed(db, req.params[0]!, clock())
    if (text === undefined) return void res.status(404).type('text/plain').send('This calendar is not here.\n')
    res.set('cache-control', 'private, max-age=300').type('text/calendar; charset=utf-8').send(text)
  })
}
