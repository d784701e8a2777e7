import type { CourseId, NetworkId } from '@copractice/core/kernel'
import type { Mark, Round } from '@copractice/core/review'
import type { Db, Trx } from '@copractice/store/database'
import {
  findPinned,
  listChecks,
  listExemplarsMarked,
  listReviewsToScore,
  listRoundsToPool,
  type Entered,
  type Pinned,
  type StandingRelease,
} from '@copractice/store/review'

/** What counts with a release that stands, or, without one, what would count now. */
export async function loadEntered(
  trx: Db | Trx,
  networkId: NetworkId,
  round: Round,
  release: StandingRelease | null,
): Promise<Readonly<{ roundIds: Pinned['roundIds']; entered: Entered }>> {
  const { roundId, method } = round
  const pinned = release && (await findPinned(trx, networkId, release.releaseId))
  if (pinned?.entered) return { roundIds: pinned.roundIds, entered: pinned.entered }
  // A release from before what counted was kept: the rounds it pooled as they were then, and its own as it is.
  const roundIds = pinned?.roundIds ?? (await listRoundsToPool(trx, networkId, round))
  const asOf = pinned?.at ?? null
  const [all, known, marked] = [listReviewsToScore, listChecks, listExemplarsMarked] as const
  const reviews = [...(await all(trx, networkId, roundIds, asOf)), ...(await all(trx, networkId, [roundId]))]
  const checks = [...(await known(trx, networkId, roundIds, asOf)), ...(await known(trx, networkId, [roundId]))]
  const exemplars = [...(await marked(trx, networkId, roundIds, asOf)), ...(await marked(trx, networkId, [roundId]))]
  return {
    roundIds,
    entered: {
      method,
      reviews: reviews.map(({ comment: _words, ...review }) => ({ ...review, marks: pointsOf(review.marks) })),
      checks: checks.map(({ marks, submissionId, ...check }) => ({
        roundId: check.roundId,
        submissionId,
        marks: pointsOf(marks),
      })),
      exemplars: exemplars.map(({ reference, markings, ...exemplar }) => ({
        ...exemplar,
        reference: pointsOf(reference),
        markings: markings.map(({ reviewerId, marks }) => ({ reviewerId, marks: pointsOf(marks) })),
      })),
    },
  }
}

const pointsOf = (marks: readonly Mark[]): Mark[] =>
  marks.map(({ criterionId, points }) => ({ criterionId, points, comment: '' }))

/**
 * The release whose figures these courses' people read: of their own the one that holds the newest fast, so that whoever learns
 * in two of them reads what they were told last; or else the first of the round, which another release would follow.
 */
export const releaseThatCounts = (
  releases: readonly StandingRelease[],
  courseIds: readonly CourseId[],
): StandingRelease | null =>
  releases
    .filter(({ courseId }) => courseIds.includes(courseId))
    .reduce<StandingRelease | null>(
      (newest, each) => (newest && newest.pinnedAt >= each.pinnedAt ? newest : each),
      null,
    ) ??
  releases[0] ??
  null

/** What another release of the round would hold fast: what the first that stands does, or what counts now. */
export async function pinFor(
  trx: Trx,
  networkId: NetworkId,
  round: Round,
  standing: StandingRelease | null,
  now: Date,
): Promise<Pinned> {
  if (standing) return findPinned(trx, networkId, standing.releaseId)
  return { at: now, ...(await loadEntered(trx, networkId, round, null)) }
}
