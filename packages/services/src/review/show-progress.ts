import type { Actor } from '@copractice/core/directory'
import {
  ok,
  type PersonId,
  type Result,
  type RoundId,
  type RouteInput,
  type RouteOutput,
} from '@copractice/core/kernel'
import { PEOPLE_AT_ONCE, windowOf, type progressRoute } from '@copractice/core/review'
import type { Db } from '@copractice/store/database'
import { listWorks } from '@copractice/store/review'
import { roundRunBy, type InstructorsOnly, type NotFound } from './find-round.ts'
import { inSeenOrder } from './lay-out-pairings.ts'
import { loadPairings } from './load-pairings.ts'
import { peopleOfRound, type PeopleOfRound } from './people-of-round.ts'
import { showPairings } from './show-pairings.ts'

type Progress = RouteOutput<typeof progressRoute>

type Query = RouteInput<typeof progressRoute>['query']

/** How far a round is, the people in it, and their pairings: of a large round what was asked for. */
export async function showProgress(
  db: Db,
  actor: Actor,
  { roundId, section, peoplePage, ...asked }: Query & Readonly<{ roundId: RoundId }>,
): Promise<Result<Progress, NotFound | InstructorsOnly>> {
  const found = await roundRunBy(db, actor, roundId)
  if (!found.ok) return found
  const round = found.value
  const people = await peopleOfRound(db, actor, round)
  const pairings = await loadPairings(db, actor.networkId, { round, people: people.all })
  const { works } = pairings
  // Nobody waits for a review that was excused before it was written.
  const reviews = pairings.reviews.filter(({ filedAt, hiddenAt }) => filedAt !== null || hiddenAt === null)
  const authors = new Set(works.flatMap((work) => work.authors))
  const begun = new Set((await listWorks(db, actor.networkId, roundId)).map(({ authorId }) => authorId))
  const reviewsOf = Map.groupBy(reviews, ({ reviewerId }) => reviewerId)
  const sectionsOf = sectionsByPerson(people)
  const inRound = people.all.filter(
    ({ personId, takesPart }) => takesPart || authors.has(personId) || reviewsOf.has(personId),
  )
  const asOf = inRound
    .map(({ personId }) => personId)
    .filter((personId) => section === '' || sectionsOf.get(personId)?.includes(section))
  const { items, ...peoplePart } = windowOf(inSeenOrder(people, asOf), PEOPLE_AT_ONCE, peoplePage)
  return ok({
    progress: {
      people: inRound.length,
      handedIn: authors.size,
      reviewsAssigned: reviews.length,
      reviewsFiled: reviews.filter(({ filedAt }) => filedAt !== null).length,
    },
    people: items.map((personId) => ({
      ...people.label(personId),
      work: authors.has(personId) ? 'handed_in' : begun.has(personId) ? 'draft' : 'none',
      assigned: reviewsOf.get(personId)?.length ?? 0,
      filed: (reviewsOf.get(personId) ?? []).filter(({ filedAt }) => filedAt !== null).length,
      sections: sectionsOf.get(personId) ?? [],
    })),
    peoplePart,
    sections: [...new Set([...sectionsOf.values()].flat())].sort(),
    ...showPairings(round, people, pairings, { asked }),
  })
}

const sectionsByPerson = ({ learners }: PeopleOfRound): Map<PersonId, string[]> =>
  new Map(
    [...Map.groupBy(learners, ({ personId }) => personId)].map(([personId, theirs]) => [
      personId,
      [...new Set(theirs.flatMap(({ sections }) => sections))],
    ]),
  )
