import { hideSmallList } from './hide-small.ts'

/** Pairs of a campus and how many of its people are in them; `isHidden`: another count of its people is not told. */
export type TiesOfCampus = Readonly<{ pairs: number; people: number; isHidden: boolean }>

/**
 * Pairs follow from people where all of them met: a campus of a among 15 has a * (15 - a). So a campus tells its pairs
 * where it may tell its people, and the hidden ones together are 5 people or more. Each pair stands at two campuses and
 * all pairs follow from all sizes: they are told where no campus hides its own.
 */
export function hideTies(campuses: readonly TiesOfCampus[], pairs: number) {
  const also = [...campuses.keys()].filter((at) => campuses[at]!.isHidden)
  const people = hideSmallList(
    campuses.map((one) => one.people),
    also,
  )
  const counts = campuses.map((one, at) => (people.counts[at] === null ? null : one.pairs))
  return { counts, people: people.total, pairs: counts.includes(null) ? null : pairs }
}
