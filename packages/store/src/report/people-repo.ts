import { sql } from 'kysely'
import type { CampusMark } from '@copractice/core/directory'
import { spansAttended } from '../convening/attendance-repo.ts'
import type { Db, Trx } from '../database.ts'
import { regionInReach } from '../directory/reach.ts'
import { SEATED, TOOK_PART, chosenCohorts, peopleOfCohorts, type ReportScope, type Span } from './asked.ts'

type Campus = Readonly<{ id: string; name: string; letter: string; colour: number }>
const mark = ({ id, name, letter, colour }: Campus) => ({ id, name, letter, colour }) as CampusMark

/** Who holds or held a seat in the cohorts by campus and affiliation (null: no tie to it). */
export async function countParticipation(db: Db | Trx, asked: ReportScope) {
  const { rows } = await sql<Campus & { kind: string | null; people: number }>`
    with ${chosenCohorts(asked)}, ${peopleOfCohorts(TOOK_PART)}
    select i.id, i.name, i.letter, i.colour, a.kind, count(*)::int as people from taking_part t
    join institution i on i.network_id = t.network_id and i.id = t.institution_id
    left join affiliation a on a.network_id = t.network_id and a.person_id = t.person_id
      and a.institution_id = t.institution_id
    group by i.id, i.name, i.letter, i.colour, a.kind order by i.name, i.id`.execute(db)
  return rows.map(({ kind, people, ...campus }) => ({ institution: mark(campus), kind, people }))
}

export type HoursOf = Readonly<{ institution: CampusMark; kind: string | null; people: number; minutes: number }>

/**
 * Who attended and for how many minutes, by campus and affiliation (null: no tie to it): meetings of the cohorts asked
 * for, and convenings of the same regions and span. What runs at the same time counts once, as core's `minutesAttended`
 * has it. A person stands at the campus of their seat; without one at that of their first registration, unless the report
 * is about one community.
 */
export async function sumHours(db: Db | Trx, asked: ReportScope): Promise<HoursOf[]> {
  const { scope, regionId, communityId, span, now } = asked
  let gathered = spansAttended(db, scope.networkId)
    .select(['g.institution_id', 'g.affiliation', 'g.created_at'])
    .where(regionInReach(scope, 'v.region_id'))
    .where(sql<boolean>`coalesce(s.ends_at, v.ends_at) <= ${now}`)
    .where(sql<boolean>`coalesce(s.starts_at, v.starts_at) >= ${span.from}`)
    .where(sql<boolean>`coalesce(s.starts_at, v.starts_at) < ${span.until}`)
  if (regionId) gathered = gathered.where('v.region_id', '=', regionId)
  const { rows } = await sql<Campus & { kind: string | null; people: number; minutes: number }>`
    with ${chosenCohorts(asked)}, ${peopleOfCohorts(TOOK_PART)}, gathered as materialized (${gathered}), there as materialized (
      select t.person_id, t.institution_id, null as kind, null::timestamptz as since, tstzrange(m.starts_at, m.ends_at) as span
      from met m
      join attendance a on a.network_id = m.network_id and a.meeting_id = m.id
      join taking_part t on t.person_id = a.person_id
      where m.ends_at <= ${now}
      union all
      select g."personId", coalesce(t.institution_id, g.institution_id),
        case when t.person_id is null then g.affiliation end, g.created_at, tstzrange(g."startsAt", g."endsAt")
      from gathered g
      join person p on p.network_id = ${scope.networkId} and p.id = g."personId" and not p.is_test
      left join taking_part t on t.person_id = g."personId"
      where ${communityId ? sql`t.person_id is not null` : sql`true`}
    ), each as (
      select person_id, (array_agg(institution_id order by since))[1] as institution_id,
        (array_agg(kind order by since))[1] as kind, range_agg(span) as spans from there group by person_id
    )
    select i.id, i.name, i.letter, i.colour, coalesce(e.kind, a.kind) as kind, count(*)::int as people,
      sum((select round(sum(extract(epoch from upper(r) - lower(r))) / 60) from unnest(e.spans) r))::int as minutes
    from each e
    join institution i on i.network_id = ${scope.networkId} and i.id = e.institution_id
    left join affiliation a on a.network_id = i.network_id and a.person_id = e.person_id and a.institution_id = i.id
    group by i.id, i.name, i.letter, i.colour, coalesce(e.kind, a.kind) order by i.name, i.id`.execute(db)
  return rows.map(({ kind, people, minutes, ...campus }) => ({ institution: mark(campus), kind, people, minutes }))
}

