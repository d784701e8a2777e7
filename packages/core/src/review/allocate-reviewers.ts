import { ok, refuse, type Refusal, type Result } from '../kernel/result.ts'
import { connectReviews, isConnected, type DealtPair } from './connect-reviews.ts'
import { dice, shuffled } from './dice.ts'
import { allCandidates, deckOf, drawCandidates, type PairCost } from './draw-candidates.ts'
import { FlowNetwork } from './min-cost-flow.ts'

export type AllocationInput = Readonly<{
  seed: number
  reviewsPerSubmission: number
  /** `campuses` are those of the authors. */
  submissions: readonly Readonly<{ id: string; authors: readonly string[]; campuses: readonly string[] }>[]
  reviewers: readonly Readonly<{ id: string; campus: string }>[]
  /** [reviewer, submission] pairs that must not be. Gone through more than once. */
  conflicts: Iterable<readonly [reviewer: string, submission: string]>
  sameCampus: 'allow' | 'avoid' | 'forbid'
}>

export type Allocation = Readonly<{
  /** [submission, reviewer], by submission and then reviewer. */
  pairs: readonly (readonly [submission: string, reviewer: string])[]
  load: Readonly<{ min: number; max: number }>
  connected: boolean
  sameCampusPairs: number
}>

/** Why a person may not review a work. */
export type KeptApart = 'own_work' | 'conflict' | 'same_campus'

export type Collision =
  | Readonly<{
      kind: 'too_few_for_one'
      submission: string
      needed: number
      eligible: number
      kept: Readonly<Record<KeptApart, number>>
    }>
  | Readonly<{ kind: 'too_few_for_several'; submissions: readonly string[]; needed: number; available: number }>
  | Readonly<{ kind: 'uneven'; reviewers: readonly string[]; least: number }>

export type AllocationRefusal =
  | Refusal<'allocation.no_work', Record<string, never>>
  | Refusal<'allocation.impossible', Readonly<{ collisions: readonly Collision[] }>>

/** Which rule keeps a person from reviewing a work, if any; the first that holds of own work, conflict, campus. */
export function keptApart(input: AllocationInput): (submission: number, reviewer: number) => KeptApart | null {
  const authors = input.submissions.map((submission) => new Set(submission.authors))
  const conflicts = conflictsOf(input)

  return (submission, reviewer) => {
    const { id, campus } = input.reviewers[reviewer]!
    if (authors[submission]!.has(id)) return 'own_work'
    if (conflicts[submission]!.includes(reviewer)) return 'conflict'
    if (input.sameCampus === 'forbid' && input.submissions[submission]!.campuses.includes(campus)) return 'same_campus'
    return null
  }
}

/** By submission, the positions of reviewers in conflict with it; packed, as a large round may have millions. */
function conflictsOf({ submissions, reviewers, conflicts }: AllocationInput): Int32Array[] {
  const works = new Map(submissions.map(({ id }, index) => [id, index]))
  const people = new Map(reviewers.map(({ id }, index) => [id, index]))
  let pairs = new Int32Array(256)
  let length = 0
  const count = new Int32Array(submissions.length)
  let last: string | undefined
  let work: number | undefined
  for (const [reviewer, submission] of conflicts) {
    // Lists mostly come by submission.
    if (submission !== last) work = works.get(submission)
    last = submission
    const person = people.get(reviewer)
    if (work === undefined || person === undefined) continue
    if (length === pairs.length) {
      const longer = new Int32Array(2 * length)
      longer.set(pairs)
      pairs = longer
    }
    pairs[length++] = work
    pairs[length++] = person
    count[work]!++
  }
  const packed = Array.from(count, (size) => new Int32Array(size))
  for (let at = 0; at < length; at += 2) packed[pairs[at]!]![--count[pairs[at]!]!] = pairs[at + 1]!
  return packed
}

const byId = (a: { id: string }, b: { id: string }) => (a.id < b.id ? -1 : 1)

