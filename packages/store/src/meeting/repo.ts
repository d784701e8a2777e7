import { sql } from 'kysely'
import type { CohortId, MeetingId, NetworkId, PersonId } from '@copractice/core/kernel'
import type { MeetingPlan, MeetingSeen } from '@copractice/core/meeting'
import type { Db, Trx } from '../database.ts'
import { pageOf, readInstantCursor, type Page } from '../directory/name-cursor.ts'

/** A cohort of a network. */
type Space = Readonly<{ networkId: NetworkId; cohortId: CohortId }>

/** The meetings of a cohort as one person sees them; `number` counts by start over the whole cohort. */
function meetingsSeen(db: Db | Trx, { networkId, cohortId }: Space, personId: PersonId) {
  return db
    .with('numbered', (cte) =>
      cte
        .selectFrom('meeting')
        .selectAll()
        .select([
          sql<number>`(row_number() over (order by starts_at, id))::int`.as('number'),
          sql<number>`(count(*) over ())::int`.as('total'),
        ])
        .where('network_id', '=', networkId)
        .where('cohort_id', '=', cohortId),
    )
    .selectFrom('numbered as m')
    .leftJoin('meeting_answer as a', (on) =>
      on.onRef('a.network_id', '=', 'm.network_id').onRef('a.meeting_id', '=', 'm.id').on('a.person_id', '=', personId),
    )
    .select(['m.id', 'm.title', 'm.starts_at as startsAt', 'm.ends_at as endsAt', 'm.time_zone as timeZone'])
    .select(['m.place', 'm.join_url as joinUrl', 'm.bring', 'm.number', 'm.total', 'a.answer as myAnswer'])
    .select(
      sql<number>`(select count(*)::int from meeting_answer y where y.network_id = m.network_id
        and y.meeting_id = m.id and y.answer = 'yes')`.as('coming'),
    )
}

const seen = <Row extends { id: string }>({ id, ...row }: Row) => ({ ...row, id: id as MeetingId })

/** By start. `from` leaves out those that ended before it. */
export async function pageOfMeetings(
  db: Db | Trx,
  space: Space,
  personId: PersonId,
  { from, after, limit }: Readonly<{ from?: Date | undefined; after?: string | undefined; limit: number }>,
): Promise<Page<MeetingSeen>> {
  const cursor = readInstantCursor(after)
  let query = meetingsSeen(db, space, personId).select(sql<string>`m.starts_at::text`.as('sortKey'))
  if (from) query = query.where('m.ends_at', '>=', from)
  if (cursor) query = query.where(sql<boolean>`(m.starts_at, m.id) > (${cursor.key}::timestamptz, ${cursor.id}::uuid)`)
  const rows = await query
    .orderBy('m.starts_at')
    .orderBy('m.id')
    .limit(limit + 1)
    .execute()
  return pageOf(rows, limit, seen)
}

/** Undefined when it is not of this cohort. */
export async function findMeeting(
  db: Db | Trx,
  space: Space,
  personId: PersonId,
  id: MeetingId,
): Promise<MeetingSeen | undefined> {
  const row = await meetingsSeen(db, space, personId).where('m.id', '=', id).executeTakeFirst()
  return row && seen(row)
}

const columns = ({ title, startsAt, endsAt, timeZone, place, joinUrl, bring }: MeetingPlan) => ({
  title,
  starts_at: startsAt,
  ends_at: endsAt,
  time_zone: timeZone,
  place,
  join_url: joinUrl,
  bring,
})

export async function insertMeeting(
  trx: Db | Trx,
  { networkId, cohortId }: Space,
  plan: MeetingPlan,
): Promise<MeetingId> {
  const row = await trx
    .insertInto('meeting')
    .values({ network_id: networkId, cohort_id: cohortId, ...columns(plan) })
    .returning('id')
    .executeTakeFirstOrThrow()
  return row.id as MeetingId
}

export async function updateMeeting(
  trx: Db | Trx,
  { networkId, cohortId }: Space,
  id: MeetingId,
  plan: MeetingPlan,
): Promise<void> {
  await trx
    .updateTable('meeting')
    .set(columns(plan))
    .where('network_id', '=', networkId)
    .where('cohort_id', '=', cohortId)
    .where('id', '=', id)
    .returning('id')
    .executeTakeFirstOrThrow()
}

/** Its answers go with it. */
export async function deleteMeeting(trx: Db | Trx, { networkId, cohortId }: Space, id: MeetingId): Promise<void> {
  await trx
    .deleteFrom('meeting')
    .where('network_id', '=', networkId)
    .where('cohort_id', '=', cohortId)
    .where('id', '=', id)
    .execute()
}

export type MeetingAnswer = Readonly<{ meetingId: MeetingId; personId: PersonId; answer: 'yes' | 'no' }>

/** The last answer counts. */
export async function saveMeetingAnswer(
  trx: Db | Trx,
  networkId: NetworkId,
  { meetingId, personId, answer }: MeetingAnswer,
  now: Date,
): Promise<void> {
  const answered = { answer, answered_at: now }
  await trx
    .insertInto('meeting_answer')
    .values({ network_id: networkId, meeting_id: meetingId, person_id: personId, ...answered })
    .onConflict((conflict) => conflict.columns(['network_id', 'meeting_id', 'person_id']).doUpdateSet(answered))
    .execute()
}

/** Who said they come and can be written to, with the zone to write times in. */
export async function listComing(
  trx: Db | Trx,
  networkId: NetworkId,
  meetingId: MeetingId,
): Promise<Readonly<{ email: string; timeZone: string | null }>[]> {
  const rows = await trx
    .selectFrom('meeting_answer as a')
    .innerJoin('person as p', (on) => on.onRef('p.network_id', '=', 'a.network_id').onRef('p.id', '=', 'a.person_id'))
    .select(['p.email', 'p.time_zone as timeZone'])
    .where('a.network_id', '=', networkId)
    .where('a.meeting_id', '=', meetingId)
    .where('a.answer', '=', 'yes')
    .where('p.email', 'is not', null)
    .execute()
  return rows.flatMap(({ email, timeZone }) => (email ? [{ email, timeZone }] : []))
}

/** When the cohort meets next; null when no meeting lies ahead. */
export async function nextMeetingStart(db: Db | Trx, { networkId, cohortId }: Space, now: Date): Promise<Date | null> {
  const row = await db
    .selectFrom('meeting')
    .select('starts_at as startsAt')
    .where('network_id', '=', networkId)
    .where('cohort_id', '=', cohortId)
    .where('starts_at', '>', now)
    .orderBy('starts_at')
    .limit(1)
    .executeTakeFirst()
  return row?.startsAt ?? null
}
