import { sql } from 'kysely'
import type { DeliveryStatus, GradeColumn } from '@copractice/core/gradebook'
import type { CohortId, CourseId, DeliveryId, NetworkId, PersonId, RoundId } from '@copractice/core/kernel'
import type { Db, Trx } from '../database.ts'
import { pageOf, readInstantCursor, type Page } from '../directory/name-cursor.ts'
import { mayHaveBeenSent } from './outbox-repo.ts'

export type NewDelivery = Readonly<{
  lineItemId: string
  courseId: CourseId
  personId: PersonId
  lmsUserId: string
  score: number
  maximum: number
  /** Goes with the score, in plain text. */
  comment?: string
  /** Takes back what was sent for the cell; `score` is what that was. */
  withdraws?: boolean
}>

/** Puts scores into the outbox; scores still waiting for the same cells are superseded. */
export async function insertDeliveries(
  trx: Trx,
  scope: Readonly<{ networkId: NetworkId; roundId: RoundId; publishedBy: PersonId }>,
  deliveries: readonly NewDelivery[],
  now: Date,
): Promise<void> {
  const { networkId, roundId, publishedBy } = scope
  await trx
    .updateTable('score_delivery')
    .set({ status: 'superseded' })
    .where('network_id', '=', networkId)
    .where('status', '=', 'waiting')
    .where(
      sql<boolean>`(line_item_id, person_id) in (select * from unnest(
        ${deliveries.map(({ lineItemId }) => lineItemId)}::uuid[],
        ${deliveries.map(({ personId }) => personId)}::uuid[]))`,
    )
    .execute()
  // As arrays: any number of scores is a handful of parameters.
  const column = <T>(of: (delivery: NewDelivery) => T) => deliveries.map(of)
  await sql`insert into score_delivery (network_id, round_id, published_by, line_item_id, course_id, platform_id,
      person_id, lms_user_id, score_given, score_maximum, comment, withdraws, status, next_attempt_at, created_at)
    select ${networkId}::uuid, ${roundId}::uuid, ${publishedBy}::uuid, v.line_item_id, v.course_id, c.platform_id,
      v.person_id, v.lms_user_id, v.score, v.maximum, v.comment, v.withdraws, 'waiting', ${now}::timestamptz, ${now}::timestamptz
    from unnest(
      ${column(({ lineItemId }) => lineItemId)}::uuid[], ${column(({ courseId }) => courseId)}::uuid[],
      ${column(({ personId }) => personId)}::uuid[], ${column(({ lmsUserId }) => lmsUserId)}::text[],
      ${column(({ score }) => score)}::float8[], ${column(({ maximum }) => maximum)}::float8[],
      ${column(({ comment }) => comment ?? '')}::text[], ${column(({ withdraws }) => withdraws ?? false)}::boolean[]
    ) with ordinality as v (line_item_id, course_id, person_id, lms_user_id, score, maximum, comment, withdraws,
      place)
    join course c on c.network_id = ${networkId}::uuid and c.id = v.course_id
    order by v.place`.execute(trx)
}

/** One line of the delivery log. `isLatest`: no later score for the same cell exists. */
export type DeliveryLogged = Readonly<{
  deliveryId: DeliveryId
  roundId: RoundId
  cohortId: CohortId
  courseId: CourseId
  personId: PersonId
  name: string | null
  column: GradeColumn
  score: number
  maximum: number
  status: DeliveryStatus
  attempts: number
  lastError: string | null
  publishedAt: Date
  arrivedAt: Date | null
  nextAttemptAt: Date
  /** A teacher's score that stands in its place, and the last of ours that was there. */
  lmsScore: number | null
  weHadSent: number
  /** Took back what was sent before. */
  withdraws: boolean
  isLatest: boolean
}>

const logged = (trx: Db | Trx, networkId: NetworkId) =>
  trx
    .selectFrom('score_delivery as d')
    .innerJoin('line_item as l', (on) =>
      on.onRef('l.network_id', '=', 'd.network_id').onRef('l.id', '=', 'd.line_item_id'),
    )
    .innerJoin('review_round as r', (on) =>
      on.onRef('r.network_id', '=', 'd.network_id').onRef('r.id', '=', 'd.round_id'),
    )
    .innerJoin('person as p', (on) => on.onRef('p.network_id', '=', 'd.network_id').onRef('p.id', '=', 'd.person_id'))
    .innerJoin('course as c', (on) => on.onRef('c.network_id', '=', 'd.network_id').onRef('c.id', '=', 'd.course_id'))
    .leftJoin('lti_circuit as k', (on) =>
      on.onRef('k.network_id', '=', 'c.network_id').onRef('k.platform_id', '=', 'c.platform_id'),
    )
    .select(['d.id', 'd.round_id', 'r.cohort_id', 'd.course_id', 'd.person_id', 'p.name', 'l.grade_column'])
    .select(['d.score_given', 'd.score_maximum', 'd.status', 'd.attempts', 'd.last_error', 'd.created_at'])
    .select(['d.arrived_at', 'd.lms_score', 'd.withdraws', sql<string>`d.created_at::text`.as('sortKey')])
    .select(sql<Date>`greatest(d.next_attempt_at, k.open_until)`.as('next_attempt_at'))
    .select(
      sql<number>`coalesce((select e.score_given from score_delivery e where e.network_id = d.network_id
        and e.line_item_id = d.line_item_id and e.person_id = d.person_id and e.sequence < d.sequence
        and e.status = 'arrived' and not e.withdraws order by e.sequence desc limit 1), d.score_given)`.as('weHadSent'),
    )
    .select(
      sql<boolean>`not exists (select 1 from score_delivery e where e.network_id = d.network_id
        and e.line_item_id = d.line_item_id and e.person_id = d.person_id and e.sequence > d.sequence)`.as('isLatest'),
    )
    .where('d.network_id', '=', networkId)