/**
 * Deals k = `reviewsPerSubmission` reviewers to every submission so that nobody reviews their own work, no conflict is
 * broken, a forbidden campus stays apart, and every reviewer's load lies within 1 of the average n*k/m (n submissions,
 * m reviewers). A person's j-th review costs j * W with W > n*k, and a pair of one campus costs 1 where that is to be
 * avoided: the cheapest flow is as even as the rules let it be and, among those, crosses campuses most. Ties are broken
 * by the dice of `seed`; the order of the input does not matter. Afterwards reviewers change places until shared
 * reviewers connect all works, where that can be.
 * Refuses with the collisions when no such allocation exists.
 */
export function allocateReviewers(given: AllocationInput): Result<Allocation, AllocationRefusal> {
  if (given.submissions.length === 0) return refuse('allocation.no_work', {})
  const roll = dice(given.seed)
  const input: AllocationInput = {
    ...given,
    submissions: shuffled([...given.submissions].sort(byId), roll),
    reviewers: shuffled([...given.reviewers].sort(byId), roll),
  }
  const apart = keptApart(input)
  const cost = (submission: number, reviewer: number) => {
    if (apart(submission, reviewer) !== null) return null
    const { campuses } = input.submissions[submission]!
    return input.sameCampus === 'avoid' && campuses.includes(input.reviewers[reviewer]!.campus) ? 1 : 0
  }

  const dealt = deal(input, cost, roll)
  if (dealt.collisions.length > 0) return refuse('allocation.impossible', { collisions: dealt.collisions })

  const [works, reviewers] = [input.submissions.length, input.reviewers.length]
  const pairs = connectReviews(dealt.pairs, { works, reviewers, cost }, roll)
  const load = loads(pairs, reviewers)
  return ok({
    pairs: pairs
      .map(({ work, reviewer }) => [input.submissions[work]!.id, input.reviewers[reviewer]!.id] as const)
      .sort((a, b) => (a[0] < b[0] || (a[0] === b[0] && a[1] < b[1]) ? -1 : 1)),
    load: { min: load.reduce((a, b) => Math.min(a, b)), max: load.reduce((a, b) => Math.max(a, b)) },
    connected: isConnected(pairs, works, reviewers),
    sameCampusPairs: pairs.filter(({ work, reviewer }) =>
      input.submissions[work]!.campuses.includes(input.reviewers[reviewer]!.campus),
    ).length,
  })
}

function loads(pairs: readonly DealtPair[], reviewers: number): number[] {
  const load = Array.from({ length: reviewers }, () => 0)
  for (const { reviewer } of pairs) load[reviewer]!++
  return load
}

/** Up to this many possible pairs all are considered, and where that does not do, never more candidates than the last. */
const PAIRS_AT_LEAST = 100_000
const PAIRS_AT_MOST = 2_000_000

/**
 * Deals among all pairs in a round of ordinary size. In a large one among some candidates for each submission, drawn by
 * the dice, and among more of them until the loads lie within 1 of each other: the best there is.
 */
function deal(input: AllocationInput, cost: PairCost, roll: () => number) {
  const [n, m] = [input.submissions.length, input.reviewers.length]
  let want = n * m <= PAIRS_AT_LEAST ? m : Math.min(m, 4 + 4 * input.reviewsPerSubmission)
  for (;;) {
    const dealt = dealAmong(want, input, cost, roll)
    if (want >= m || 4 * want * n > PAIRS_AT_MOST || dealt.even) return dealt
    want = Math.min(m, 4 * want)
  }
}

