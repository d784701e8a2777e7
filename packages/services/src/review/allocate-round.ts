import type { Actor } from '@copractice/core/directory'
import { ok, refuse, type PersonId, type Refusal, type Result, type RoundId } from '@copractice/core/kernel'
import {
  allocateReviewers,
  smallestRelaxations,
  startReviewing,
  whatWouldHelp,
  type Allocated,
  type Allocation,
  type AllocationConstraint,
  type AllocationImpossible,
  type AllocationInput,
  type Collision,
  type Relaxation,
  type DatePassed,
  type Round,
  type WrongPhase,
} from '@copractice/core/review'
import type { Db, Trx } from '@copractice/store/database'
import { insertAssignments, updateRound } from '@copractice/store/review'
import { lockRoundRunBy, type InstructorsOnly, type NotFound } from './find-round.ts'
import { inSeenOrder } from './lay-out-pairings.ts'
import { loadPairings, type Pairings } from './load-pairings.ts'
import { peopleOfRound, type PeopleOfRound } from './people-of-round.ts'
import { audit } from './set-up-round.ts'
import { showPairings } from './show-pairings.ts'

type AllocateRefusal =
  | NotFound
  | InstructorsOnly
  | WrongPhase
  | DatePassed
  | Refusal<'allocation.no_work', Record<string, never>>
  | Refusal<'allocation.impossible', AllocationImpossible>
type Order = Readonly<{ roundId: RoundId; preview: boolean; withoutWork: boolean; seed?: number | undefined }>

/** Deals the reviews of a round and, unless it is a preview, starts reviewing. Work of people who left is not dealt. */
export function allocateRound(
  db: Db,
  actor: Actor,
  order: Order,
  now: Date,
): Promise<Result<Allocated, AllocateRefusal>> {
  return db.transaction().execute(async (trx): Promise<Result<Allocated, AllocateRefusal>> => {
    const found = await lockRoundRunBy(trx, actor, order.roundId)
    if (!found.ok) return found
    const round = { ...found.value, seed: order.seed ?? found.value.seed }
    const dealt = await dealRound(trx, actor, { round, preview: order.preview, withoutWork: order.withoutWork }, now)
    if (dealt.ok && dealt.value.saved) {
      const facts = { pairs: dealt.value.pairs, seed: round.seed }
      await audit(trx, actor, { roundId: round.roundId, action: 'round.allocated', facts }, now)
    }
    return dealt
  })
}

type Deal = Readonly<{ round: Round; preview: boolean; withoutWork: boolean }>

/** As `allocateRound`, of a round that is already held: what an instructor orders and what a round's date does. */
export async function dealRound(
  trx: Trx,
  actor: Actor,
  { round, preview, withoutWork }: Deal,
  now: Date,
): Promise<Result<Allocated & Readonly<{ pairs: number }>, Exclude<AllocateRefusal, NotFound | InstructorsOnly>>> {
  const step = startReviewing(round, now)
  if (!step.ok) return step

  const people = await peopleOfRound(trx, actor, round)
  const { pairings, input, spare, authorOf } = await allocationInput(trx, actor, { round, people, withoutWork })
  const dealt = allocateReviewers(input)
  if (!dealt.ok) {
    if (dealt.refusal.code === 'allocation.no_work') return refuse('allocation.no_work', {})
    const collisions = dealt.refusal.facts.collisions
    return refuse('allocation.impossible', {
      constraints: collisions.map((collision) => constraintOf(collision, people, authorOf)),
      possibleWith: whatWouldHelp(input, spare),
      smallest: smallestSeen(smallestRelaxations(input, spare), people, authorOf),
    })
  }
  if (!preview) {
    await insertAssignments(trx, actor.networkId, round.roundId, dealt.value.pairs, { origin: 'dealt', at: now })
    await updateRound(trx, actor.networkId, round.roundId, { phase: step.value, seed: round.seed, stalled: null })
  }
  const pairs = dealt.value.pairs.length
  return ok({ ...seenAllocation(people, { round, pairings, input, authorOf }, dealt.value), saved: !preview, pairs })
}

type Given = Readonly<{ round: Round; people: PeopleOfRound; withoutWork: boolean }>

async function allocationInput(trx: Trx, actor: Actor, { round, people, withoutWork }: Given) {
  const pairings = await loadPairings(trx, actor.networkId, { round, people: people.all })
  const works = pairings.works.filter(({ stands }) => stands)
  const hasWork = new Set(works.flatMap(({ authors }) => authors))
  const taking = people.all.map(({ personId }) => personId).filter(pairings.isThere)
  const authors = taking.filter((personId) => hasWork.has(personId))
  const others = taking.filter((personId) => !hasWork.has(personId))
  const everyone = withoutWork || !round.submitFirst
  const input = pairings.rules(works, everyone ? [...authors, ...others] : authors)
  return {
    pairings,
    input,
    spare: everyone ? [] : pairings.rules([], others).reviewers,
    authorOf: new Map<string, PersonId>(works.map(({ submissionId, authorId }) => [submissionId, authorId])),
  }
}

type Dealt = Readonly<{
  round: Round
  pairings: Pairings
  input: AllocationInput
  authorOf: ReadonlyMap<string, PersonId>
}>

function seenAllocation(
  people: PeopleOfRound,
  { round, pairings, input, authorOf }: Dealt,
  { pairs, load, connected, sameCampusPairs }: Allocation,
): Omit<Allocated, 'saved'> {
  return {
    load,
    connected,
    sameCampusPairs,
    pairs: pairs.length,
    matrix: showPairings(round, people, pairings, {
      planned: {
        reviewers: input.reviewers.map(({ id }) => id as PersonId),
        pairs: pairs.map(([submission, reviewer]) => ({
          authorId: authorOf.get(submission)!,
          reviewerId: reviewer as PersonId,
          state: 'planned',
        })),
      },
    }).matrix,
  }
}

/** The sets in people the instructor may see, instead of ids. */
function smallestSeen(
  found: readonly Relaxation[] | null,
  people: PeopleOfRound,
  authorOf: ReadonlyMap<string, PersonId>,
): AllocationImpossible['smallest'] {
  return (
    found?.map(({ conflicts, ...relaxation }) => ({
      ...relaxation,
      conflicts: conflicts.map(([reviewer, submission]) => ({
        reviewer: people.label(reviewer as PersonId),
        author: people.label(authorOf.get(submission)!),
      })),
    })) ?? null
  )
}

/** A collision in people the instructor may see, instead of ids. */
function constraintOf(
  collision: Collision,
  people: PeopleOfRound,
  authorOf: ReadonlyMap<string, PersonId>,
): AllocationConstraint {
  const labels = (ids: readonly PersonId[]) => inSeenOrder(people, ids).map(people.label)
  switch (collision.kind) {
    case 'too_few_for_one': {
      const { kind, needed, eligible, kept } = collision
      const seen = { ownWork: kept.own_work, conflict: kept.conflict, sameCampus: kept.same_campus }
      return { kind, needed, eligible, kept: seen, author: people.label(authorOf.get(collision.submission)!) }
    }
    case 'too_few_for_several': {
      const { kind, needed, available, submissions } = collision
      return { kind, needed, available, authors: labels(submissions.map((id) => authorOf.get(id)!)) }
    }
    case 'uneven':
      return { kind: 'uneven', least: collision.least, reviewers: labels(collision.reviewers as PersonId[]) }
  }
}
