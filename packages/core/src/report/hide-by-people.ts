import { SMALLEST_TOLD, hideSmallList } from './hide-small.ts'

/** How many things, and how many different people they are of. */
export type CountOf = Readonly<{ count: number; people: number }>

/**
 * Counts of things that people have several of, and their total. What is of 1 to 4 different people is hidden, and with
 * it a count of 5 people or more: what follows from the total is of so many at least. Without one nothing is told.
 */
export function hideByPeople(counts: readonly CountOf[], total: CountOf) {
  const places = [...counts.keys()]
  const isSmall = ({ people }: CountOf) => people > 0 && people < SMALLEST_TOLD
  const small = places.filter((at) => isSmall(counts[at]!))
  if (!small.length && !isSmall(total)) return { counts: counts.map((one) => one.count), total: total.count }
  const [next] = places
    .filter((at) => counts[at]!.people >= SMALLEST_TOLD)
    .sort((one, other) => counts[one]!.count - counts[other]!.count)
  if (next === undefined) return { counts: counts.map((one) => (one.count ? null : 0)), total: null }
  return hideSmallList(
    counts.map((one) => one.count),
    [...small, next],
  )
}
