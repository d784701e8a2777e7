import { sql } from 'kysely'
import type { CohortId, MeetingId, NetworkId, PersonId } from '@copractice/core/kernel'
import type { Db, Trx } from '../database.ts'

type Meeting = Readonly<{ networkId: NetworkId; cohortId: CohortId; meetingId: MeetingId }>
type Times = Readonly<{ startsAt: Date; endsAt: Date }>

/** A meeting of the cohort, kept still until the transaction ends. */
export async function lockMeeting(trx: Trx, { networkId, cohortId, meetingId }: Meeting) {
  return trx
    .selectFrom('meeting')
    .select(['title', 'starts_at as startsAt', 'ends_at as endsAt', 'time_zone as timeZone'])
    .select(['place', 'join_url as joinUrl'])
    .where('network_id', '=', networkId)
    .where('cohort_id', '=', cohortId)
    .where('id', '=', meetingId)
    .forNoKeyUpdate()
    .executeTakeFirst()
}

/** What stands at that time: another meeting of the cohort, and how many of its people are in another cohort's. */
export async function whatClashes(
  db: Db | Trx,
  { networkId, cohortId, meetingId }: Meeting,
  { startsAt, endsAt }: Times,
) {
  const row = await db
    .selectNoFrom([
      sql<string | null>`(select m.title from meeting m where m.network_id = ${networkId} and m.cohort_id = ${cohortId}
        and m.id <> ${meetingId} and m.starts_at < ${endsAt} and m.ends_at > ${startsAt}
        order by m.starts_at limit 1)`.as('clashesWith'),
      sql<number>`(select count(distinct s.person_id)::int from seat s
        join seat o on o.network_id = s.network_id and o.person_id = s.person_id and o.cohort_id <> s.cohort_id
          and o.status = 'seated'
        join meeting m on m.network_id = o.network_id and m.cohort_id = o.cohort_id
        where s.network_id = ${networkId} and s.cohort_id = ${cohortId} and s.status = 'seated'
          and m.starts_at < ${endsAt} and m.ends_at > ${startsAt})`.as('peopleBusy'),
    ])
    .executeTakeFirstOrThrow()
  return row
}

/**
 * Who hears of a move: who said they come, and the chairs and facilitators who did not say they stay away. With the
 * zone to write times in.
 */
export async function listTold(db: Db | Trx, { networkId, cohortId, meetingId }: Meeting) {
  const rows = await db
    .selectFrom('seat as s')
    .innerJoin('person as p', (on) => on.onRef('p.network_id', '=', 's.network_id').onRef('p.id', '=', 's.person_id'))
    .leftJoin('meeting_answer as a', (on) =>
      on
        .onRef('a.network_id', '=', 's.network_id')
        .onRef('a.person_id', '=', 's.person_id')
        .on('a.meeting_id', '=', meetingId),
    )
    .select(['p.email', 'p.time_zone as timeZone', 'a.answer'])
    .where('s.network_id', '=', networkId)
    .where('s.cohort_id', '=', cohortId)
    .where('s.status', '=', 'seated')
    .where('p.email', 'is not', null)
    .where('p.is_test', '=', false)
    .where(sql<boolean>`(a.answer = 'yes' or (a.answer is null and s.kind in ('chair', 'facilitator')))`)
    .orderBy('p.id')
    .execute()
  const once = new Map(
    rows.map((row) => [row.email!.toLowerCase(), { ...row, email: row.email!, comes: row.answer === 'yes' }]),
  )
  return [...once.values()]
}

export async function setMeetingTimes(trx: Trx, meeting: Meeting, { startsAt, endsAt }: Times): Promise<void> {
  await trx
    .updateTable('meeting')
    .set({ starts_at: startsAt, ends_at: endsAt })
    .where('network_id', '=', meeting.networkId)
    .where('cohort_id', '=', meeting.cohortId)
    .where('id', '=', meeting.meetingId)
    .execute()
}

export type Move = Readonly<{ by: PersonId; from: Times; to: Times }>

export async function insertMove(trx: Trx, meeting: Meeting, { by, from, to }: Move, now: Date): Promise<string> {
  const row = await trx
    .insertInto('meeting_move')
    .values({
      network_id: meeting.networkId,
      meeting_id: meeting.meetingId,
      at: now,
      by_id: by,
      from_starts_at: from.startsAt,
      from_ends_at: from.endsAt,
      to_starts_at: to.startsAt,
      to_ends_at: to.endsAt,
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  return row.id
}

export async function findMove(trx: Trx, { networkId, meetingId }: Meeting, id: string) {
  const row = await trx
    .selectFrom('meeting_move')
    .selectAll()
    .where('network_id', '=', networkId)
    .where('meeting_id', '=', meetingId)
    .where('id', '=', id)
    .executeTakeFirst()
  return (
    row && {
      from: { startsAt: row.from_starts_at, endsAt: row.from_ends_at },
      to: { startsAt: row.to_starts_at, endsAt: row.to_ends_at },
      isUndone: row.undone_at !== null,
    }
  )
}

export async function markUndone(trx: Trx, networkId: NetworkId, id: string, now: Date): Promise<void> {
  await trx
    .updateTable('meeting_move')
    .set({ undone_at: now })
    .where('network_id', '=', networkId)
    .where('id', '=', id)
    .execute()
}
