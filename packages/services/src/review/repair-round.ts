import type { Actor } from '@copractice/core/directory'
import {
  ok,
  refuse,
  type CohortId,
  type NetworkId,
  type PersonId,
  type Refusal,
  type Result,
  type RoundId,
} from '@copractice/core/kernel'
import {
  repairAllocation,
  type Repair,
  type RepairSeen,
  type ReviewHeld,
  type Round,
  type WrongPhase,
} from '@copractice/core/review'
import type { Db, Trx } from '@copractice/store/database'
import { insertAuditEntry } from '@copractice/store/directory'
import {
  changeAbsences,
  giveReviews,
  listAbsences,
  listRoundsInReview,
  lockRound,
  withdrawReviews,
  type Absence,
} from '@copractice/store/review'
import { lockRoundRunBy, type InstructorsOnly, type NotFound } from './find-round.ts'
import { loadPairings, type Pairings } from './load-pairings.ts'
import { peopleOfRound, seatedWhileItRan, type PeopleOfRound } from './people-of-round.ts'

/** Somebody joined or left since the matrix was drawn; what its keys meant is no longer certain. */
export type PeopleChanged = Refusal<'review.people_changed', Record<string, never>>

type Order = Readonly<{
  roundId: RoundId
  stand: string
  preview: boolean
  away: readonly Readonly<{ person: string; kind: Absence['kind'] }>[]
  back: readonly string[]
}>

/**
 * Hands out again what is missing, after noting who is away and who is back, and says what that changed or, as a
 * preview, would change. The round is held: of two instructors the second repairs what the first left.
 */
export function repairRound(
  db: Db,
  actor: Actor,
  { roundId, stand, preview, away, back }: Order,
  now: Date,
): Promise<Result<RepairSeen, NotFound | InstructorsOnly | WrongPhase | PeopleChanged>> {
  return db.transaction().execute(async (trx) => {
    const found = await lockRoundRunBy(trx, actor, roundId)
    if (!found.ok) return found
    const round = found.value
    if (round.phase !== 'review') return refuse('review.wrong_phase', { phase: round.phase, needed: 'review' as const })
    const people = await peopleOfRound(trx, actor, round)
    if (people.stand !== stand) return refuse('review.people_changed', {})

    const change = {
      away: away.flatMap(({ person, kind }) => {
        const personId = people.byKey(person)
        return personId ? [{ personId, kind }] : []
      }),
      back: back.flatMap((key) => people.byKey(key) ?? []),
    }
    const gone = new Set([...change.away.map(({ personId }) => personId), ...change.back])
    const absences = [
      ...(await listAbsences(trx, actor.networkId, roundId)).filter(({ personId }) => !gone.has(personId)),
      ...change.away.map((absence) => ({ ...absence, at: now })),
    ]
    const pairings = await loadPairings(trx, actor.networkId, { round, people: people.all, absences })
    const repair = planRepair(round, pairings)
    if (!preview) {
      const by = { notedBy: actor.personId, at: now }
      await changeAbsences(trx, actor.networkId, roundId, { ...change, ...by })
      const facts = { away: change.away, back: change.back }
      await saveRepair(
        trx,
        { networkId: actor.networkId, actorId: actor.personId, round, pairings, repair, facts },
        now,
      )
    }
    return ok({ ...repairSeen(repair, people, pairings), saved: !preview })
  })
}

/** What a repair of the round as it stands would change. */
export function planRepair(round: Round, { works, reviews, there, isThere, rules }: Pairings): Repair {
  const standing = works.filter(({ stands }) => stands)
  const authors = new Set(standing.flatMap((work) => work.authors))
  const reviewing = new Set(reviews.map(({ reviewerId }) => reviewerId))
  // Who was dealt reviews without work goes on reviewing; others without work do where the round says so.
  const people = [...new Set([...authors, ...reviewing, ...(round.submitFirst ? [] : there)])]
  return repairAllocation({
    ...rules(standing, people.filter(isThere)),
    held: reviews.map((review) => ({
      submission: review.submissionId,
      reviewer: review.reviewerId,
      state: stateOf(review),
    })),
  })
}

