import type { Actor } from '@copractice/core/directory'
import { ok, refuse, type Refusal, type Result, type RoundId } from '@copractice/core/kernel'
import {
  pairingJudge,
  type KeyedPairingChange,
  type PairingChange,
  type PairingMatrix,
  type PairingRefused,
  type WrongPhase,
} from '@copractice/core/review'
import type { Db } from '@copractice/store/database'
import { giveReviews, withdrawReviews } from '@copractice/store/review'
import { lockRoundRunBy, type InstructorsOnly, type NotFound } from './find-round.ts'
import { loadPairings } from './load-pairings.ts'
import { peopleOfRound } from './people-of-round.ts'
import type { PeopleChanged } from './repair-round.ts'
import { audit } from './set-up-round.ts'
import { showColumn } from './show-pairings.ts'

type Refused = Refusal<'review.pairing_refused', Readonly<{ why: PairingRefused }>>
type Order = Readonly<{ roundId: RoundId; stand: string; change: KeyedPairingChange }>

/**
 * Moves, adds or removes one review, judged once more on what is there now: of two instructors the second may find it
 * gone. What somebody had begun stays with the review taken from them, and the undo gives it back.
 */
export function changePairing(
  db: Db,
  actor: Actor,
  { roundId, stand, change }: Order,
  now: Date,
): Promise<Result<{ undo: KeyedPairingChange }, NotFound | InstructorsOnly | WrongPhase | PeopleChanged | Refused>> {
  return db.transaction().execute(async (trx) => {
    const found = await lockRoundRunBy(trx, actor, roundId)
    if (!found.ok) return found
    const round = found.value
    if (round.phase !== 'review') return refuse('review.wrong_phase', { phase: round.phase, needed: 'review' as const })
    const people = await peopleOfRound(trx, actor, round)
    if (people.stand !== stand) return refuse('review.people_changed', {})
    const pairings = await loadPairings(trx, actor.networkId, { round, people: people.all })
    const named = change.kind === 'move' ? [change.from, change.to] : [change.reviewer]
    const matrix = showColumn(round, people, pairings, {
      authorId: people.byKey(change.author),
      reviewers: named.flatMap((key) => people.byKey(key) ?? []),
    })
    const verdict = pairingJudge(matrix)(placed(matrix, change))
    if (!verdict.may) return refuse('review.pairing_refused', { why: verdict.why })

    const { networkId } = actor
    const authorId = people.byKey(change.author)!
    const submissionId = pairings.works.find((work) => work.authorId === authorId)!.submissionId
    const taken = change.kind === 'move' ? change.from : change.kind === 'remove' ? change.reviewer : null
    const given = change.kind === 'move' ? change.to : change.kind === 'add' ? change.reviewer : null
    const from = taken === null ? null : people.byKey(taken)!
    const to = given === null ? null : people.byKey(given)!
    if (from) await withdrawReviews(trx, networkId, roundId, [[submissionId, from]], { why: 'moved', at: now })
    if (to) await giveReviews(trx, networkId, roundId, [[submissionId, to]], { origin: 'moved', at: now })
    const facts = { kind: change.kind, submissionId, from, to }
    await audit(trx, actor, { roundId, action: 'round.pairing_changed', facts }, now)
    return ok({ undo: inverse(change) })
  })
}

/** By position in the matrix; a key that is not there has position -1, where there is nothing to change. */
function placed({ rows, columns }: PairingMatrix, change: KeyedPairingChange): PairingChange {
  const row = (key: string) => rows.findIndex((reviewer) => reviewer.key === key)
  const column = columns.findIndex((author) => author.key === change.author)
  return change.kind === 'move'
    ? { kind: 'move', column, from: row(change.from), to: row(change.to) }
    : { kind: change.kind, column, row: row(change.reviewer) }
}

function inverse(change: KeyedPairingChange): KeyedPairingChange {
  if (change.kind === 'move') return { ...change, from: change.to, to: change.from }
  return { ...change, kind: change.kind === 'add' ? 'remove' : 'add' }
}