/** Pairs of people of two campuses whose first meeting together lies in the span, and who is in them: by campus; pairs in all. */
export async function countTies(db: Db | Trx, asked: ReportScope) {
  const { span } = asked
  const ever = { ...asked, span: { from: new Date(0), until: span.until } }
  const { rows } = await sql<Campus & { pairs: number; people: number; all: number }>`
    with ${chosenCohorts(ever)}, ${peopleOfCohorts(TOOK_PART)}, there as materialized (
      select m.network_id, m.id, m.starts_at, array_agg(t.person_id order by t.person_id) as people,
        array_agg(t.institution_id order by t.person_id) as campuses
      from met m
      join attendance a on a.network_id = m.network_id and a.meeting_id = m.id
      join taking_part t on t.person_id = a.person_id
      where m.ends_at <= ${asked.now}
      group by m.network_id, m.id, m.starts_at
    ), tie as materialized (
      select m.network_id, m.people[x] as one, m.people[y] as other, m.campuses[x] as here, m.campuses[y] as there
      from there m cross join generate_subscripts(m.people, 1) x cross join generate_subscripts(m.people, 1) y
      where x < y and m.campuses[x] <> m.campuses[y]
      group by 1, 2, 3, 4, 5 having min(m.starts_at) >= ${span.from}
    )
    select i.id, i.name, i.letter, i.colour, count(*)::int as pairs, (select count(*)::int from tie) as all,
      count(distinct e.person)::int as people
    from (select network_id, here as id, one as person from tie
      union all select network_id, there, other from tie) e
    join institution i on i.network_id = e.network_id and i.id = e.id
    group by i.id, i.name, i.letter, i.colour order by i.name, i.id`.execute(db)
  return {
    pairs: rows[0]?.all ?? 0,
    campuses: rows.map(({ pairs, people, all: _all, ...campus }) => ({ institution: mark(campus), pairs, people })),
  }
}

export type TermSpan = Span & Readonly<{ key: string }>

/** For each span in turn, who took part in a cohort that met in it, and how many of them did in the next span too. */
export async function countRetention(db: Db | Trx, asked: ReportScope, terms: readonly TermSpan[]) {
  if (!terms.length) return []
  const ever = { ...asked, span: { from: terms[0]!.from, until: terms.at(-1)!.until } }
  const values = sql.join(
    terms.map(({ from, until }, at) => sql`(${at}::int, ${from}::timestamptz, ${until}::timestamptz)`),
  )
  const { rows } = await sql<{ at: number; people: number; stayed: number }>`
    with ${chosenCohorts(ever)}, term(at, starts, ends) as (values ${values}), of_term as materialized (
      select distinct t.at, m.network_id, m.cohort_id from met m
      join term t on m.starts_at >= t.starts and m.starts_at < t.ends
    ), took as materialized (
      select distinct o.at, s.person_id from of_term o
      join seat s on s.network_id = o.network_id and s.cohort_id = o.cohort_id
      join person p on p.network_id = s.network_id and p.id = s.person_id and not p.is_test
      where s.kind <> 'facilitator' and s.status in ${TOOK_PART}
    )
    select t.at, count(*)::int as people, count(n.person_id)::int as stayed from took t
    left join took n on n.at = t.at + 1 and n.person_id = t.person_id
    group by t.at`.execute(db)
  const found = new Map(rows.map((row) => [row.at, row]))
  return terms.map(({ key }, at) => ({
    term: key,
    people: found.get(at)?.people ?? 0,
    stayed: found.get(at)?.stayed ?? 0,
  }))
}

/**
 * Who consents to research in each cohort of theirs among those asked for, with what they did there. Nothing that names
 * them; in an order that tells nothing.
 */
export async function listForResearch(db: Db | Trx, asked: ReportScope) {
  const { rows } = await sql<{
    affiliation: string | null
    cohorts: number
    attended: number
    minutes: number
    made: number
    kept30: number
    kept90: number
  }>`
    with ${chosenCohorts(asked)}, ${peopleOfCohorts(SEATED)}, consenting as (
      select t.* from taking_part t where not exists (
        select 1 from seat s join chosen c on c.network_id = s.network_id and c.id = s.cohort_id
        where s.network_id = t.network_id and s.person_id = t.person_id and s.status = 'seated' and not exists (
          select 1 from research_consent r where r.network_id = s.network_id and r.cohort_id = s.cohort_id
            and r.person_id = s.person_id and r.withdrawn_at is null))
    )
    select (select a.kind from affiliation a where a.network_id = t.network_id and a.person_id = t.person_id
        and a.institution_id = t.institution_id) as affiliation,
      (select count(*)::int from seat s join chosen c on c.network_id = s.network_id and c.id = s.cohort_id
        where s.network_id = t.network_id and s.person_id = t.person_id and s.status = 'seated') as cohorts,
      coalesce(h.attended, 0) as attended, coalesce(h.minutes, 0) as minutes,
      coalesce(k.made, 0) as made, coalesce(k.kept30, 0) as kept30, coalesce(k.kept90, 0) as kept90
    from consenting t
    left join lateral (
      select count(*)::int as attended,
        round(sum(extract(epoch from m.ends_at - m.starts_at)) / 60)::int as minutes
      from attendance a join met m on m.network_id = a.network_id and m.id = a.meeting_id
      where a.network_id = t.network_id and a.person_id = t.person_id
    ) h on true
    left join lateral (
      select count(*)::int as made, (count(*) filter (where x.check_30 = 'kept'))::int as kept30,
        (count(*) filter (where x.check_90 = 'kept'))::int as kept90
      from commitment x join chosen c on c.network_id = x.network_id and c.id = x.cohort_id
      where x.network_id = t.network_id and x.person_id = t.person_id
        and x.made_at >= ${asked.span.from} and x.made_at < ${asked.span.until}
    ) k on true
    order by random()`.execute(db)
  return rows
}