function stateOf({ savedAt, filedAt, hiddenAt }: Pairings['reviews'][number]): ReviewHeld['state'] {
  if (hiddenAt) return filedAt ? 'set_aside' : 'excused'
  return filedAt ? 'filed' : savedAt ? 'started' : 'open'
}

type Saving = Readonly<{
  networkId: NetworkId
  actorId: PersonId | null
  round: Round
  pairings: Pairings
  repair: Repair
  facts: Record<string, unknown>
}>

async function saveRepair(
  trx: Trx,
  { networkId, actorId, round: { roundId }, pairings, repair, facts }: Saving,
  at: Date,
): Promise<void> {
  const whyOf = ({ pair: [, reviewer], why }: Repair['take'][number]) =>
    why === 'reviewer_left' && pairings.absences.get(reviewer as PersonId)?.kind === 'silent' ? 'silent' : why
  for (const [why, taken] of Map.groupBy(repair.take, whyOf)) {
    const pairs = taken.map(({ pair }) => pair)
    await withdrawReviews(trx, networkId, roundId, pairs, { why, at })
  }
  await giveReviews(trx, networkId, roundId, repair.give, { origin: 'repaired', at })
  const counts = { taken: repair.take.length, given: repair.give.length, short: repair.short.length }
  await insertAuditEntry(trx, {
    networkId,
    at,
    actorId,
    action: 'round.repaired',
    subject: `round:${roundId}`,
    facts: { ...facts, ...counts },
  })
}

function repairSeen(repair: Repair, people: PeopleOfRound, { works, reviews }: Pairings): Omit<RepairSeen, 'saved'> {
  const authorOf = new Map<string, PersonId>([
    ...reviews.map(({ submissionId, authorId }) => [submissionId, authorId] as const),
    ...works.map(({ submissionId, authorId }) => [submissionId, authorId] as const),
  ])
  const begun = new Set(
    reviews.flatMap(({ submissionId, reviewerId, savedAt }) => (savedAt ? [`${submissionId} ${reviewerId}`] : [])),
  )
  const seen = ([submission, reviewer]: readonly [string, string]) => ({
    reviewer: people.label(reviewer as PersonId),
    author: people.label(authorOf.get(submission)!),
  })
  return {
    take: repair.take.map(({ pair, why }) => ({ ...seen(pair), why, begun: begun.has(pair.join(' ')) })),
    give: repair.give.map(seen),
    short: repair.short.map(({ submission, missing }) => ({
      author: people.label(authorOf.get(submission)!),
      missing,
    })),
    connected: repair.connected,
  }
}

type Cause = 'late_work' | 'left_cohort' | 'back_in_cohort' | 'set_aside'

/** Repairs one round by itself, in the transaction that made it necessary; the round is held by the caller. Nothing outside the review phase. */
export async function repairHeldRound(
  trx: Trx,
  networkId: NetworkId,
  round: Round,
  cause: Cause,
  now: Date,
): Promise<void> {
  if (round.phase !== 'review') return
  const people = await seatedWhileItRan(trx, networkId, round)
  const pairings = await loadPairings(trx, networkId, { round, people })
  const repair = planRepair(round, pairings)
  if (repair.take.length === 0 && repair.give.length === 0) return
  await saveRepair(trx, { networkId, actorId: null, round, pairings, repair, facts: { cause } }, now)
}

/** After somebody left a cohort or came back: repairs each of its rounds whose reviews are being written. */
export async function repairRoundsOfCohort(
  trx: Trx,
  networkId: NetworkId,
  cohortId: CohortId,
  cause: Cause,
  now: Date,
): Promise<void> {
  for (const roundId of await listRoundsInReview(trx, networkId, cohortId)) {
    const round = await lockRound(trx, networkId, roundId, 'update')
    if (round) await repairHeldRound(trx, networkId, round, cause, now)
  }
}
