import { randomBytes } from 'node:crypto'
import {
  conveningSlug,
  decideConvening,
  decideWindow,
  needsKeptUntil,
  openRegistration,
  type ConveningDetails,
} from '@copractice/core/convening'
import type { Actor } from '@copractice/core/directory'
import { ok, refuse, type ConveningId } from '@copractice/core/kernel'
import type { Db, Trx } from '@copractice/store/database'
import {
  findConveningToKeep,
  findSeries,
  insertConvening,
  keepNeedsUntil,
  lockConvening,
  sessionsOf,
  updateConvening,
} from '@copractice/store/convening'
import { administersRegion, audit, notFound, scopeOf } from '../directory/administrator.ts'
import { tellOfDates } from './notify-me.ts'

/** The details as they are kept, with the series they name; refused where they break a rule of their own or the series'. */
async function decide(trx: Trx, { networkId }: Actor, { series = null, ...details }: ConveningDetails) {
  const decided = decideConvening(details)
  if (!decided.ok) return decided
  const found = series === null ? undefined : await findSeries(trx, networkId, series)
  if (series !== null && !found) return refuse('convening.series_unknown', {})
  const { startsAt, endsAt, timeZone } = details
  const spans = startsAt && endsAt ? [{ startsAt, endsAt }] : []
  const inside = decideWindow(found?.window ?? null, timeZone, spans)
  return inside.ok
    ? ok({ kept: { ...decided.value, seriesId: found?.id ?? null }, window: found?.window ?? null })
    : inside
}

/** A new convening is a draft: nobody outside sees it until registration is opened. */
export function createConvening(db: Db, actor: Actor, details: ConveningDetails, now: Date) {
  return db.transaction().execute(async (trx) => {
    if (!(await administersRegion(trx, actor, details.regionId))) return notFound()
    const decided = await decide(trx, actor, details)
    if (!decided.ok) return decided
    const slug = conveningSlug(details.name, randomBytes(3).toString('hex'))
    const id = await insertConvening(trx, actor.networkId, { ...decided.value.kept, slug })
    const facts = { name: details.name, regionId: details.regionId }
    await audit(trx, actor, { action: 'convening.created', subject: `convening:${id}`, facts }, now)
    return ok({ id })
  })
}

type Edit = Readonly<{ conveningId: ConveningId; details: ConveningDetails; origin: string }>

/**
 * Fewer places than people registered takes nobody's place away; the waitlist simply waits longer. Sessions stay within
 * the dates. When dates are set for the first time, whoever asked to be told is written to.
 */
export function editConvening(db: Db, actor: Actor, { conveningId, details, origin }: Edit, now: Date) {
  return db.transaction().execute(async (trx) => {
    const found = await findConveningToKeep(trx, scopeOf(actor), conveningId)
    if (!found || !(await administersRegion(trx, actor, details.regionId))) return notFound()
    const decided = await decide(trx, actor, details)
    if (!decided.ok) return decided
    const { kept, window } = decided.value
    const { startsAt, endsAt } = kept
    if (!startsAt && (found.status === 'open' || found.status === 'closed')) return refuse('convening.no_dates', {})
    const where = { networkId: actor.networkId, conveningId }
    await lockConvening(trx, actor.networkId, conveningId)
    const sessions = await sessionsOf(trx, where)
    const isOutside = (one: { startsAt: Date; endsAt: Date }) =>
      !startsAt || !endsAt || one.startsAt < startsAt || one.endsAt > endsAt
    const outside = sessions.find(isOutside)
    if (outside) return refuse('convening.sessions_outside', { title: outside.title })
    const within = decideWindow(window, kept.timeZone, sessions)
    if (!within.ok) return within
    await updateConvening(trx, actor.networkId, conveningId, kept)
    await keepNeedsUntil(trx, where, needsKeptUntil(endsAt, now))
    if (!found.startsAt && startsAt) {
      const told = { name: kept.name, network: found.network, slug: found.slug, startsAt, timeZone: kept.timeZone }
      await tellOfDates(trx, where, { convening: told, origin }, now)
    }
    const facts = { name: details.name, regionId: details.regionId }
    await audit(trx, actor, { action: 'convening.edited', subject: `convening:${conveningId}`, facts }, now)
    return ok(undefined)
  })
}

type Registration = Readonly<{ conveningId: ConveningId; status: 'announced' | 'open' | 'closed' }>

const ACTIONS = {
  announced: 'convening.announced',
  open: 'convening.registration_opened',
  closed: 'convening.registration_closed',
} as const

/** Announced: the public page shows it, nobody registers, and whoever asks hears of the dates. */
export function setRegistration(db: Db, actor: Actor, { conveningId, status }: Registration, now: Date) {
  return db.transaction().execute(async (trx) => {
    const found = await findConveningToKeep(trx, scopeOf(actor), conveningId)
    if (!found) return notFound()
    if (status === 'closed' && !found.startsAt) return refuse('convening.no_dates', {})
    const opening = status === 'open' ? openRegistration(found, now) : undefined
    if (opening && !opening.ok) return opening
    await updateConvening(trx, actor.networkId, conveningId, { status })
    const facts = { name: found.name, regionId: found.region.id }
    const action = ACTIONS[status]
    await audit(trx, actor, { action, subject: `convening:${conveningId}`, facts }, now)
    return ok(undefined)
  })
}
