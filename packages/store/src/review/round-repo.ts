import { sql } from 'kysely'
import type { AssignmentId, CohortId, NetworkId, PersonId, RoundId, RubricVersionId } from '@copractice/core/kernel'
import {
  LatePolicy,
  type ExtensionKind,
  type Extensions,
  GradeComment,
  type ReviewerWeights,
  type Round,
  type RoundProgress,
  type Rubric,
  type WorkKind,
} from '@copractice/core/review'
import type { Db, Trx } from '../database.ts'
import { pageOf, readInstantCursor, type Page } from '../directory/name-cursor.ts'

const ROUND = [
  'r.id',
  'r.cohort_id',
  'r.title',
  'r.instructions',
  'r.rubric',
  'r.reviews_per_submission',
  'r.anonymity',
  'r.same_campus',
  'r.submit_until',
  'r.review_until',
  'r.time_zone',
  'r.work_maximum',
  'r.reviewing_maximum',
  'r.phase',
  'r.seed',
  'r.rubric_version_id',
  'r.work_kinds',
  'r.files_at_most',
  'r.late_policy',
  'r.submit_first',
  'r.self_assessment',
  'r.advance',
  'r.open_from',
  'r.revise_until',
  'r.copied_from',
  'r.stalled_at',
  'r.method',
  'r.reviewer_weights',
  'r.grade_comment',
] as const

const rounds = (trx: Db | Trx, networkId: NetworkId) =>
  trx
    .selectFrom('review_round as r')
    .select(ROUND)
    .select([
      sql<Date>`greatest(r.review_until, (select max(e.until) from round_extension e where e.network_id = r.network_id
        and e.round_id = r.id and e.kind = 'reviews'))`.as('last_review_until'),
      sql<string | null>`r.stalled_why ->> 'code'`.as('stalled_why'),
    ])
    .where('r.network_id', '=', networkId)

type Row = NonNullable<Awaited<ReturnType<ReturnType<typeof rounds>['executeTakeFirst']>>>

/** The rubric was parsed when it came in. */
const roundOf = (row: Row): Round => ({
  roundId: row.id as RoundId,
  cohortId: row.cohort_id as CohortId,
  title: row.title,
  instructions: row.instructions,
  rubric: row.rubric as Rubric,
  reviewsPerSubmission: row.reviews_per_submission,
  anonymity: row.anonymity,
  sameCampus: row.same_campus,
  submitUntil: row.submit_until,
  reviewUntil: row.review_until,
  lastReviewUntil: row.last_review_until,
  timeZone: row.time_zone,
  workMaximum: row.work_maximum,
  reviewingMaximum: row.reviewing_maximum,
  phase: row.phase,
  seed: row.seed,
  rubricVersionId: row.rubric_version_id as RubricVersionId | null,
  workKinds: row.work_kinds as WorkKind[],
  filesAtMost: row.files_at_most,
  // Parsed for its defaults: the column's own says only which kind.
  latePolicy: LatePolicy.parse(row.late_policy),
  submitFirst: row.submit_first,
  selfAssessment: row.self_assessment,
  advance: row.advance,
  openFrom: row.open_from,
  reviseUntil: row.revise_until,
  copiedFrom: row.copied_from as RoundId | null,
  stalledAt: row.stalled_at,
  stalledWhy: row.stalled_why,
  method: row.method,
  reviewerWeights: row.reviewer_weights as ReviewerWeights,
  gradeComment: GradeComment.parse(row.grade_comment),
})

/** Undefined when it is not this network's. */
export async function findRound(trx: Db | Trx, networkId: NetworkId, roundId: RoundId): Promise<Round | undefined> {
  const row = await rounds(trx, networkId).where('r.id', '=', roundId).executeTakeFirst()
  return row && roundOf(row)
}

export async function findRounds(trx: Db | Trx, networkId: NetworkId, ids: readonly RoundId[]): Promise<Round[]> {
  if (ids.length === 0) return []
  const rows = await rounds(trx, networkId)
    .where('r.id', 'in', [...ids])
    .execute()
  return rows.map(roundOf)
}

/** Holds the round until commit: whatever depends on its phase happens before or after a change of phase, never beside it. */
export async function lockRound(
  trx: Trx,
  networkId: NetworkId,
  roundId: RoundId,
  strength: 'share' | 'update',
): Promise<Round | undefined> {
  const query = rounds(trx, networkId).where('r.id', '=', roundId)
  const row = await (strength === 'share' ? query.forShare() : query.forNoKeyUpdate()).executeTakeFirst()
  return row && roundOf(row)
}

/** Where one person stands in a round. */
export type RoundStanding = Readonly<{
  workStatus: 'draft' | 'submitted' | 'withdrawn' | null
  workSavedAt: Date | null
  handedInAt: Date | null
  assigned: number
  filed: number
  /** The first of one's reviews that is not sent yet. */
  nextAssignmentId: AssignmentId | null
  received: number
}>
/** `own`: the person's own last moments. */
export type RoundWithCounts = Readonly<{
  round: Round
  standing: RoundStanding
  progress: RoundProgress
  own: Extensions
}>

const count = (what: ReturnType<typeof sql>) => sql<number>`(select count(*)::int from ${what})`

