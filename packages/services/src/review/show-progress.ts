import type { Actor } from '@copractice/core/directory'
import { ok, type PersonId, type Result, type RoundId, type RouteOutput } from '@copractice/core/kernel'
import type { progressRoute } from '@copractice/core/review'
import type { Db } from '@copractice/store/database'
import { listWorks } from '@copractice/store/review'
import { roundRunBy, type InstructorsOnly, type NotFound } from './find-round.ts'
import { inSeenOrder } from './lay-out-pairings.ts'
import { loadPairings } from './load-pairings.ts'
import { peopleOfRound, type PeopleOfRound } from './people-of-round.ts'
import { showPairings } from './show-pairings.ts'

type Progress = RouteOutput<typeof progressRoute>

/** How far a round is, everyone in it, and every pairing. */
export async function showProgress(
  db: Db,
  actor: Actor,
  roundId: RoundId,
): Promise<Result<Progress, NotFound | InstructorsOnly>> {
  const found = await roundRunBy(db, actor, roundId)
  if (!found.ok) return found
  const round = found.value
  const people = await peopleOfRound(db, actor, round)
  const pairings = await loadPairings(db, actor.networkId, { round, people: people.all })
  const { works, reviews } = pairings
  const authors = new Set(works.flatMap((work) => work.authors))
  const begun = new Set((await listWorks(db, actor.networkId, roundId)).map(({ authorId }) => authorId))
  const reviewers = new Set(reviews.map(({ reviewerId }) => reviewerId))
  const inRound = people.all.filter(
    ({ personId, takesPart }) => takesPart || authors.has(personId) || reviewers.has(personId),
  )
  const filed = reviews.filter(({ filedAt }) => filedAt !== null)
  return ok({
    progress: {
      people: inRound.length,
      handedIn: authors.size,
      reviewsAssigned: reviews.length,
      reviewsFiled: filed.length,
    },
    people: inSeenOrder(
      people,
      inRound.map(({ personId }) => personId),
    ).map((personId) => ({
      ...people.label(personId),
      work: authors.has(personId) ? 'handed_in' : begun.has(personId) ? 'draft' : 'none',
      assigned: reviews.filter(({ reviewerId }) => reviewerId === personId).length,
      filed: filed.filter(({ reviewerId }) => reviewerId === personId).length,
      sections: sectionsOf(people, personId),
    })),
    matrix: showPairings(round, people, pairings),
  })
}

const sectionsOf = ({ learners }: PeopleOfRound, personId: PersonId): string[] => [
  ...new Set(learners.filter((learner) => learner.personId === personId).flatMap(({ sections }) => sections)),
]
