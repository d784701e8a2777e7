import { sql } from 'kysely'
import type { CommunityId, NetworkId } from '@copractice/core/kernel'
import type { CommunityFunction } from '@copractice/core/meeting'
import type { Db, Trx } from '../database.ts'
import { chosenCohorts, type ReportScope } from './asked.ts'

/** Cohorts, meetings held and what they last; how many of them have attendance noted, and how many name no function. */
export async function countMeetings(db: Db | Trx, asked: ReportScope) {
  const { rows } = await sql<{
    cohorts: number
    held: number
    noted: number
    minutes: number
    planned: number
    unnamed: number
  }>`
    with ${chosenCohorts(asked)}
    select (select count(*)::int from chosen) as cohorts, (count(*) filter (where ended))::int as held,
      (count(*) filter (where ended and is_noted))::int as noted,
      coalesce(round(sum(extract(epoch from ends_at - starts_at)) filter (where ended) / 60), 0)::int as minutes,
      count(*)::int as planned, (count(*) filter (where functions = '{}'))::int as unnamed
    from (select m.*, m.ends_at <= ${asked.now} as ended, exists (select 1 from attendance a
        where a.network_id = m.network_id and a.meeting_id = m.id) as is_noted from met m) m`.execute(db)
  return rows[0]!
}

/** Planned minutes that name each function. */
export async function sumFunctions(db: Db | Trx, asked: ReportScope): Promise<Map<CommunityFunction, number>> {
  const { rows } = await sql<{ function: CommunityFunction; minutes: number }>`
    with ${chosenCohorts(asked)}
    select f as function, sum(i.minutes)::int as minutes from met m
    join agenda_item i on i.network_id = m.network_id and i.meeting_id = m.id
    cross join unnest(i.functions) f
    group by f`.execute(db)
  return new Map(rows.map((row) => [row.function, row.minutes]))
}

/** How many cohorts have one person present for so many tenths of their planned time (9 is nine tenths and more). */
export async function countBalance(db: Db | Trx, asked: ReportScope, most: number) {
  const { rows } = await sql<{ tenth: number; cohorts: number; minutes: number; presented: number; over: number }>`
    with ${chosenCohorts(asked)}, planned as (
      select m.cohort_id, sum(i.minutes)::int as minutes,
        coalesce(sum(i.minutes) filter (where i.led_by = 'one_person'), 0)::int as presented
      from met m join agenda_item i on i.network_id = m.network_id and i.meeting_id = m.id
      group by m.cohort_id
    )
    select least(9, presented * 10 / minutes) as tenth, count(*)::int as cohorts, sum(minutes)::int as minutes,
      sum(presented)::int as presented, (count(*) filter (where presented > minutes * ${most}::float8))::int as over
    from planned group by 1`.execute(db)
  return rows
}

/** Commitments made in the span, and what came of those whose day has come. */
export async function countCommitments(db: Db | Trx, asked: ReportScope) {
  const { rows } = await sql<Record<'made' | `${'due' | 'kept' | 'partly' | 'not'}${30 | 90}`, number>>`
    with ${chosenCohorts(asked)}, made as (
      select x.*, x.made_at + interval '30 days' <= ${asked.now} as due_30,
        x.made_at + interval '90 days' <= ${asked.now} as due_90
      from commitment x join chosen c on c.network_id = x.network_id and c.id = x.cohort_id
      where x.made_at >= ${asked.span.from} and x.made_at < ${asked.span.until}
    )
    select count(*)::int as made,
      (count(*) filter (where due_30))::int as due30, (count(*) filter (where due_90))::int as due90,
      (count(*) filter (where due_30 and check_30 = 'kept'))::int as kept30,
      (count(*) filter (where due_30 and check_30 = 'partly'))::int as partly30,
      (count(*) filter (where due_30 and check_30 = 'not'))::int as not30,
      (count(*) filter (where due_90 and check_90 = 'kept'))::int as kept90,
      (count(*) filter (where due_90 and check_90 = 'partly'))::int as partly90,
      (count(*) filter (where due_90 and check_90 = 'not'))::int as not90
    from made`.execute(db)
  return rows[0]!
}

/** What a report can be narrowed to besides regions, and when the network's first and last meetings are. */
export async function findReportChoices(db: Db | Trx, networkId: NetworkId) {
  const communities = await db
    .selectFrom('community')
    .select(['id', 'name'])
    .where('network_id', '=', networkId)
    .orderBy('name')
    .limit(500)
    .execute()
  const span = await db
    .selectFrom('network as n')
    .select(['n.time_zone as timeZone'])
    .select([
      sql<Date | null>`(select min(starts_at) from meeting where network_id = n.id)`.as('first'),
      sql<Date | null>`(select max(starts_at) from meeting where network_id = n.id)`.as('last'),
    ])
    .where('n.id', '=', networkId)
    .executeTakeFirstOrThrow()
  return { communities: communities as { id: CommunityId; name: string }[], ...span }
}

/** The first instant of a day in a zone. */
export async function startOfDays(db: Db | Trx, days: readonly string[], timeZone: string): Promise<Date[]> {
  const { rows } = await sql<{ at: Date }>`
    select (day::date)::timestamp at time zone ${timeZone} as at
    from unnest(${[...days]}::text[]) with ordinality d(day, place) order by place`.execute(db)
  return rows.map(({ at }) => at)
}
