import type { PersonId } from '@copractice/core/kernel'
import type { PairingMatrix, Round } from '@copractice/core/review'
import type { PeopleOfRound } from './people-of-round.ts'

type Pair = Readonly<{ authorId: PersonId; reviewerId: PersonId; state: PairingMatrix['pairs'][number]['state'] }>
type Apart = Readonly<{ authorId: PersonId; reviewerId: PersonId; why: PairingMatrix['closed'][number]['why'] }>

/** One for all: made anew for each comparison it takes most of the time in a large round. */
const order = new Intl.Collator()

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
    .sort((a, b) => order.compare(a.place, b.place))
    .map(({ personId }) => personId)
}

/** Draws a round's pairings as a matrix in which an instructor sees names of their own learners only. */
export function layOutPairings(
  people: PeopleOfRound,
  given: Readonly<{
    round: Pick<Round, 'reviewsPerSubmission' | 'sameCampus'>
    reviewers: readonly PersonId[]
    authors: readonly PersonId[]
    /** By who began the work. */
    teams: ReadonlyMap<PersonId, string | null>
    awayAs: (personId: PersonId) => PairingMatrix['rows'][number]['away']
    authorsAway: ReadonlySet<PersonId>
    pairs: readonly Pair[]
    apart: readonly Apart[]
    /** Of the whole round. */
    setAside: number
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
  const has = Map.groupBy(given.pairs, ({ reviewerId }) => reviewerId)
  const gets = Map.groupBy(given.pairs, ({ authorId }) => authorId)
  return {
    stand: people.stand,
    reviewsPerSubmission: given.round.reviewsPerSubmission,
    avoidsCampus: given.round.sameCampus === 'avoid',
    rows: reviewers.map((personId) => ({
      ...people.label(personId),
      has: has.get(personId)?.length ?? 0,
      away: given.awayAs(personId),
    })),
    columns: authors.map((personId) => ({
      ...people.label(personId),
      gets: gets.get(personId)?.length ?? 0,
      team: given.teams.get(personId) ?? null,
      away: given.authorsAway.has(personId),
    })),
    pairs: placed(given.pairs)
      .map(({ item, place }) => ({ ...place, state: item.state }))
      .sort(byPlace),
    closed: placed(given.apart)
      .map(({ item, place }) => ({ ...place, why: item.why }))
      .sort(byPlace),
    setAside: given.setAside,
  }
}
