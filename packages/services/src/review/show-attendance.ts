import type { Actor } from '@copractice/core/directory'
import { ok, type Result, type RoundId, type RouteOutput } from '@copractice/core/kernel'
import { findSilent, type attendanceRoute } from '@copractice/core/review'
import type { Db } from '@copractice/store/database'
import { roundRunBy, type InstructorsOnly, type NotFound } from './find-round.ts'
import { inSeenOrder } from './lay-out-pairings.ts'
import { loadPairings } from './load-pairings.ts'
import { peopleOfRound } from './people-of-round.ts'
import { planRepair } from './repair-round.ts'

type Attendance = RouteOutput<typeof attendanceRoute>

/** Who takes no more reviews, who has been silent, and how many reviews would be handed out again. */
export async function showAttendance(
  db: Db,
  actor: Actor,
  roundId: RoundId,
  now: Date,
): Promise<Result<Attendance, NotFound | InstructorsOnly>> {
  const found = await roundRunBy(db, actor, roundId)
  if (!found.ok) return found
  const round = found.value
  const people = await peopleOfRound(db, actor, round)
  const pairings = await loadPairings(db, actor.networkId, { round, people: people.all })
  const { absences, awayAs, works, reviews, isThere } = pairings
  const isRunning = round.phase === 'review'
  const repair = isRunning ? planRepair(round, pairings) : { give: [], short: [] }
  const seen = new Set([
    ...absences.keys(),
    ...[...works.flatMap(({ authors }) => authors), ...reviews.map(({ reviewerId }) => reviewerId)].filter(
      (personId) => !isThere(personId),
    ),
  ])
  return ok({
    stand: people.stand,
    missing: repair.give.length + repair.short.reduce((sum, { missing }) => sum + missing, 0),
    away: inSeenOrder(people, [...seen]).flatMap((personId) => {
      const kind = awayAs(personId)
      return kind ? [{ person: people.label(personId), kind, at: absences.get(personId)?.at ?? null }] : []
    }),
    silent: isRunning
      ? findSilent(
          reviews.filter(({ reviewerId }) => isThere(reviewerId)),
          now,
        ).map(({ reviewerId, days, open }) => ({ person: people.label(reviewerId), days, open }))
      : [],
  })
}
