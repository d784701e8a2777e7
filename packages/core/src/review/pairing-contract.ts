import * as z from 'zod'
import { Instant, route } from '../kernel/route.ts'
import { RoundPerson } from './round-person.ts'
import { roundParams, run } from './round-path.ts'

/** A change of one pairing, by the keys of the matrix whose `stand` goes with it. */
export const KeyedPairingChange = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('move'), author: z.string(), from: z.string(), to: z.string() }),
  z.object({ kind: z.literal('add'), author: z.string(), reviewer: z.string() }),
  z.object({ kind: z.literal('remove'), author: z.string(), reviewer: z.string() }),
])
export type KeyedPairingChange = z.infer<typeof KeyedPairingChange>

/**
 * Moves, adds or removes one review while reviews are written. `undo` takes it back, with what was written. Refused with
 * `review.people_changed` when the people of the round are no longer those of `stand`, and `review.pairing_refused` with
 * `why` as `pairingJudge` says it.
 */
export const changePairingRoute = route({
  method: 'POST',
  path: '/api/rounds/:roundId/pairings',
  params: roundParams,
  body: z.object({ stand: z.string(), change: KeyedPairingChange }),
  response: z.object({ undo: KeyedPairingChange }),
  refusals: [...run, 'review.wrong_phase', 'review.people_changed', 'review.pairing_refused'],
})

/** Facts of `review.pairing_refused`. */
export const PairingRefusedFacts = z.object({
  why: z.enum(['gone', 'filed', 'exists', 'own_work', 'conflict', 'same_campus', 'away', 'author_away']),
})

/** What a repair does or would do, with people as the instructor may see them. */
export const RepairSeen = z.object({
  take: z.array(
    z.object({
      reviewer: RoundPerson,
      author: RoundPerson,
      why: z.enum(['moved', 'author_left', 'reviewer_left']),
      begun: z.boolean(),
    }),
  ),
  give: z.array(z.object({ reviewer: RoundPerson, author: RoundPerson })),
  /** Works that nobody more may review. */
  short: z.array(z.object({ author: RoundPerson, missing: z.number().int() })),
  connected: z.boolean(),
  saved: z.boolean(),
})
export type RepairSeen = z.infer<typeof RepairSeen>

/**
 * Hands out again what is missing, with the fewest changes. `away` are people, by key, to be noted as dropped out or
 * silent first, and `back` those who are there again; a preview saves neither.
 */
export const repairRoute = route({
  method: 'POST',
  path: '/api/rounds/:roundId/repair',
  params: roundParams,
  body: z.object({
    stand: z.string(),
    preview: z.boolean().default(false),
    away: z
      .array(z.object({ person: z.string(), kind: z.enum(['dropped_out', 'silent']) }))
      .max(500)
      .default([]),
    back: z.array(z.string()).max(500).default([]),
  }),
  response: RepairSeen,
  refusals: [...run, 'review.wrong_phase', 'review.people_changed'],
})

/** Who is away, who has been silent for some days, and how many reviews are missing. */
export const attendanceRoute = route({
  method: 'GET',
  path: '/api/rounds/:roundId/attendance',
  params: roundParams,
  response: z.object({
    stand: z.string(),
    missing: z.number().int(),
    away: z.array(
      z.object({ person: RoundPerson, kind: z.enum(['dropped_out', 'silent', 'left']), at: Instant.nullable() }),
    ),
    /** Nothing begun or sent for `days`, with `open` reviews to write. */
    silent: z.array(z.object({ person: RoundPerson, days: z.number().int(), open: z.number().int() })),
  }),
  refusals: run,
})
