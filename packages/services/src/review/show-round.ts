import type { Actor } from '@copractice/core/directory'
import { ok, type CohortId, type Result, type RoundId } from '@copractice/core/kernel'
import {
  ConflictReason,
  datesFor,
  instructedCourses,
  NO_EXTENSIONS,
  isSettled,
  viewerOf,
  type MyWork,
  type ReviewToWrite,
  type Round,
  type RoundDetail,
  type RoundSummary,
  type Viewer,
} from '@copractice/core/review'
import type { Db, Trx } from '@copractice/store/database'
import {
  findRoundWithCounts,
  findRubricSource,
  findWork,
  listConflicts,
  listReleases,
  listReviewsOfRound,
  listRounds as listRoundRows,
  type ReviewListed,
  type RoundWithCounts,
  type Work,
} from '@copractice/store/review'
import { filesSeen } from './file-for.ts'
import { notFound, seenRound, type NotFound } from './find-round.ts'
import { namedPerson, peopleOfRound } from './people-of-round.ts'

/** The rounds of a cohort with where the actor stands in each. Empty for someone who is nothing to the cohort. */
export async function listRounds(
  db: Db,
  actor: Actor,
  { cohortId, ...paging }: Readonly<{ cohortId: CohortId | null; after?: string | undefined; limit: number }>,
  now: Date,
): Promise<{ items: RoundSummary[]; next: string | null }> {
  const viewer = cohortId && viewerOf(actor, cohortId)
  if (!viewer) return { items: [], next: null }
  const { networkId, personId } = actor
  const withDrafts = viewer === 'instructor'
  const page = await listRoundRows(db, { networkId, cohortId, personId, withDrafts }, paging)
  return { ...page, items: page.items.map((row) => summaryOf(row, viewer, now)) }
}

export async function showRound(
  db: Db,
  actor: Actor,
  roundId: RoundId,
  now: Date,
): Promise<Result<RoundDetail, NotFound>> {
  const row = await findRoundWithCounts(db, actor.networkId, roundId, actor.personId)
  const seen = seenRound(actor, row?.round)
  if (!seen.ok || !row) return notFound()
  return ok(await detailOf(db, actor, row, seen.value.viewer, now))
}

/** What every change of a round answers with. */
export async function roundAfter(trx: Trx, actor: Actor, roundId: RoundId, now: Date): Promise<RoundDetail> {
  const row = await findRoundWithCounts(trx, actor.networkId, roundId, actor.personId)
  if (!row) throw new Error('A round was lost in its own transaction')
  return detailOf(trx, actor, row, 'instructor', now)
}

function summaryOf({ round, standing, progress, own }: RoundWithCounts, viewer: Viewer, now: Date): RoundSummary {
  const { roundId, title, phase, anonymity, timeZone } = round
  const { submitUntil, reviewUntil } = viewer === 'participant' ? datesFor(round, own, now) : round
  const work = standing.workStatus === 'submitted' ? 'handed_in' : standing.workStatus === 'draft' ? 'draft' : 'none'
  return {
    roundId,
    title,
    phase,
    anonymity,
    submitUntil,
    reviewUntil,
    timeZone,
    viewer,
    standing:
      viewer === 'participant'
        ? {
            work,
            handedInAt: work === 'handed_in' ? standing.handedInAt : null,
            reviews: { assigned: standing.assigned, filed: standing.filed },
            received: isSettled(round, now) ? standing.received : null,
          }
        : null,
    progress: viewer === 'instructor' ? progress : null,
  }
}

