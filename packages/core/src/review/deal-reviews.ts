import type { AllocationInput, Collision } from './allocate-reviewers.ts'
import type { DealtPair } from './connect-reviews.ts'
import { allCandidates, deckOf, drawCandidates, type PairCost } from './draw-candidates.ts'
import { keptApart } from './kept-apart.ts'
import { FlowNetwork } from './min-cost-flow.ts'

/** Reviews per reviewer, by position, on top of those they have besides. */
export function loads(pairs: readonly DealtPair[], reviewers: number, besides: readonly number[] = []): number[] {
  const load = Array.from({ length: reviewers }, (_, r) => besides[r] ?? 0)
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
export function deal(input: AllocationInput, cost: PairCost, roll: () => number) {
  const [n, m] = [input.submissions.length, input.reviewers.length]
  let want = n * m <= PAIRS_AT_LEAST ? m : Math.min(m, 4 + 4 * input.reviewsPerSubmission)
  for (;;) {
    const dealt = dealAmong(want, input, cost, roll)
    if (want >= m || 4 * want * n > PAIRS_AT_MOST || dealt.even) return dealt
    want = Math.min(m, 4 * want)
  }
}

/**
 * Nodes: 0 is the source, then the submissions, then the reviewers, then the sink; then, where roles are told, one for
 * each submission and role, whose way in gets dearer with each reviewer of that role.
 */
function dealAmong(want: number, input: AllocationInput, cost: PairCost, roll: () => number) {
  const { reviewsPerSubmission: k, submissions, reviewers } = input
  const [n, m] = [submissions.length, reviewers.length]
  const average = (n * k) / m
  const most = Math.floor(average) + 1
  const sink = n + m + 1
  const roles = rolesOf(reviewers)
  const network = new FlowNetwork(sink + 1 + n * roles.count)
  // Above all ways into roles together, which are at most k * (k - 1) / 2 for a work.
  const perCampus = n * k ** 2
  const heavy = (n * k + 1) * perCampus

  for (const r of reviewers.keys()) for (let j = most; j >= 1; j--) network.addArc(n + 1 + r, sink, 1, j * heavy)
  const deck = deckOf(m, roll)
  const candidates = (s: number) =>
    (want < m ? drawCandidates(s, want, cost, deck) : null) ?? allCandidates(s, m, cost, roll)
  const arcs: { work: number; reviewer: number; arc: number }[] = []
  for (let s = 0; s < n; s++) {
    const firstRole = sink + 1 + s * roles.count
    const from = (reviewer: number) => (roles.count > 0 ? firstRole + roles.of[reviewer]! : 1 + s)
    for (const { reviewer, price } of candidates(s))
      arcs.push({ work: s, reviewer, arc: network.addArc(from(reviewer), n + 1 + reviewer, 1, price * perCampus) })
    // One more than can be used, so that these ways never are what a shortage hangs on.
    for (let role = 0; role < roles.count; role++)
      for (let j = k; j >= 0; j--) network.addArc(1 + s, firstRole + role, 1, j)
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

/** Roles by position; none where all reviewers are of one, which leaves nothing to mix. */
function rolesOf(reviewers: AllocationInput['reviewers']): { of: number[]; count: number } {
  const known = new Map<string, number>()
  const of = reviewers.map(({ role = '' }) => {
    const place = known.get(role) ?? known.size
    known.set(role, place)
    return place
  })
  return { of, count: known.size > 1 ? known.size : 0 }
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

  const single = submissions.flatMap(({ id }, s) => {
    if (eligible[s]! >= k) return []
    const kept = { own_work: 0, conflict: 0, same_campus: 0 }
    for (let r = 0; r < reviewers.length; r++) {
      const why = apart(s, r)
      if (why) kept[why]++
    }
    return [{ kind: 'too_few_for_one' as const, submission: id, needed: k, eligible: eligible[s]!, kept }]
  })
  if (single.length > 0) return single.sort((a, b) => (a.submission < b.submission ? -1 : 1))

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
