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

type Outcome = 'due' | 'kept' | 'partly' | 'not' | 'unanswered'
type Commitments = Record<'made' | `${Outcome}${30 | 90}`, number>

/** Commitments made in the span, what came of those whose day has come, and how many people each count is about. */
export async function countCommitments(db: Db | Trx, asked: ReportScope) {
  const { rows } = await sql<Readonly<{ rows: Commitments; people: Commitments }>>`
    with ${chosenCohorts(asked)}, made as (
      select x.* from commitment x join chosen c on c.network_id = x.network_id and c.id = x.cohort_id
      where x.made_at >= ${asked.span.from} and x.made_at < ${asked.span.until}
    ), followed as (
      select person_id, 30 as days, coalesce(check_30, 'unanswered') as outcome from made
      where made_at + interval '30 days' <= ${asked.now}
      union all
      select person_id, 90, coalesce(check_90, 'unanswered') from made
      where made_at + interval '90 days' <= ${asked.now}
    ), counted as (
      select 'made' as what, person_id from made
      union all select 'due' || days, person_id from followed
      union all select outcome || days, person_id from followed
    ), named(what) as (values ('made'), ('due30'), ('kept30'), ('partly30'), ('not30'), ('unanswered30'),
      ('due90'), ('kept90'), ('partly90'), ('not90'), ('unanswered90'))
    select json_object_agg(what, counts) as rows, json_object_agg(what, people) as people from (
      select n.what, count(c.person_id)::int as counts, count(distinct c.person_id)::int as people
      from named n left join counted c on c.what = n.what group by n.what) each`.execute(db)
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
