import type { PersonId } from '@copractice/core/kernel'
import type { PairingMatrix, Round } from '@copractice/core/review'
import type { Assignment } from '@copractice/store/review'
import { layOutPairings } from './lay-out-pairings.ts'
import { pairsApart, type Pairings } from './load-pairings.ts'
import type { PeopleOfRound } from './people-of-round.ts'

type Pair = Readonly<{ authorId: PersonId; reviewerId: PersonId; state: PairingMatrix['pairs'][number]['state'] }>

/**
 * The matrix as one instructor may see it. While reviews are written everybody who takes part has a row, as anybody may
 * be given a review; before, those who handed in. `planned` are pairs not saved yet, in the place of those there are.
 */
export function showPairings(
  round: Round,
  people: PeopleOfRound,
  pairings: Pairings,
  planned?: Readonly<{ pairs: readonly Pair[]; reviewers: readonly PersonId[] }>,
): PairingMatrix {
  const works = planned ? pairings.works.filter(({ stands }) => stands) : pairings.works
  const pairs = planned?.pairs ?? pairings.reviews.map(pairOf)
  const taking = people.all.filter(({ takesPart }) => takesPart).map(({ personId }) => personId)
  const reviewers = planned?.reviewers ?? [
    ...new Set([
      ...works.flatMap(({ authors }) => authors),
      ...pairs.map(({ reviewerId }) => reviewerId),
      ...(round.phase === 'review' ? taking : []),
    ]),
  ]
  return layOutPairings(people, {
    round,
    reviewers,
    authors: works.map(({ authorId }) => authorId),
    teams: new Map(works.map(({ authorId, team }) => [authorId, team])),
    awayAs: pairings.awayAs,
    authorsAway: new Set(works.filter(({ stands }) => !stands).map(({ authorId }) => authorId)),
    pairs,
    apart: pairsApart(pairings.rules(works, reviewers), works, reviewers),
  })
}

const pairOf = ({ authorId, reviewerId, savedAt, filedAt }: Assignment): Pair => ({
  authorId,
  reviewerId,
  state: filedAt ? 'filed' : savedAt ? 'started' : 'not_started',
})
