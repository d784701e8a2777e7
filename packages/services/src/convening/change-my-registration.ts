import { chooseSessions, needsKeptUntil, type FeedbackAnswer } from '@copractice/core/convening'
import { ok, refuse, type ConveningSessionId } from '@copractice/core/kernel'
import {
  choicesOf,
  lockConvening,
  saveChoices,
  saveFeedback,
  saveNeeds,
  sessionsOf,
  setRegistrationStatus,
} from '@copractice/store/convening'
import type { Db, Trx } from '@copractice/store/database'
import { fillSessions } from './fill-sessions.ts'
import { openBadge, unknownBadge, type OfBadge } from './show-badge.ts'

type Opened = NonNullable<Awaited<ReturnType<typeof openBadge>>>

/** Runs `act` for the holder of a badge with the places kept still, until the convening is over. */
function asHolder<T>(db: Db, asked: OfBadge, now: Date, act: (trx: Trx, opened: Opened) => Promise<T>) {
  return db.transaction().execute(async (trx) => {
    const seen = await openBadge(trx, asked)
    if (!seen) return unknownBadge()
    await lockConvening(trx, seen.where.networkId, seen.where.conveningId)
    const opened = await openBadge(trx, asked)
    if (!opened) return unknownBadge()
    const { endsAt } = opened.convening
    if (endsAt && now >= endsAt) return refuse('convening.over', { endsAt })
    return act(trx, opened)
  })
}

type Choosing = OfBadge & Readonly<{ sessions: readonly ConveningSessionId[]; origin: string }>

/** What the holder lets go goes to the next who waits, and they are written to. */
export function chooseMySessions(db: Db, { sessions: wanted, origin, ...asked }: Choosing, now: Date) {
  return asHolder(db, asked, now, async (trx, { convening, where, holder, of }) => {
    const held = await choicesOf(trx, of)
    const hasPlace = holder.status === 'registered'
    const chosen = chooseSessions(await sessionsOf(trx, where), { wanted, held, hasPlace })
    if (!chosen.ok) return chosen
    await saveChoices(trx, of, chosen.value, now)
    const gone = held.map(({ sessionId }) => sessionId).filter((id) => !wanted.includes(id))
    if (gone.length) await fillSessions(trx, { ...where, convening, origin, only: gone }, now)
    return ok(undefined)
  })
}

type Needing = OfBadge & Readonly<{ accessibility: string; dietary: string }>

export function stateMyNeeds(db: Db, { accessibility, dietary, ...asked }: Needing, now: Date) {
  return asHolder(db, asked, now, async (trx, { convening, of }) => {
    await saveNeeds(trx, of, { accessibility, dietary }, needsKeptUntil(convening.endsAt, now))
    return ok(undefined)
  })
}

/** Leaving is one's own act. The place in the convening waits for the coordinator; the needs are deleted at once. */
export function giveUpMyPlace(db: Db, { origin, ...asked }: OfBadge & Readonly<{ origin: string }>, now: Date) {
  return asHolder(db, asked, now, async (trx, { convening, where, holder, of }) => {
    const held = await choicesOf(trx, of)
    await setRegistrationStatus(trx, where.networkId, [holder.id], 'cancelled')
    await saveNeeds(trx, of, { accessibility: '', dietary: '' }, now)
    await saveChoices(trx, of, [], now)
    const only = held.map(({ sessionId }) => sessionId)
    if (only.length) await fillSessions(trx, { ...where, convening, origin, only }, now)
    return ok(undefined)
  })
}

/** From whoever held a place, once the convening is over. */
export function giveFeedback(db: Db, { slug, key, answer }: OfBadge & { answer: FeedbackAnswer }, now: Date) {
  return db.transaction().execute(async (trx) => {
    const opened = await openBadge(trx, { slug, key })
    if (!opened) return unknownBadge()
    const { endsAt } = opened.convening
    if (!endsAt || now < endsAt) return refuse('feedback.not_yet', { endsAt })
    if (opened.holder.status !== 'registered') return refuse('feedback.no_place', {})
    await saveFeedback(trx, opened.of, answer, now)
    return ok(undefined)
  })
}