type Row = NonNullable<Awaited<ReturnType<ReturnType<typeof logged>['executeTakeFirst']>>>

const loggedOf = (row: Row): DeliveryLogged => ({
  deliveryId: row.id as DeliveryId,
  roundId: row.round_id as RoundId,
  cohortId: row.cohort_id as CohortId,
  courseId: row.course_id as CourseId,
  personId: row.person_id as PersonId,
  name: row.name,
  column: row.grade_column,
  score: row.score_given,
  maximum: row.score_maximum,
  status: row.status,
  attempts: row.attempts,
  lastError: row.last_error,
  publishedAt: row.created_at,
  arrivedAt: row.arrived_at,
  nextAttemptAt: row.next_attempt_at,
  lmsScore: row.lms_score,
  weHadSent: row.weHadSent,
  withdraws: row.withdraws,
  isLatest: row.isLatest,
})

/** The log of these courses' scores of a round, newest first. */
export async function listDeliveries(
  trx: Db | Trx,
  scope: Readonly<{ networkId: NetworkId; roundId: RoundId; courseIds: readonly CourseId[] }>,
  { after, limit }: Readonly<{ after?: string | undefined; limit: number }>,
): Promise<Page<DeliveryLogged>> {
  if (scope.courseIds.length === 0) return { items: [], next: null }
  const cursor = readInstantCursor(after)
  let query = logged(trx, scope.networkId)
    .where('d.round_id', '=', scope.roundId)
    .where('d.course_id', 'in', [...scope.courseIds])
  if (cursor) query = query.where(sql<boolean>`(d.created_at, d.id) < (${cursor.key}::timestamptz, ${cursor.id}::uuid)`)
  const rows = await query
    .orderBy('d.created_at', 'desc')
    .orderBy('d.id', 'desc')
    .limit(limit + 1)
    .execute()
  return pageOf(rows, limit, loggedOf)
}

export async function findDelivery(
  trx: Db | Trx,
  networkId: NetworkId,
  deliveryId: DeliveryId,
): Promise<DeliveryLogged | undefined> {
  const row = await logged(trx, networkId).where('d.id', '=', deliveryId).executeTakeFirst()
  return row && loggedOf(row)
}

/** How many scores of each course stand how; superseded ones left out. */
export async function countDeliveries(
  trx: Db | Trx,
  scope: Readonly<{ networkId: NetworkId; roundId: RoundId; courseIds: readonly CourseId[] }>,
): Promise<{ courseId: CourseId; status: DeliveryStatus; count: number }[]> {
  if (scope.courseIds.length === 0) return []
  const rows = await trx
    .selectFrom('score_delivery')
    .select(['course_id as courseId', 'status', sql<number>`count(*)::int`.as('count')])
    .where('network_id', '=', scope.networkId)
    .where('round_id', '=', scope.roundId)
    .where('course_id', 'in', [...scope.courseIds])
    .where('status', '<>', 'superseded')
    .groupBy(['course_id', 'status'])
    .execute()
  return rows as { courseId: CourseId; status: DeliveryStatus; count: number }[]
}

/**
 * A refused or given-up score starts anew: as a score of now, with all its tries, and where it gave way to a teacher's,
 * to take its place; that holds for this once, since what is there after another trouble nobody has been shown. What may
 * have been sent stays known as such. False when it is neither any more.
 */
export async function reviveDelivery(
  trx: Trx,
  networkId: NetworkId,
  deliveryId: DeliveryId,
  now: Date,
): Promise<boolean> {
  const { numUpdatedRows } = await trx
    .updateTable('score_delivery')
    .set({ status: 'waiting', attempts: 0, next_attempt_at: now, last_error: null })
    .set({
      lms_score: null,
      lms_score_unsaid: false,
      score_timestamp: null,
      was_sent: mayHaveBeenSent('score_delivery'),
    })
    .set({ overwrites: sql`coalesce(last_error, '') like 'newer_grade%'` })
    .where('network_id', '=', networkId)
    .where('id', '=', deliveryId)
    .where('status', 'in', ['refused', 'given_up'])
    .executeTakeFirst()
  return numUpdatedRows === 1n
}
