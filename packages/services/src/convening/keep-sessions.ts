import { decideSession, SESSIONS_AT_MOST, type SessionPlan } from '@copractice/core/convening'
import type { Actor } from '@copractice/core/directory'
import { ok, refuse, type ConveningId, type ConveningSessionId } from '@copractice/core/kernel'
import {
  deleteSession,
  findConvening,
  insertSession,
  isAttended,
  sessionsOf,
  updateSession,
  type ConveningFound,
} from '@copractice/store/convening'
import type { Db, Trx } from '@copractice/store/database'
import { audit, notFound, scopeOf } from '../directory/administrator.ts'
import { lockConveningInReach } from './convening-in-reach.ts'
import { fillSessions } from './fill-sessions.ts'

type Of = Readonly<{ conveningId: ConveningId }>
type OfOne = Of & Readonly<{ sessionId: ConveningSessionId }>

export async function listSessions(db: Db, actor: Actor, { conveningId }: Of) {
  if (!(await findConvening(db, scopeOf(actor), conveningId))) return notFound()
  return ok({ items: await sessionsOf(db, { networkId: actor.networkId, conveningId }) })
}

/** Runs `act` on a convening of the actor’s regions whose places are kept still. */
function onConvening<T>(
  db: Db,
  actor: Actor,
  conveningId: ConveningId,
  act: (trx: Trx, convening: ConveningFound) => Promise<T>,
) {
  return db.transaction().execute(async (trx) => {
    const convening = await lockConveningInReach(trx, actor, conveningId)
    return convening ? act(trx, convening) : notFound()
  })
}

const note = (trx: Trx, actor: Actor, convening: ConveningFound, did: { action: string; title: string }, now: Date) => {
  const facts = { name: convening.name, session: did.title, regionId: convening.region.id }
  return audit(trx, actor, { action: did.action, subject: `convening:${convening.id}`, facts }, now)
}

export function addSession(db: Db, actor: Actor, { conveningId, plan }: Of & { plan: SessionPlan }, now: Date) {
  return onConvening(db, actor, conveningId, async (trx, convening) => {
    const where = { networkId: actor.networkId, conveningId }
    const decided = decideSession(plan, convening)
    if (!decided.ok) return decided
    if ((await sessionsOf(trx, where)).length >= SESSIONS_AT_MOST) {
      return refuse('session.too_many', { most: SESSIONS_AT_MOST })
    }
    const id = await insertSession(trx, where, decided.value)
    await note(trx, actor, convening, { action: 'session.added', title: plan.title }, now)
    return ok({ id })
  })
}

export function changeSession(
  db: Db,
  actor: Actor,
  { conveningId, sessionId, plan }: OfOne & { plan: SessionPlan },
  now: Date,
) {
  return onConvening(db, actor, conveningId, async (trx, convening) => {
    const decided = decideSession(plan, convening)
    if (!decided.ok) return decided
    const where = { networkId: actor.networkId, conveningId }
    if (!(await updateSession(trx, where, { id: sessionId, plan: decided.value }))) return notFound()
    await note(trx, actor, convening, { action: 'session.changed', title: plan.title }, now)
    return ok(undefined)
  })
}

/** A session that people were checked in to stays: it is part of their hours. */
export function removeSession(db: Db, actor: Actor, { conveningId, sessionId }: OfOne, now: Date) {
  return onConvening(db, actor, conveningId, async (trx, convening) => {
    const where = { networkId: actor.networkId, conveningId }
    const session = (await sessionsOf(trx, where)).find(({ id }) => id === sessionId)
    if (!session) return notFound()
    if (await isAttended(trx, actor.networkId, sessionId)) return refuse('session.attended', { title: session.title })
    await deleteSession(trx, where, sessionId)
    await note(trx, actor, convening, { action: 'session.removed', title: session.title }, now)
    return ok(undefined)
  })
}

export function fillSession(
  db: Db,
  actor: Actor,
  { conveningId, sessionId, origin }: OfOne & { origin: string },
  now: Date,
) {
  return onConvening(db, actor, conveningId, async (trx, convening) => {
    const where = { networkId: actor.networkId, conveningId }
    const session = (await sessionsOf(trx, where)).find(({ id }) => id === sessionId)
    if (!session) return notFound()
    const given = await fillSessions(trx, { ...where, convening, origin, only: [sessionId] }, now)
    if (given) await note(trx, actor, convening, { action: 'session.places_given', title: session.title }, now)
    return ok({ given })
  })
}
