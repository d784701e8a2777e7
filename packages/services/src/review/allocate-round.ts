import type { Actor } from '@copractice/core/directory'
import { ok, refuse, type PersonId, type Refusal, type Result, type RoundId } from '@copractice/core/kernel'
import {
  allocateReviewers,
  keptApart,
  startReviewing,
  whatWouldHelp,
  type Allocated,
  type Allocation,
  type AllocationConstraint,
  type AllocationImpossible,
  type AllocationInput,
  type Collision,
  type DatePassed,
  type Round,
  type WrongPhase,
} from '@copractice/core/review'
import type { Db, Trx } from '@copractice/store/database'
import { insertAssignments, listConflicts, listWorks, updateRound, type SeatedPerson } from '@copractice/store/review'
import { lockRoundRunBy, type InstructorsOnly, type NotFound } from './find-round.ts'
import { inSeenOrder, layOutPairings } from './lay-out-pairings.ts'
import { peopleOfRound, type PeopleOfRound } from './people-of-round.ts'
import { audit } from './set-up-round.ts'

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
  const { input, spare, authorOf } = await allocationInput(trx, actor, { round, people, withoutWork })
  const dealt = allocateReviewers(input)
  if (!dealt.ok) {
    if (dealt.refusal.code === 'allocation.no_work') return refuse('allocation.no_work', {})
    const collisions = dealt.refusal.facts.collisions
    return refuse('allocation.impossible', {
      constraints: collisions.map((collision) => constraintOf(collision, people, authorOf)),
      possibleWith: whatWouldHelp(input, spare),
    })
  }
  if (!preview) {
    await insertAssignments(trx, actor.networkId, round.roundId, dealt.value.pairs, { origin: 'dealt', at: now })
    await updateRound(trx, actor.networkId, round.roundId, { phase: step.value, seed: round.seed, stalled: null })
  }
  const pairs = dealt.value.pairs.length
  return ok({ ...seenAllocation(input, dealt.value, people, authorOf), saved: !preview, pairs })
}

type Given = Readonly<{ round: Round; people: PeopleOfRound; withoutWork: boolean }>

async function allocationInput(trx: Trx, actor: Actor, { round, people, withoutWork }: Given) {
  const taking = new Map(people.all.filter(({ takesPart }) => takesPart).map((person) => [person.personId, person]))
  const works = (await listWorks(trx, actor.networkId, round.roundId)).filter(
    ({ status, authorId }) => status === 'submitted' && taking.has(authorId),
  )
  const authorOf = new Map<string, PersonId>(works.map(({ submissionId, authorId }) => [submissionId, authorId]))
  const workOf = new Map(works.map(({ submissionId, authorId }) => [authorId, submissionId]))
  const reviewer = ({ personId, campus }: SeatedPerson) => ({ id: personId, campus: campus.id })
  const authors = [...taking.values()].filter(({ personId }) => workOf.has(personId))
  const others = [...taking.values()].filter(({ personId }) => !workOf.has(personId))
  const conflicts = (await listConflicts(trx, actor.networkId, round.roundId)).flatMap(({ reviewerId, authorId }) => {
    const submission = workOf.get(authorId)
    return submission ? [[reviewerId, submission] as const] : []
  })
  const input: AllocationInput = {
    seed: round.seed,
    reviewsPerSubmission: round.reviewsPerSubmission,
    sameCampus: round.sameCampus,
    submissions: works.map(({ submissionId, authorId }) => ({
      id: submissionId,
      authors: [authorId],
      campuses: [taking.get(authorId)!.campus.id],
    })),
    reviewers: (withoutWork ? [...authors, ...others] : authors).map(reviewer),
    conflicts,
  }
  return { input, spare: withoutWork ? [] : others.map(reviewer), authorOf }
}

function seenAllocation(
  input: AllocationInput,
  dealt: Allocation,
  people: PeopleOfRound,
  authorOf: ReadonlyMap<string, PersonId>,
): Omit<Allocated, 'saved'> {
  const apart = keptApart(input)
  const reviewers = input.reviewers.map(({ id }) => id as PersonId)
  const author = (submission: string) => authorOf.get(submission)!
  const { load, connected, sameCampusPairs } = dealt
  return {
    load,
    connected,
    sameCampusPairs,
    matrix: layOutPairings(people, {
      reviewers,
      authors: [...authorOf.values()],
      pairs: dealt.pairs.map(([submission, reviewer]) => ({
        authorId: author(submission),
        reviewerId: reviewer as PersonId,
        state: 'planned',
      })),
      apart: input.submissions.flatMap(({ id }, s) =>
        reviewers.flatMap((reviewerId, r) => {
          const why = apart(s, r)
          return why ? [{ authorId: author(id), reviewerId, why }] : []
        }),
      ),
    }),
  }
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
