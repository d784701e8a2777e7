import type { PersonId } from '@copractice/core/kernel'
import type { PairingMatrix } from '@copractice/core/review'
import type { PeopleOfRound } from './people-of-round.ts'

type Pair = Readonly<{ authorId: PersonId; reviewerId: PersonId; state: PairingMatrix['pairs'][number]['state'] }>
type Apart = Readonly<{ authorId: PersonId; reviewerId: PersonId; why: PairingMatrix['closed'][number]['why'] }>

/** Own learners first and by name, then the others by campus and number: an order that does not follow hidden names. */
export function inSeenOrder(people: PeopleOfRound, ids: readonly PersonId[]): PersonId[] {
  const place = (personId: PersonId): string => {
    const label = people.label(personId)
    return label.kind === 'named'
      ? `0 ${label.name?.toLowerCase() ?? '\u{10ffff}'} ${label.key}`
      : `1 ${label.campus.name} ${String(label.number).padStart(6, '0')}`
  }
  return ids
    .map((personId) => ({ personId, place: place(personId) }))
    .sort((a, b) => a.place.localeCompare(b.place))
    .map(({ personId }) => personId)
}

/** Draws a round's pairings as a matrix in which an instructor sees names of their own learners only. */
export function layOutPairings(
  people: PeopleOfRound,
  given: Readonly<{
    reviewers: readonly PersonId[]
    authors: readonly PersonId[]
    pairs: readonly Pair[]
    apart: readonly Apart[]
  }>,
): PairingMatrix {
  const reviewers = inSeenOrder(people, given.reviewers)
  const authors = inSeenOrder(people, given.authors)
  const row = new Map(reviewers.map((personId, index) => [personId, index]))
  const column = new Map(authors.map((personId, index) => [personId, index]))
  const placed = <T extends { authorId: PersonId; reviewerId: PersonId }>(items: readonly T[]) =>
    items.flatMap((item) => {
      const place = { row: row.get(item.reviewerId), column: column.get(item.authorId) }
      return place.row === undefined || place.column === undefined
        ? []
        : [{ item, place: { row: place.row, column: place.column } }]
    })
  const byPlace = (a: { row: number; column: number }, b: { row: number; column: number }) =>
    a.row - b.row || a.column - b.column
  return {
    rows: reviewers.map((personId) => ({
      ...people.label(personId),
      has: given.pairs.filter((pair) => pair.reviewerId === personId).length,
    })),
    columns: authors.map((personId) => ({
      ...people.label(personId),
      gets: given.pairs.filter((pair) => pair.authorId === personId).length,
    })),
    pairs: placed(given.pairs)
      .map(({ item, place }) => ({ ...place, state: item.state }))
      .sort(byPlace),
    closed: placed(given.apart)
      .map(({ item, place }) => ({ ...place, why: item.why }))
      .sort(byPlace),
  }
}