async function detailOf(
  trx: Db | Trx,
  actor: Actor,
  row: RoundWithCounts,
  viewer: Viewer,
  now: Date,
): Promise<RoundDetail> {
  const { round } = row
  const { networkId, personId } = actor
  const isAuthor = viewer === 'participant'
  const mine = datesFor(round, row.own, now)
  const work = isAuthor ? await findWork(trx, { networkId, roundId: round.roundId, authorId: personId }) : undefined
  const reviews = isAuthor ? await listReviewsOfRound(trx, networkId, personId, round.roundId) : []
  return {
    ...summaryOf(row, viewer, now),
    instructions: round.instructions,
    plan: planOf(row, viewer, now),
    rubric: round.rubric,
    reviewsPerSubmission: round.reviewsPerSubmission,
    workMaximum: round.workMaximum,
    reviewingMaximum: round.reviewingMaximum,
    myWork: work ? myWorkOf(work) : null,
    myReviews: reviews.map((review) => reviewToWrite(review, mine, now)),
    setup: viewer === 'instructor' ? await setupOf(trx, actor, round) : null,
  }
}

function planOf({ round, ...row }: RoundWithCounts, viewer: Viewer, now: Date): RoundDetail['plan'] {
  const own = viewer === 'participant' ? row.own : NO_EXTENSIONS
  const {
    workKinds,
    filesAtMost,
    latePolicy,
    submitFirst,
    selfAssessment,
    advance,
    openFrom,
    reviseUntil,
    reviewerWeights,
  } = round
  return {
    workKinds: [...workKinds],
    filesAtMost,
    latePolicy,
    submitFirst,
    selfAssessment,
    advance,
    openFrom,
    reviseUntil,
    reviewerWeights,
    moreTime: { work: own.work !== null, reviews: own.reviews !== null },
    takesLate: datesFor(round, own, now).takesLate,
  }
}

async function setupOf(trx: Db | Trx, actor: Actor, round: Round): Promise<RoundDetail['setup']> {
  const people = await peopleOfRound(trx, actor, round)
  const named = new Map(people.own.map((person) => [person.personId, namedPerson(person)]))
  const pairs = (await listConflicts(trx, actor.networkId, round.roundId)).filter(
    ({ reviewerId, authorId }) => reviewerId < authorId,
  )
  const conflicts = pairs.flatMap(({ reviewerId, authorId, reason, note }) => {
    const [one, other] = [named.get(reviewerId), named.get(authorId)]
    const people = one && other && ([one, other] as [typeof one, typeof other])
    return people ? [{ people, reason: ConflictReason.catch('declared').parse(reason), note }] : []
  })
  const { rubricVersionId, stalledAt, stalledWhy } = round
  const source = rubricVersionId && (await findRubricSource(trx, actor.networkId, rubricVersionId))
  return {
    sameCampus: round.sameCampus,
    seed: round.seed,
    conflicts,
    otherConflicts: pairs.length - conflicts.length,
    rubricSource: source || null,
    released: (await listReleases(trx, actor.networkId, round.roundId)).length,
    stalled: stalledAt && { at: stalledAt, why: stalledWhy ?? '' },
  }
}

/** The author's own view: with the name they gave the file. */
export const myWorkOf = (work: Work): MyWork => ({
  body: work.body,
  files: filesSeen(work.files),
  status: work.status === 'submitted' ? 'handed_in' : 'draft',
  savedAt: work.savedAt,
  handedInAt: work.handedInAt,
  link: work.link,
  portfolio: work.portfolio,
  lateMinutes: work.lateMinutes,
})

export function reviewToWrite(review: ReviewListed, round: Round, now: Date): ReviewToWrite {
  return {
    assignmentId: review.assignmentId,
    roundId: round.roundId,
    roundTitle: round.title,
    number: review.number,
    of: review.of,
    reviewUntil: round.reviewUntil,
    timeZone: round.timeZone,
    open: round.phase === 'review' && now <= round.reviewUntil && !review.hiddenAt,
    isHidden: review.hiddenAt !== null,
    criteriaMarked: review.marks.filter(({ points }) => points !== null).length,
    criteria: round.rubric.criteria.length,
    savedAt: review.savedAt,
    filedAt: review.filedAt,
  }
}

/** The actor's courses that are linked to the cohort, or nothing when they do not run its rounds. */
export const runsRounds = (actor: Actor, cohortId: CohortId | null): cohortId is CohortId =>
  cohortId !== null && instructedCourses(actor, cohortId).length > 0
