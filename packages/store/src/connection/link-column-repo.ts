import { sql } from 'kysely'
import type { CourseId, NetworkId, PersonId, PlatformId, RoundId } from '@copractice/core/kernel'
import type { Db, Trx } from '../database.ts'

type Place = Readonly<{ networkId: NetworkId; courseId: CourseId; roundId: RoundId }>

/**
 * Takes the link's own gradebook column for the round's work, if the course has none yet: the LMS made it with the link,
 * so a second one is not needed. Leaves it to a worker that is making one at this moment.
 */
export async function saveLinkColumn(
  trx: Trx,
  { networkId, courseId, roundId }: Place,
  lineItemUrl: string,
  now: Date,
): Promise<void> {
  await sql`
    insert into line_item as w (network_id, course_id, round_id, grade_column, label, score_maximum, url)
    select network_id, ${courseId}::uuid, id, 'work', title || ': work', work_maximum, ${lineItemUrl}
    from review_round where network_id = ${networkId} and id = ${roundId}
    on conflict (network_id, course_id, round_id, grade_column) do update set url = excluded.url
    where w.url is null and (w.claimed_until is null or w.claimed_until <= ${now})`.execute(trx)
}

/** Whether the course's gradebook has a column for the round's work, as far as we know. */
export async function hasWorkColumn(
  db: Db | Trx,
  { networkId, courseId }: Omit<Place, 'roundId'>,
  roundIds: readonly RoundId[],
) {
  if (!roundIds.length) return new Set<RoundId>()
  const rows = await db
    .selectFrom('line_item')
    .select('round_id')
    .where('network_id', '=', networkId)
    .where('course_id', '=', courseId)
    .where('round_id', 'in', [...roundIds])
    .where('grade_column', '=', 'work')
    .where('url', 'is not', null)
    .execute()
  return new Set(rows.map(({ round_id }) => round_id as RoundId))
}

/** The round whose column this is, in a course. */
export async function findRoundOfColumn(
  db: Db | Trx,
  { networkId, courseId }: Omit<Place, 'roundId'>,
  lineItemUrl: string,
): Promise<RoundId | undefined> {
  const row = await db
    .selectFrom('line_item')
    .select('round_id')
    .where('network_id', '=', networkId)
    .where('course_id', '=', courseId)
    .where('url', '=', lineItemUrl)
    .executeTakeFirst()
  return row?.round_id as RoundId | undefined
}

/** A course as the LMS names it. */
export async function findCourseOfContext(
  db: Db | Trx,
  at: Readonly<{ networkId: NetworkId; platformId: PlatformId; deploymentId: string; contextId: string }>,
): Promise<CourseId | undefined> {
  const row = await db
    .selectFrom('course')
    .select('id')
    .where('network_id', '=', at.networkId)
    .where('platform_id', '=', at.platformId)
    .where('deployment_id', '=', at.deploymentId)
    .where('context_id', '=', at.contextId)
    .executeTakeFirst()
  return row?.id as CourseId | undefined
}

/** Somebody of a course, by the id the LMS knows them under. */
export async function findPersonOfCourse(
  db: Db | Trx,
  { networkId, courseId }: Omit<Place, 'roundId'>,
  lmsUserId: string,
): Promise<PersonId | undefined> {
  const row = await db
    .selectFrom('course_member')
    .select('person_id')
    .where('network_id', '=', networkId)
    .where('course_id', '=', courseId)
    .where('lms_user_id', '=', lmsUserId)
    .executeTakeFirst()
  return row?.person_id as PersonId | undefined
}