/** Nodes: 0 is the source, then the submissions, then the reviewers, then the sink. */
function dealAmong(want: number, input: AllocationInput, cost: PairCost, roll: () => number) {
  const { reviewsPerSubmission: k, submissions, reviewers } = input
  const [n, m] = [submissions.length, reviewers.length]
  const average = m === 0 ? 0 : (n * k) / m
  const most = Math.floor(average) + 1
  const sink = n + m + 1
  const network = new FlowNetwork(sink + 1)
  const heavy = n * k + 1

  for (let r = 0; r < m; r++) for (let j = most; j >= 1; j--) network.addArc(n + 1 + r, sink, 1, j * heavy)
  const deck = deckOf(m, roll)
  const candidates = (s: number) =>
    (want < m ? drawCandidates(s, want, cost, deck) : null) ?? allCandidates(s, m, cost, roll)
  const arcs: { work: number; reviewer: number; arc: number }[] = []
  for (let s = 0; s < n; s++) {
    for (const { reviewer, price } of candidates(s))
      arcs.push({ work: s, reviewer, arc: network.addArc(1 + s, n + 1 + reviewer, 1, price) })
    network.addArc(0, 1 + s, k, 0)
  }

  const sent = network.run(0, sink)
  const pairs = arcs.filter(({ arc }) => network.flow(arc) === 1)
  if (sent < n * k) return { pairs, even: false, collisions: shortages(input, arcs, network.reachable(0), most) }
  const load = loads(pairs, m)
  const idle = reviewers.filter((_, r) => load[r]! < average - 1).map(({ id }) => id)
  const collisions: Collision[] = idle.length
    ? [{ kind: 'uneven', reviewers: idle.sort(), least: Math.ceil(average - 1) }]
    : []
  return { pairs, even: load.every((j) => Math.abs(j - average) < 1), collisions }
}

/** Names each work with too few eligible people; where none has, the works on the source's side of the smallest cut. */
function shortages(
  input: AllocationInput,
  arcs: readonly DealtPair[],
  reachable: readonly boolean[],
  most: number,
): Collision[] {
  const { reviewsPerSubmission: k, submissions, reviewers } = input
  const apart = keptApart(input)
  const eligible = submissions.map(() => 0)
  for (const { work } of arcs) eligible[work]!++

  const single = submissions.flatMap(({ id }, s): Collision[] => {
    if (eligible[s]! >= k) return []
    const kept = { own_work: 0, conflict: 0, same_campus: 0 }
    for (let r = 0; r < reviewers.length; r++) {
      const why = apart(s, r)
      if (why) kept[why]++
    }
    return [{ kind: 'too_few_for_one', submission: id, needed: k, eligible: eligible[s]!, kept }]
  })
  if (single.length > 0)
    return single.sort((a, b) => ('submission' in a && 'submission' in b && a.submission < b.submission ? -1 : 1))

  const n = submissions.length
  const short = submissions.flatMap((_, s) => (reachable[1 + s] ? [s] : []))
  const full = reviewers.filter((_, r) => reachable[n + 1 + r]).length
  const crossing = arcs.filter(({ work, reviewer }) => reachable[1 + work] && !reachable[n + 1 + reviewer]).length
  return [
    {
      kind: 'too_few_for_several',
      submissions: short.map((s) => submissions[s]!.id).sort(),
      needed: short.length * k,
      available: full * most + crossing,
    },
  ]
}

/** Which single change would make an impossible allocation possible. Told who else could review. */
export function whatWouldHelp(
  input: AllocationInput,
  spareReviewers: AllocationInput['reviewers'],
): { reviewsPerSubmission: number | null; avoidSameCampus: boolean; withoutConflicts: boolean; withoutWork: boolean } {
  const works = (change: Partial<AllocationInput>) => allocateReviewers({ ...input, ...change }).ok
  let fewer = input.reviewsPerSubmission - 1
  while (fewer > 0 && !works({ reviewsPerSubmission: fewer })) fewer--
  return {
    reviewsPerSubmission: fewer > 0 ? fewer : null,
    avoidSameCampus: input.sameCampus === 'forbid' && works({ sameCampus: 'avoid' }),
    withoutConflicts: !isEmpty(input.conflicts) && works({ conflicts: [] }),
    withoutWork: spareReviewers.length > 0 && works({ reviewers: [...input.reviewers, ...spareReviewers] }),
  }
}

const isEmpty = (some: Iterable<unknown>): boolean => some[Symbol.iterator]().next().done === true
