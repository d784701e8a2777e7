import { shuffled } from './dice.ts'

/** Null when this person may not review this work, else what the pair costs (0, or 1 for the same campus). */
export type PairCost = (work: number, reviewer: number) => number | null

type Candidate = Readonly<{ reviewer: number; price: number }>

/** Deals 0 to `size` - 1 in an order told by the dice, then all again in another: everybody comes up equally often. */
export function deckOf(size: number, roll: () => number): () => number {
  const all = Array.from({ length: size }, (_, i) => i)
  let deck: number[] = []
  return () => {
    if (deck.length === 0) deck = shuffled(all, roll)
    return deck.pop()!
  }
}

/** All people who may review a work, in an order told by the dice. */
export function allCandidates(work: number, reviewers: number, cost: PairCost, roll: () => number): Candidate[] {
  const all = Array.from({ length: reviewers }, (_, r) => r)
  return shuffled(all, roll).flatMap((reviewer) => {
    const price = cost(work, reviewer)
    return price === null ? [] : [{ reviewer, price }]
  })
}

/**
 * `want` people who may review a work, the next ones on the deck, those who cost nothing first. Null when they do not
 * come up within 4 * `want` cards: so few may review it that one has to look for them.
 */
export function drawCandidates(work: number, want: number, cost: PairCost, deck: () => number): Candidate[] | null {
  const free = new Set<number>()
  const dear = new Set<number>()
  for (let left = 4 * want; left > 0 && free.size < want; left--) {
    const reviewer = deck()
    const price = cost(work, reviewer)
    if (price !== null) (price === 0 ? free : dear).add(reviewer)
  }
  if (free.size + dear.size < want) return null
  return [
    ...[...free].map((reviewer) => ({ reviewer, price: 0 })),
    ...[...dear].map((reviewer) => ({ reviewer, price: 1 })),
  ].slice(0, want)
}