const ownUntil = (personId: PersonId, kind: ExtensionKind) =>
  sql<Date | null>`(select e.until from round_extension e where e.network_id = r.network_id and e.round_id = r.id
    and e.person_id = ${personId} and e.kind = ${kind})`

/** Rounds with the counts of everyone and of one person, by subselects: no query per row. */
const counted = (trx: Db | Trx, networkId: NetworkId, personId: PersonId) =>
  rounds(trx, networkId)
    .leftJoin('submission as w', (on) =>
      on
        .onRef('w.network_id', '=', 'r.network_id')
        .onRef('w.round_id', '=', 'r.id')
        .on(
          sql<boolean>`(w.author_id = ${personId} or w.team_id = (select m.team_id from round_team_member m
          where m.network_id = r.network_id and m.round_id = r.id and m.person_id = ${personId}))`,
        ),
    )
    .select(['w.status as workStatus', 'w.saved_at as workSavedAt', 'w.submitted_at as handedInAt'])
    .select([ownUntil(personId, 'work').as('ownWork'), ownUntil(personId, 'reviews').as('ownReviews')])
    .select([
      count(sql`seat s where s.network_id = r.network_id and s.cohort_id = r.cohort_id and s.kind <> 'facilitator'
        and s.status = 'seated' and (r.phase <> 'closed' or s.since <= coalesce(r.closed_at, r.review_until))`).as(
        'participants',
      ),
      count(sql`submission x where x.network_id = r.network_id and x.round_id = r.id and x.status = 'submitted'
        and not exists (select 1 from seat s where s.network_id = x.network_id and s.cohort_id = r.cohort_id
        and s.person_id = x.author_id and s.kind <> 'facilitator' and s.status = 'seated')`).as('othersHandedIn'),
      count(sql`submission x where x.network_id = r.network_id and x.round_id = r.id and x.status = 'submitted'`).as(
        'handedIn',
      ),
      count(sql`review_assignment a where a.network_id = r.network_id and a.round_id = r.id
        and a.withdrawn_at is null and (a.hidden_at is null or a.filed_at is not null)`).as('allAssigned'),
      count(sql`review_assignment a where a.network_id = r.network_id and a.round_id = r.id
        and a.withdrawn_at is null and a.filed_at is not null`).as('allFiled'),
      count(sql`review_assignment a where a.network_id = r.network_id and a.round_id = r.id
        and a.withdrawn_at is null and a.hidden_at is null and a.reviewer_id = ${personId}`).as('assigned'),
      count(sql`review_assignment a where a.network_id = r.network_id and a.round_id = r.id
        and a.withdrawn_at is null and a.hidden_at is null and a.reviewer_id = ${personId}
        and a.filed_at is not null`).as('filed'),
      sql<AssignmentId | null>`(select a.id from review_assignment a where a.network_id = r.network_id
        and a.round_id = r.id and a.reviewer_id = ${personId} and a.filed_at is null and a.hidden_at is null
        and a.withdrawn_at is null order by a.id limit 1)`.as('nextAssignmentId'),
      count(sql`review_assignment a where a.network_id = r.network_id and a.submission_id = w.id
        and a.withdrawn_at is null and a.hidden_at is null and a.filed_at is not null`).as('received'),
    ])

type CountedRow = NonNullable<Awaited<ReturnType<ReturnType<typeof counted>['executeTakeFirst']>>>

const withCounts = (row: CountedRow): RoundWithCounts => ({
  round: roundOf(row),
  own: { work: row.ownWork, reviews: row.ownReviews },
  standing: {
    workStatus: row.workStatus,
    workSavedAt: row.workSavedAt,
    handedInAt: row.handedInAt,
    assigned: row.assigned,
    filed: row.filed,
    nextAssignmentId: row.nextAssignmentId,
    received: row.received,
  },
  progress: {
    people: row.participants + row.othersHandedIn,
    handedIn: row.handedIn,
    reviewsAssigned: row.allAssigned,
    reviewsFiled: row.allFiled,
  },
})

export async function findRoundWithCounts(
  trx: Db | Trx,
  networkId: NetworkId,
  roundId: RoundId,
  personId: PersonId,
): Promise<RoundWithCounts | undefined> {
  const row = await counted(trx, networkId, personId).where('r.id', '=', roundId).executeTakeFirst()
  return row && withCounts(row)
}

/** A cohort's rounds, newest first; drafts only where asked for. */
export async function listRounds(
  trx: Db | Trx,
  scope: Readonly<{ networkId: NetworkId; cohortId: CohortId; personId: PersonId; withDrafts: boolean }>,
  { after, limit }: Readonly<{ after?: string | undefined; limit: number }>,
): Promise<Page<RoundWithCounts>> {
  const cursor = readInstantCursor(after)
  let query = counted(trx, scope.networkId, scope.personId)
    .select(sql<string>`r.created_at::text`.as('sortKey'))
    .where('r.cohort_id', '=', scope.cohortId)
  if (!scope.withDrafts) query = query.where('r.phase', '<>', 'draft')
  if (cursor) query = query.where(sql<boolean>`(r.created_at, r.id) < (${cursor.key}::timestamptz, ${cursor.id}::uuid)`)
  const rows = await query
    .orderBy('r.created_at', 'desc')
    .orderBy('r.id', 'desc')
    .limit(limit + 1)
    .execute()
  return pageOf(rows, limit, withCounts)
}
