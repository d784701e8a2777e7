import { type Badge } from '@copractice/core/convening'
import type { Board } from '@copractice/core/convening/board'
import { ok, refuse } from '@copractice/core/kernel'
import {
  choicesOf,
  findByBadge,
  findNeeds,
  findPublicConvening,
  hasGivenFeedback,
  sessionsOf,
} from '@copractice/store/convening'
import { findPlacementBoard } from '@copractice/store/convening/placement'
import type { Db, Trx } from '@copractice/store/database'
import { asPublicSession } from './register-publicly.ts'

export type OfBadge = Readonly<{ slug: string; key: string }>

export const unknownBadge = () => refuse('convening.not_found', {})

/** The convening and whose badge it is; a place that was given up has no badge. */
export async function openBadge(db: Db | Trx, { slug, key }: OfBadge) {
  const convening = await findPublicConvening(db, slug)
  if (!convening) return undefined
  const where = { networkId: convening.networkId, conveningId: convening.id }
  const holder = await findByBadge(db, where, key)
  const { status } = holder ?? {}
  if (!holder || !status || status === 'cancelled') return undefined
  return {
    convening,
    where,
    holder: { ...holder, status },
    of: { networkId: where.networkId, registrationId: holder.id },
  }
}

/** Whether a board that was committed has seated them. */
export const isPlacedBy = (board: Board, id: string): boolean => board.cohorts.some(({ seated }) => seated.includes(id))

/** Addresses to join are shown to whoever holds a place: the convening's, and those of the sessions they have a place in. */
export async function showBadge(db: Db | Trx, asked: OfBadge, now: Date) {
  const found = await openBadge(db, asked)
  if (!found) return unknownBadge()
  const { convening, where, holder, of } = found
  const [sessions, choices] = [await sessionsOf(db, where), await choicesOf(db, of)]
  const needs = (await findNeeds(db, of)) ?? { accessibility: '', dietary: '' }
  const board = await findPlacementBoard(db, where)
  const hasPlace = holder.status === 'registered'
  const isOver = convening.endsAt !== null && now >= convening.endsAt
  const { name, network, startsAt, endsAt, timeZone, place, lead, contactEmail } = convening
  const badge: Badge = {
    registrationId: holder.id,
    conveningId: convening.id,
    name: holder.name,
    institution: holder.institution,
    status: holder.status,
    convening: {
      name,
      network,
      startsAt,
      endsAt,
      timeZone,
      place,
      lead,
      contactEmail,
      joinUrl: hasPlace ? convening.joinUrl : null,
    },
    sessions: sessions.map((session) => {
      const mine = choices.find(({ sessionId }) => sessionId === session.id)?.status ?? null
      const joinUrl = hasPlace && mine === 'chosen' ? session.joinUrl : null
      return { ...asPublicSession(session), mine, joinUrl }
    }),
    needs,
    wishes: { ...holder.wishes, interests: holder.interests },
    isPlaced: board !== undefined && isPlacedBy(board.layout, holder.id),
    feedback: !isOver || !hasPlace ? 'later' : (await hasGivenFeedback(db, of)) ? 'given' : 'open',
  }
  return ok(badge)
}
