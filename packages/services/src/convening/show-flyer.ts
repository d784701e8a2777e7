import type { Actor } from '@copractice/core/directory'
import { ok, refuse, type ConveningId } from '@copractice/core/kernel'
import { findConvening, findPublicConvening, sessionsOf, choicesOf } from '@copractice/store/convening'
import type { Db } from '@copractice/store/database'
import { notFound, scopeOf } from '../directory/administrator.ts'
import { writeEvents, type CalendarEvent } from '../meeting/write-calendar.ts'
import { composeFlyer } from './flyer/compose-flyer.ts'
import { printFlyer } from './flyer/print-flyer.ts'
import { badgeAddress } from './registration-mail.ts'
import { asShown } from './register-publicly.ts'
import { openBadge, unknownBadge, type OfBadge } from './show-badge.ts'

const pageAddress = (origin: string, slug: string) => `${origin}/c/${slug}`

type OfPage = Readonly<{ slug: string; origin: string }>

/** The flyer as anybody gets it, of what the public page shows now. */
export async function publicFlyer(db: Db, { slug, origin }: OfPage, now: Date) {
  const found = await findPublicConvening(db, slug)
  if (!found) return refuse('convening.not_found', {})
  return ok(printFlyer(composeFlyer(await asShown(db, found, now), pageAddress(origin, slug))))
}

type Draft = Readonly<{ conveningId: ConveningId; origin: string }>

/** The flyer for those who run the convening, also while it is a draft. */
export async function draftFlyer(db: Db, actor: Actor, { conveningId, origin }: Draft, now: Date) {
  const found = await findConvening(db, scopeOf(actor), conveningId)
  if (!found) return notFound()
  return ok(printFlyer(composeFlyer(await asShown(db, found, now), pageAddress(origin, found.slug))))
}

/** The convening and its sessions, to subscribe to; without addresses to join. An empty calendar while dates are not set. */
export async function publicCalendar(db: Db, { slug, origin }: OfPage, now: Date) {
  const found = await findPublicConvening(db, slug)
  if (!found) return refuse('convening.not_found', {})
  const { networkId, id: conveningId, timeZone } = found
  const url = pageAddress(origin, slug)
  const sessions = await sessionsOf(db, { networkId, conveningId })
  const events: CalendarEvent[] = sessions.map((session) => ({ ...session, timeZone, joinUrl: null, bring: null, url }))
  return ok(writeEvents([...whole({ ...found, joinUrl: null }, url), ...events], { name: found.name, now }))
}

/** The holder's own: the convening and the sessions they have a place in, with the addresses to join. */
export async function myCalendar(db: Db, { origin, ...asked }: OfBadge & Readonly<{ origin: string }>, now: Date) {
  const opened = await openBadge(db, asked)
  if (!opened) return unknownBadge()
  const { convening, where, holder, of } = opened
  const url = badgeAddress(origin, asked.slug, asked.key)
  const hasPlace = holder.status === 'registered'
  const choices = await choicesOf(db, of)
  const chosen = choices.flatMap(({ sessionId, status }) => (hasPlace && status === 'chosen' ? [sessionId] : []))
  const sessions = (await sessionsOf(db, where)).filter(({ id }) => chosen.includes(id))
  const { timeZone } = convening
  const events: CalendarEvent[] = sessions.map((session) => ({ ...session, timeZone, bring: null, url }))
  const all = whole({ ...convening, joinUrl: hasPlace ? convening.joinUrl : null }, url)
  return ok(writeEvents([...all, ...events], { name: convening.name, now }))
}

type Whole = Readonly<{
  id: string
  name: string
  startsAt: Date | null
  endsAt: Date | null
  timeZone: string
  place: string | null
  joinUrl: string | null
}>
const whole = ({ id, name, startsAt, endsAt, timeZone, place, joinUrl }: Whole, url: string): CalendarEvent[] =>
  startsAt && endsAt ? [{ id, title: name, startsAt, endsAt, timeZone, place, joinUrl, bring: null, url }] : []
