import { shuffled } from './dice.ts'

/** Pairs by position: work `work` is reviewed by `reviewer`. */
export type DealtPair = Readonly<{ work: number; reviewer: number }>

/** Groups of works and reviewers that shared reviews hold together; `spare` pairs close a circle inside their group. */
export function groups(pairs: readonly DealtPair[], works: number, reviewers: number) {
  const parent = Array.from({ length: works + reviewers }, (_, i) => i)
  const root = (node: number): number => {
    let at = node
    while (parent[at] !== at) {
      parent[at] = parent[parent[at]!]!
      at = parent[at]!
    }
    return at
  }
  const spare: number[] = []
  for (const [index, { work, reviewer }] of pairs.entries()) {
    const [a, b] = [root(work), root(works + reviewer)]
    if (a === b) spare.push(index)
    else parent[a] = b
  }
  const count = new Set(pairs.map(({ work }) => root(work))).size
  return {
    count,
    spare,
    groupOf: (pair: DealtPair) => root(pair.work),
    groupOfReviewer: (reviewer: number) => root(works + reviewer),
  }
}

/** Whether shared reviewers link every work to every other, directly or over several. */
export const isConnected = (pairs: readonly DealtPair[], works: number, reviewers: number): boolean =>
  groups(pairs, works, reviewers).count <= 1

type Allowed = Readonly<{
  works: number
  reviewers: number
  /** Null when this person may not review this work, else what the pair costs (0, or 1 for the same campus). */
  cost: (work: number, reviewer: number) => number | null
}>

/**
 * Joins groups by letting two reviewers change places, which alters nobody's load. A change joins two groups for
 * certain when one of its two pairs is spare. Of several the cheapest is taken. Returns the pairs, joined as far as
 * this goes: k = 1, or few people with many conflicts, may leave groups apart.
 */
export function connectReviews(dealt: readonly DealtPair[], allowed: Allowed, roll: () => number): DealtPair[] {
  let pairs = [...dealt]
  for (let triesLeft = 8; triesLeft > 0; triesLeft--) {
    // Which pairs are spare depends on the order, so another order may offer another change.
    pairs = shuffled(pairs, roll)
    for (;;) {
      const found = groups(pairs, allowed.works, allowed.reviewers)
      if (found.count <= 1) return pairs
      const change = cheapestChange(pairs, found, allowed)
      if (!change) break
      const [a, b] = [pairs[change.a]!, pairs[change.b]!]
      pairs[change.a] = { work: a.work, reviewer: b.reviewer }
      pairs[change.b] = { work: b.work, reviewer: a.reviewer }
    }
  }
  return pairs
}

function cheapestChange(
  pairs: readonly DealtPair[],
  { spare, groupOf }: ReturnType<typeof groups>,
  { cost }: Allowed,
): { a: number; b: number } | undefined {
  let best: { a: number; b: number; extra: number } | undefined
  for (const a of spare) {
    const one = pairs[a]!
    const group = groupOf(one)
    for (const [b, other] of pairs.entries()) {
      if (groupOf(other) === group) continue
      const [there, here] = [cost(one.work, other.reviewer), cost(other.work, one.reviewer)]
      if (there === null || here === null) continue
      const extra = there + here - cost(one.work, one.reviewer)! - cost(other.work, other.reviewer)!
      if (!best || extra < best.extra) best = { a, b, extra }
      if (best.extra <= 0) return best
    }
  }
  return best
}
