import { minutesAttended, type CheckInMark } from '@copractice/core/convening'
import type { Actor } from '@copractice/core/directory'
import {
  ok,
  refuse,
  type ConveningId,
  type ConveningSessionId,
  type NetworkId,
  type PersonId,
  type RegistrationId,
} from '@copractice/core/kernel'
import {
  attendedAtConvenings,
  checkedInto,
  choicesOf,
  findConvening,
  findConveningToKeep,
  findHolder,
  listAttendees,
  listExpected as listOf,
  placesAmong,
  saveMarks,
  sessionsOf,
} from '@copractice/store/convening'
import type { Db } from '@copractice/store/database'
import { notFound, scopeOf } from '../directory/administrator.ts'

/** The desk opens a day before the convening begins: a session may be far from here, and clocks differ. */
const OPENS_BEFORE_MS = 86_400_000

type Asked = Readonly<{
  conveningId: ConveningId
  sessionId?: ConveningSessionId | undefined
  everyone?: 'yes' | undefined
  after?: string | undefined
  limit: number
}>

export async function listExpected(db: Db, actor: Actor, { conveningId, ...asked }: Asked) {
  if (!(await findConvening(db, scopeOf(actor), conveningId))) return notFound()
  return ok(await listOf(db, { networkId: actor.networkId, conveningId }, asked))
}

type Marking = Readonly<{ conveningId: ConveningId; marks: readonly CheckInMark[] }>

/**
 * The last act about a person and session holds, whichever desk was heard first; marks of people without a place here are told
 * and dropped.
 */
export function saveCheckIns(db: Db, actor: Actor, { conveningId, marks }: Marking, now: Date) {
  return db.transaction().execute(async (trx) => {
    const convening = await findConvening(trx, scopeOf(actor), conveningId)
    if (!convening) return notFound()
    const opensAt = convening.startsAt && new Date(convening.startsAt.getTime() - OPENS_BEFORE_MS)
    if (!opensAt || now < opensAt) return refuse('convening.too_early', { opensAt })
    const where = { networkId: actor.networkId, conveningId }
    const known = await placesAmong(trx, where, [...new Set(marks.map(({ registrationId }) => registrationId))])
    const sessions = new Set<string>((await sessionsOf(trx, where)).map(({ id }) => id))
    const isKnown = ({ registrationId, sessionId }: CheckInMark) =>
      known.has(registrationId) && (sessionId === null || sessions.has(sessionId))
    const inOrder = marks.filter(isKnown).toSorted((one, other) => one.at.getTime() - other.at.getTime())
    // A device whose clock is ahead is not believed; of its acts that are no act yet, the last is one now.
    const believed = inOrder.map((mark) => (mark.at > now ? { ...mark, at: now } : mark))
    const place = (mark: CheckInMark) => `${mark.registrationId} ${mark.sessionId}`
    const acts = new Map(believed.map((mark) => [`${place(mark)} ${mark.at.getTime()}`, mark]))
    await saveMarks(trx, where, { marks: [...acts.values()], byId: actor.personId })
    const unknown = [...new Set(marks.filter((mark) => !isKnown(mark)).map(({ registrationId }) => registrationId))]
    return ok({ saved: new Set(inOrder.map(place)).size, unknown })
  })
}

type Scanned = Readonly<{ conveningId: ConveningId; registrationId: RegistrationId }>

export async function showScanned(db: Db, actor: Actor, { conveningId, registrationId }: Scanned) {
  const convening = await findConvening(db, scopeOf(actor), conveningId)
  const where = { networkId: actor.networkId, conveningId }
  const holder = convening && (await findHolder(db, where, registrationId))
  if (!holder) return notFound()
  const choices = await choicesOf(db, { networkId: actor.networkId, registrationId })
  return ok({
    name: holder.name,
    institution: holder.institution,
    status: holder.status,
    sessions: choices.flatMap(({ sessionId, status }) => (status === 'chosen' ? [sessionId] : [])),
    checkedIn: await checkedInto(db, actor.networkId, registrationId),
  })
}

type Whose = Readonly<{ personIds?: readonly PersonId[]; from?: Date; until?: Date; conveningId?: ConveningId }>

/**
 * Guided minutes at convenings by person, toward their hours (hours.commitment): sessions they were checked in to, or
 * the whole of a convening without sessions. Those who attended nothing are not in it.
 */
export async function conveningMinutes(db: Db, networkId: NetworkId, whose: Whose): Promise<Map<PersonId, number>> {
  const attended = await attendedAtConvenings(db, networkId, whose)
  const ofPerson = Map.groupBy(attended, ({ personId }) => personId)
  return new Map([...ofPerson].map(([personId, spans]) => [personId, minutesAttended(spans)]))
}

type Paging = Readonly<{ conveningId: ConveningId; after?: string | undefined; limit: number }>

export async function listAttendance(db: Db, actor: Actor, { conveningId, ...paging }: Paging) {
  if (!(await findConveningToKeep(db, scopeOf(actor), conveningId))) return notFound()
  const { networkId } = actor
  const { items, next } = await listAttendees(db, { networkId, conveningId }, paging)
  const minutes = await conveningMinutes(db, networkId, {
    conveningId,
    personIds: items.map(({ personId }) => personId),
  })
  return ok({ items: items.map((one) => ({ ...one, minutes: minutes.get(one.personId) ?? 0 })), next })
}
