import type { Actor } from '@copractice/core/directory'
import { ok, type PersonId, type Result, type RoundId, type RouteOutput } from '@copractice/core/kernel'
import {
  isSettled,
  keptApart,
  scoreRound,
  type LearnerScores,
  type progressRoute,
  type Round,
  type scoresRoute,
} from '@copractice/core/review'
import type { Db } from '@copractice/store/database'
import { listAssignments, listConflicts, listWorks, type Assignment, type WorkListed } from '@copractice/store/review'
import { roundRunBy, type InstructorsOnly, type NotFound } from './find-round.ts'
import { inSeenOrder, layOutPairings } from './lay-out-pairings.ts'
import { namedPerson, peopleOfRound, type PeopleOfRound } from './people-of-round.ts'

type Progress = RouteOutput<typeof progressRoute>
type Scores = RouteOutput<typeof scoresRoute>

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
  const works = new Map((await listWorks(db, actor.networkId, roundId)).map((work) => [work.authorId, work]))
  const reviews = await listAssignments(db, actor.networkId, roundId)

  const inRound = people.all.filter(
    ({ personId, takesPart }) =>
      takesPart || works.get(personId)?.status === 'submitted' || reviews.some((r) => r.reviewerId === personId),
  )
  const filed = reviews.filter(({ filedAt }) => filedAt !== null)
  const handedIn = [...works.values()].filter(({ status }) => status === 'submitted')
  return ok({
    progress: {
      people: inRound.length,
      handedIn: handedIn.length,
      reviewsAssigned: reviews.length,
      reviewsFiled: filed.length,
    },
    people: inSeenOrder(
      people,
      inRound.map(({ personId }) => personId),
    ).map((personId) => ({
      ...people.label(personId),
      work: workState(works.get(personId)),
      assigned: reviews.filter(({ reviewerId }) => reviewerId === personId).length,
      filed: filed.filter(({ reviewerId }) => reviewerId === personId).length,
      sections: sectionsOf(people, personId),
    })),
    matrix: layOutPairings(people, {
      reviewers: [...new Set([...handedIn.map(({ authorId }) => authorId), ...reviews.map((r) => r.reviewerId)])],
      authors: handedIn.map(({ authorId }) => authorId),
      pairs: reviews.map(({ authorId, reviewerId, ...review }) => ({ authorId, reviewerId, state: stateOf(review) })),
      apart: await apartIn(db, actor, { round, people, handedIn, reviews }),
    }),
  })
}

const sectionsOf = ({ learners }: PeopleOfRound, personId: PersonId): string[] => [
  ...new Set(learners.filter((learner) => learner.personId === personId).flatMap(({ sections }) => sections)),
]

const workState = (work: WorkListed | undefined): 'none' | 'draft' | 'handed_in' =>
  work?.status === 'submitted' ? 'handed_in' : work?.status === 'draft' ? 'draft' : 'none'

const stateOf = ({ savedAt, filedAt }: Pick<Assignment, 'savedAt' | 'filedAt'>) =>
  filedAt ? 'filed' : savedAt ? 'started' : 'not_started'

type Known = Readonly<{
  round: Round
  people: PeopleOfRound
  handedIn: readonly WorkListed[]
  reviews: readonly Assignment[]
}>

/** Where no pairing could be, by the same rule that dealt them. */
async function apartIn(db: Db, actor: Actor, { round, people, handedIn, reviews }: Known) {
  const campus = new Map(people.all.map((person) => [person.personId, person.campus.id]))
  const reviewers = [...new Set([...handedIn.map(({ authorId }) => authorId), ...reviews.map((r) => r.reviewerId)])]
  const workOf = new Map(handedIn.map(({ authorId, submissionId }) => [authorId, submissionId]))
  const apart = keptApart({
    sameCampus: round.sameCampus,
    submissions: handedIn.map(({ submissionId, authorId }) => ({
      id: submissionId,
      authors: [authorId],
      campuses: [campus.get(authorId) ?? ''],
    })),
    reviewers: reviewers.map((id) => ({ id, campus: campus.get(id) ?? '' })),
    conflicts: (await listConflicts(db, actor.networkId, round.roundId)).flatMap(({ reviewerId, authorId }) => {
      const submission = workOf.get(authorId)
      return submission ? [[reviewerId, submission] as const] : []
    }),
  })
  return handedIn.flatMap(({ authorId }, s) =>
    reviewers.flatMap((reviewerId, r) => {
      const why = apart(s, r)
      return why ? [{ authorId, reviewerId, why }] : []
    }),
  )
}

/** Scores of the instructor's own learners with the arithmetic, those whose reviewers differ most first. */
export async function showScores(
  db: Db,
  actor: Actor,
  roundId: RoundId,
  now: Date,
): Promise<Result<Scores, NotFound | InstructorsOnly>> {
  const found = await roundRunBy(db, actor, roundId)
  if (!found.ok) return found
  const round = found.value
  const people = await peopleOfRound(db, actor, round)
  const works = await listWorks(db, actor.networkId, roundId)
  const handedIn = new Set(works.flatMap(({ status, authorId }) => (status === 'submitted' ? [authorId] : [])))
  const scored = scoreRound(round, await listAssignments(db, actor.networkId, roundId))
  const learners = people.own
    .filter(({ personId, takesPart }) => takesPart || handedIn.has(personId))
    .map((person): LearnerScores => {
      const { personId } = person
      return { person: namedPerson(person), handedIn: handedIn.has(personId), ...scoresOf(personId, scored, people) }
    })
  return ok({
    workMaximum: round.workMaximum,
    reviewingMaximum: round.reviewingMaximum,
    rubric: round.rubric,
    final: isSettled(round, now),
    learners: learners.sort((a, b) => (b.work.spread ?? -1) - (a.work.spread ?? -1)),
  })
}

/** Whose work an outside learner's mark is compared on is not told: of other courses' learners no grade is shown. */
function scoresOf(
  personId: PersonId,
  { works, reviewing }: ReturnType<typeof scoreRound>,
  people: PeopleOfRound,
): Pick<LearnerScores, 'work' | 'reviewing'> {
  const work = works.get(personId)
  const own = reviewing.get(personId)
  return {
    work: {
      points: work?.points ?? null,
      percent: work?.percent ?? null,
      marks: (work?.marks ?? []).map((mark, index) => ({
        ...mark,
        criteria: [...mark.criteria],
        reviewer: people.label(work!.reviewers[index]!),
      })),
      spread: work?.spread ?? null,
      missing: work?.missing ?? 0,
    },
    reviewing: {
      points: own?.points ?? null,
      percent: own?.percent ?? null,
      assigned: own?.parts.length ?? 0,
      filed: own?.filed ?? 0,
      parts: (own?.parts ?? []).map(({ authorId, ...part }) => ({
        ...part,
        filed: part.basis !== 'missing',
        author: people.isOwn(authorId) ? people.label(authorId) : null,
      })),
    },
  }
}
