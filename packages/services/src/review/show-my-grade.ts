import type { Actor } from '@copractice/core/directory'
import type { GradeColumn } from '@copractice/core/gradebook'
import {
  ok,
  refuse,
  type NetworkId,
  type PersonId,
  type Refusal,
  type Result,
  type RoundId,
  type RouteOutput,
  type SubmissionId,
} from '@copractice/core/kernel'
import type { MyReviewingGrade, MyWorkGrade, myGradeRoute, Round } from '@copractice/core/review'
import type { Db } from '@copractice/store/database'
import { listAppeals, listReviewsToScore } from '@copractice/store/review'
import { releaseFor } from './appeal-grade.ts'
import { roundSeenBy, type NotFound } from './find-round.ts'
import { loadScoring, overridesThatCount, type RoundScoring } from './load-scoring.ts'
import { appealSeen } from './show-scores.ts'

type MyGrade = RouteOutput<typeof myGradeRoute>

/**
 * The actor's own grades once their course's are released, with the arithmetic line by line. Nothing in it says who wrote
 * a review, and of the works they reviewed only how far their mark lay from what it was compared with.
 */
export async function showMyGrade(
  db: Db,
  actor: Actor,
  roundId: RoundId,
  now: Date,
): Promise<Result<MyGrade, NotFound | Refusal<'review.not_participant', Record<string, never>>>> {
  const { networkId, personId } = actor
  const seen = await roundSeenBy(db, actor, roundId)
  if (!seen.ok) return seen
  const { round, viewer } = seen.value
  if (viewer !== 'participant') return refuse('review.not_participant', {})
  const release = await releaseFor(db, networkId, round, personId, now)
  if (!release) return ok({ released: null })
  const scoring = await loadScoring(db, networkId, round, release.counts)
  const appeals = await listAppeals(db, networkId, roundId, personId)
  const { workMaximum, reviewingMaximum, rubric } = round
  return ok({
    released: {
      releasedAt: release.counts.releasedAt,
      appealsUntil: release.appealsUntil,
      workMaximum,
      reviewingMaximum,
      rubric,
      work: workGrade(scoring, personId, await numbersOf(db, networkId, roundId)),
      reviewing: reviewingGrade(scoring, round, personId),
      appeals: appeals.map(appealSeen),
    },
  })
}

function overrideOf({ overrides }: RoundScoring, personId: PersonId, column: GradeColumn) {
  const override = overridesThatCount(overrides).find((each) => each.personId === personId && each.column === column)
  return override ? { points: override.points, reason: override.reason } : null
}

type Numbers = (submissionId: SubmissionId, reviewerId: PersonId) => number | null

/** Which number the author reads over a review; null for one that was taken from them after it counted. */
async function numbersOf(db: Db, networkId: NetworkId, roundId: RoundId): Promise<Numbers> {
  const read = (await listReviewsToScore(db, networkId, [roundId])).filter(({ filedAt }) => filedAt !== null)
  const ofWork = Map.groupBy(read, ({ submissionId }) => submissionId)
  return (submissionId, reviewerId) => {
    const place = (ofWork.get(submissionId) ?? []).findIndex((review) => review.reviewerId === reviewerId)
    return place < 0 ? null : place + 1
  }
}

function workGrade(scoring: RoundScoring, personId: PersonId, numbers: Numbers): MyWorkGrade | null {
  const work = scoring.scored.workOf(personId)
  const override = overrideOf(scoring, personId, 'work')
  if (!work && !override) return null
  return {
    grade: scoring.scored.grade(personId, 'work'),
    marks: (work?.marks ?? []).map((mark, index) => ({
      ...mark,
      criteria: [...mark.criteria],
      number: numbers(work!.submissionId, work!.reviewers[index]!),
    })),
    mean: work?.mean ?? null,
    method: scoring.inForce,
    percent: work?.percent ?? null,
    interval: work?.interval ?? null,
    check: scoring.inForce === 'model' ? (work?.check ?? null) : null,
    late: work?.late ?? 0,
    points: work?.points ?? null,
    override,
  }
}

function reviewingGrade(scoring: RoundScoring, round: Round, personId: PersonId): MyReviewingGrade | null {
  const reviewing = scoring.scored.reviewing.get(personId)
  const override = overrideOf(scoring, personId, 'reviewing')
  if (!reviewing && !override) return null
  return {
    grade: scoring.scored.grade(personId, 'reviewing'),
    weights: round.reviewerWeights,
    parts: (reviewing?.parts ?? []).map(({ given, othersMean, check, basis, agreement, helpful, share }, index) => {
      const reference = check ?? othersMean
      const distance = given === null || reference === null ? null : Math.abs(given - reference)
      return { number: index + 1, given, basis, distance, agreement, helpful, share }
    }),
    points: reviewing?.points ?? null,
    override,
  }
}
