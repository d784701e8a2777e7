import { sessionPlacesToGive, sessionOffered } from '@copractice/core/convening'
import type { ConveningId, ConveningSessionId, NetworkId, RegistrationId } from '@copractice/core/kernel'
import { choicesOf, giveSessions, saveChoices, sessionsOf, type ConveningFound } from '@copractice/store/convening'
import type { Trx } from '@copractice/store/database'
import { queueMail } from '../notice/index.ts'
import { badgeAddress, sessionGivenMail } from './registration-mail.ts'

type Filling = Readonly<{
  networkId: NetworkId
  conveningId: ConveningId
  convening: ConveningFound
  origin: string
  /** Only these sessions. */
  only?: readonly ConveningSessionId[]
}>

/** Gives the free places of sessions to those who wait for them, in order, and writes to them. The caller holds the lock. */
export async function fillSessions(
  trx: Trx,
  { networkId, conveningId, convening, origin, only }: Filling,
  now: Date,
): Promise<number> {
  const where = { networkId, conveningId }
  const free = (await sessionsOf(trx, where))
    .filter(({ id }) => !only || only.includes(id))
    .map((session) => ({ id: session.id, places: sessionPlacesToGive(session) }))
    .filter(({ places }) => places > 0)
  const given = await giveSessions(trx, where, free)
  const mails = given.flatMap(({ name, email, badgeKey, title }) => {
    const badge = badgeAddress(origin, convening.slug, badgeKey)
    return email ? [{ ...sessionGivenMail(convening, title, { name, badge }), to: email, networkId }] : []
  })
  await queueMail(trx, mails, now)
  return given.length
}

type Of = Readonly<{ networkId: NetworkId; conveningId: ConveningId; registrationId: RegistrationId }>

/** Before somebody comes back whose session places may be given away: they keep what is free, and wait for the rest. */
export async function keepToSessionPlaces(trx: Trx, { registrationId, ...where }: Of, now: Date): Promise<void> {
  const of = { networkId: where.networkId, registrationId }
  const held = await choicesOf(trx, of)
  if (!held.length) return
  const byId = new Map((await sessionsOf(trx, where)).map((session) => [session.id, session]))
  const choices = held.map(({ sessionId, status }) => {
    const session = byId.get(sessionId)
    const isFree = session && status === 'chosen' && sessionOffered(session) === 'open'
    return { sessionId, status: isFree ? ('chosen' as const) : ('waitlisted' as const) }
  })
  await saveChoices(trx, of, choices, now)
}
