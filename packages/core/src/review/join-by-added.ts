import { groups, type DealtPair } from './connect-reviews.ts'
import { loads } from './deal-reviews.ts'
import type { PairCost } from './draw-candidates.ts'

type Among = Readonly<{
  works: number
  people: number
  price: PairCost
  room: readonly Readonly<{ least: number; most: number }>[]
  /** Reviews each has besides. */
  done: readonly number[]
}>

/**
 * Connects works again by giving reviews that are given anyway to somebody else: who may write them, has room, and
 * reviews in another group of works. Touches nobody's other reviews, and so may leave groups apart. `elsewhere` are
 * reviews of people numbered from `people` on, who link works too.
 */
export function joinByAdded(
  pairs: readonly DealtPair[],
  elsewhere: readonly DealtPair[],
  isAdded: (pair: DealtPair) => boolean,
  { works, people, price, room, done }: Among,
): DealtPair[] {
  const numbered = people + new Set(elsewhere.map(({ reviewer }) => reviewer)).size
  const joined = [...pairs]
  let count = groups([...joined, ...elsewhere], works, numbered).count
  for (let index = 0; index < joined.length && count > 1; index++) {
    const pair = joined[index]!
    if (!isAdded(pair)) continue
    const others = [...joined.toSpliced(index, 1), ...elsewhere]
    const without = groups(others, works, numbered)
    const load = loads(joined, people, done)
    if (load[pair.reviewer]! <= room[pair.reviewer]!.least) continue
    const reviewing = new Set(others.filter(({ work }) => work === pair.work).map(({ reviewer }) => reviewer))
    const here = without.groupOf(pair)
    const candidates = Array.from({ length: people }, (_, reviewer) => reviewer).filter(
      (reviewer) =>
        reviewer !== pair.reviewer &&
        !reviewing.has(reviewer) &&
        load[reviewer]! < room[reviewer]!.most &&
        without.groupOfReviewer(reviewer) !== here &&
        price(pair.work, reviewer) !== null,
    )
    const best = candidates
      .map((reviewer) => ({ reviewer, cost: price(pair.work, reviewer)! }))
      .sort((a, b) => load[a.reviewer]! - load[b.reviewer]! || a.cost - b.cost || a.reviewer - b.reviewer)[0]
    if (!best) continue
    const changed = groups([...others, { work: pair.work, reviewer: best.reviewer }], works, numbered).count
    if (changed >= count) continue
    joined[index] = { work: pair.work, reviewer: best.reviewer }
    count = changed
  }
  return joined
}
