import type { PersonId } from '@copractice/core/kernel'
import {
  isSearched,
  loadBounds,
  MATRIX_ROWS,
  MATRIX_WHOLE_UP_TO,
  windowOf,
  type MatrixSort,
  type PairingMatrix,
  type Round,
  type Windowed,
} from '@copractice/core/review'
import type { PairInRound } from '@copractice/store/review'
import { inSeenOrder, layOutPairings } from './lay-out-pairings.ts'
import { pairsApart, type Pairings, type WorkInRound } from './load-pairings.ts'
import type { PeopleOfRound } from './people-of-round.ts'

type Pair = Readonly<{ authorId: PersonId; reviewerId: PersonId; state: PairingMatrix['pairs'][number]['state'] }>
type Planned = Readonly<{ pairs: readonly Pair[]; reviewers: readonly PersonId[] }>
type Whole = Readonly<{ works: readonly WorkInRound[]; pairs: readonly Pair[]; reviewers: readonly PersonId[] }>
type Part = Omit<Windowed<unknown>, 'items'>
export type MatrixAsked = Readonly<{ search: string; sort: MatrixSort; page: number }>

/**
 * The matrix as one instructor may see it. While reviews are written everybody who takes part has a row, as anybody may
 * be given a review; before, those who handed in. `planned` are pairs not saved yet, in the place of those there are. Of a
 * large round it is a part: some rows with the works they review or made, so that neither it nor the work grows with the round.
 */
export function showPairings(
  round: Round,
  people: PeopleOfRound,
  pairings: Pairings,
  { planned, asked = FIRST }: Readonly<{ planned?: Planned; asked?: MatrixAsked }> = {},
): { matrix: PairingMatrix; part: Part | null } {
  const whole = wholeOf(round, people, pairings, planned)
  const isSmall = Math.max(whole.reviewers.length, whole.works.length) <= MATRIX_WHOLE_UP_TO
  if (isSmall && asked.search.trim() === '') return { matrix: drawn(round, people, pairings, whole, whole), part: null }
  const { items, ...part } = rowsAsked(people, whole, asked)
  const shown = new Set(items)
  const reviewed = new Set(whole.pairs.flatMap(({ authorId, reviewerId }) => (shown.has(reviewerId) ? authorId : [])))
  const works = whole.works.filter(
    ({ authorId, authors }) => reviewed.has(authorId) || authors.some((author) => shown.has(author)),
  )
  return { matrix: drawn(round, people, pairings, whole, { works, reviewers: items }), part }
}

/** One column with the rows of a change, to judge it by. */
export function showColumn(
  round: Round,
  people: PeopleOfRound,
  pairings: Pairings,
  { authorId, reviewers }: Readonly<{ authorId: PersonId | undefined; reviewers: readonly PersonId[] }>,
): PairingMatrix {
  const whole = wholeOf(round, people, pairings)
  const mayBe = new Set(whole.reviewers)
  return drawn(round, people, pairings, whole, {
    works: whole.works.filter((work) => work.authorId === authorId),
    reviewers: reviewers.filter((personId) => mayBe.has(personId)),
  })
}

const FIRST: MatrixAsked = { search: '', sort: 'name', page: 1 }

function wholeOf(round: Round, people: PeopleOfRound, pairings: Pairings, planned?: Planned): Whole {
  const works = planned ? pairings.works.filter(({ stands }) => stands) : pairings.works
  const pairs = planned?.pairs ?? pairings.reviews.filter(({ hiddenAt }) => !hiddenAt).map(pairOf)
  const taking = people.all.filter(({ takesPart }) => takesPart).map(({ personId }) => personId)
  const reviewers = planned?.reviewers ?? [
    ...new Set([
      ...works.flatMap(({ authors }) => authors),
      ...pairs.map(({ reviewerId }) => reviewerId),
      ...(round.phase === 'review' ? taking : []),
    ]),
  ]
  return { works, pairs, reviewers }
}

/** People searched for, and with them whoever reviews their work. */
function rowsAsked(people: PeopleOfRound, whole: Whole, { search, sort, page }: MatrixAsked): Windowed<PersonId> {
  const nameOf = (personId: PersonId) => {
    const label = people.label(personId)
    return label.kind === 'named' ? (label.name ?? '') : `${label.campus.name} ${label.number}`
  }
  const isFound = (personId: PersonId) => isSearched(nameOf(personId), search)
  const theirs = new Set(whole.works.flatMap(({ authorId, authors }) => (authors.some(isFound) ? authorId : [])))
  const reviewing = new Set(whole.pairs.flatMap(({ authorId, reviewerId }) => (theirs.has(authorId) ? reviewerId : [])))
  const found = inSeenOrder(
    people,
    whole.reviewers.filter((personId) => isFound(personId) || (search.trim() !== '' && reviewing.has(personId))),
  )
  const has = Map.groupBy(whole.pairs, ({ reviewerId }) => reviewerId)
  const count: Record<MatrixSort, (personId: PersonId) => number> = {
    name: () => 0,
    most: (personId) => -(has.get(personId)?.length ?? 0),
    fewest: (personId) => has.get(personId)?.length ?? 0,
    waiting: (personId) => -(has.get(personId) ?? []).filter(({ state }) => state !== 'filed').length,
  }
  const placed = found.map((personId) => ({ personId, by: count[sort](personId) }))
  const sorted = sort === 'name' ? found : placed.sort((a, b) => a.by - b.by).map(({ personId }) => personId)
  return windowOf(sorted, MATRIX_ROWS, page)
}

function drawn(
  round: Round,
  people: PeopleOfRound,
  pairings: Pairings,
  whole: Whole,
  { works, reviewers }: Pick<Whole, 'works' | 'reviewers'>,
): PairingMatrix {
  const isWhole = works === whole.works && reviewers === whole.reviewers
  const over = pairings.reviews.filter(({ hiddenAt }) => hiddenAt)
  const matrix = layOutPairings(people, {
    round,
    reviewers,
    authors: works.map(({ authorId }) => authorId),
    teams: new Map(works.map(({ authorId, team }) => [authorId, team])),
    awayAs: pairings.awayAs,
    authorsAway: new Set(works.filter(({ stands }) => !stands).map(({ authorId }) => authorId)),
    pairs: whole.pairs,
    apart: [
      ...pairsApart(pairings.rules(works, reviewers), works, reviewers),
      // Set aside by an instructor: nobody gets the same work again.
      ...over.map(({ authorId, reviewerId }) => ({ authorId, reviewerId, why: 'conflict' as const })),
    ],
    setAside: over.length,
  })
  return isWhole ? matrix : { ...matrix, bounds: boundsOfWhole(round, pairings, whole) }
}

function boundsOfWhole(round: Round, { isThere }: Pairings, { works, pairs, reviewers }: Whole) {
  const busy = new Set([...pairs.map(({ reviewerId }) => reviewerId), ...works.flatMap(({ authors }) => authors)])
  return loadBounds({
    works: works.filter(({ stands }) => stands).length,
    reviewers: reviewers.filter((personId) => busy.has(personId) && isThere(personId)).length,
    reviewsPerSubmission: round.reviewsPerSubmission,
  })
}

const pairOf = ({ authorId, reviewerId, savedAt, filedAt }: PairInRound): Pair => ({
  authorId,
  reviewerId,
  state: filedAt ? 'filed' : savedAt ? 'started' : 'not_started',
})
