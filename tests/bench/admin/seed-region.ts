import { sql } from 'kysely'
import type { Db } from '@copractice/store/database'

export type Size = Readonly<{ slug: string; institutions: number; cohorts: number; people: number }>
export type SeededRegion = Readonly<{
  networkId: string
  email: string
  /** One of each, for pages about one. */
  institutionId: string
  platformId: string
  cohortId: string
  conveningId: string
}>

/**
 * A network of a size, in some twenty statements: 12 regions, people of five affiliations, cohorts of 15 with six
 * meetings (half of them held, with agenda and attendance), a convening with 2,000 registered at most, an LMS for nine
 * campuses of ten. What is drawn is drawn from the row's number, so that two runs are alike.
 */
export async function seedRegion(db: Db, size: Size): Promise<SeededRegion> {
  const { institutions, cohorts, people, slug } = size
  const run = async (statement: ReturnType<typeof sql>) => void (await statement.execute(db))
  const network = await db
    .insertInto('network')
    .values({ name: `Network ${slug}`, slug, time_zone: 'America/New_York' })
    .returning('id')
    .executeTakeFirstOrThrow()
  const net = sql`${network.id}::uuid`
  // A UUID of version 4, as the contracts want it.
  const at = (kind: string, number: ReturnType<typeof sql>) =>
    sql`overlay(overlay(md5(${slug} || ${kind} || (${number})::text) placing '4' from 13) placing '8' from 17)::uuid`
  const n = sql`n`
  const campusOf = (person: ReturnType<typeof sql>) => at('institution', sql`(${person}) % ${institutions}::int`)

  await run(sql`insert into policy_pack (network_id, version, limits) values (${net}, 1, '{}')`)
  await run(sql`insert into region (network_id, id, name)
    select ${net}, ${at('region', n)}, 'Region ' || n from generate_series(0, 11) n`)
  await run(sql`insert into institution (network_id, id, region_id, name, kind, letter, colour, time_zone, member_since)
    select ${net}, ${at('institution', n)}, ${at('region', sql`n % 12`)}, 'Campus ' || n,
      case when n % 7 = 6 then 'partner' else 'campus' end, chr(65 + n % 26), 1 + n % 12, 'America/New_York', '2020-01-01'
    from generate_series(0, ${institutions - 1}::int) n`)
  await run(sql`insert into person (network_id, id, name, email)
    select ${net}, ${at('person', n)}, 'Person ' || md5(n::text), 'p' || n || '@' || ${slug} || '.example'
    from generate_series(0, ${people - 1}::int) n`)
  await run(sql`insert into affiliation (network_id, person_id, institution_id, kind)
    select ${net}, ${at('person', n)}, ${campusOf(n)},
      (array['faculty', 'staff', 'administrator', 'student', 'community_partner'])[1 + (n / 7) % 5]
    from generate_series(0, ${people - 1}::int) n`)
  await run(sql`insert into convening (network_id, id, region_id, name, slug, starts_at, ends_at, time_zone, place,
      registration_closes_at, status)
    select ${net}, ${at('convening', n)}, ${at('region', sql`n % 12`)}, 'Gathering ' || n, ${slug} || '-gathering-' || n,
      now() + (n - 10) * interval '9 days', now() + (n - 10) * interval '9 days' + interval '3 hours', 'America/New_York',
      'Here', now() + (n - 11) * interval '9 days', 'open'
    from generate_series(0, 39) n`)
  await run(sql`insert into registration (network_id, convening_id, person_id, institution_id, affiliation, status,
      created_at)
    select ${net}, ${at('convening', sql`11`)}, ${at('person', n)}, ${campusOf(n)}, 'student',
      case when n % 9 = 8 then 'waitlisted' else 'registered' end, now() - n * interval '1 minute'
    from generate_series(0, ${Math.min(2000, people) - 1}::int) n`)
  // Who came to one that is over; many of them sit in no cohort.
  const guest = sql`${people - 1}::int - n`
  await run(sql`insert into registration (network_id, id, convening_id, person_id, institution_id, affiliation, status,
      created_at)
    select ${net}, ${at('registration', n)}, ${at('convening', sql`3`)}, ${at('person', guest)}, ${campusOf(guest)},
      'student', 'registered', now() - interval '70 days'
    from generate_series(0, ${Math.min(2000, people) - 1}::int) n`)
  await run(sql`insert into check_in (network_id, convening_id, registration_id, at, how)
    select ${net}, ${at('convening', sql`3`)}, ${at('registration', n)}, now() - interval '63 days', 'qr'
    from generate_series(0, ${Math.min(2000, people) - 1}::int) n`)
  await run(sql`insert into cohort (network_id, id, region_id, name, theme, time_zone, policy_version, submission_deadline,
      created_by, created_at)
    select ${net}, ${at('cohort', n)}, ${at('region', sql`n % 12`)}, 'Cohort ' || md5(n::text), 'Fundamentals',
      'America/New_York', 1, now() + interval '90 days', ${at('person', sql`0`)}, now() - interval '60 days'
    from generate_series(0, ${cohorts - 1}::int) n`)
  // Fifteen seats a cohort, of people that follow one another: their campuses are mixed by how people are numbered.
  const sitting = sql`(c * 15 + s) % ${people}::int`
  await run(sql`insert into seat (network_id, cohort_id, person_id, institution_id, kind, status, since)
    select ${net}, ${at('cohort', sql`c`)}, ${at('person', sitting)}, ${campusOf(sitting)},
      case s when 0 then 'chair' when 1 then 'facilitator' else 'participant' end, 'seated', now() - interval '50 days'
    from generate_series(0, ${cohorts - 1}::int) c, generate_series(0, 14) s`)
  await run(sql`insert into meeting (network_id, id, cohort_id, title, starts_at, ends_at, time_zone, join_url, functions)
    select ${net}, ${at('meeting', sql`c * 6 + m`)}, ${at('cohort', sql`c`)}, 'Meeting ' || m,
      now() + (m - 3) * interval '14 days' + c % 97 * interval '1 hour' - interval '5 days',
      now() + (m - 3) * interval '14 days' + c % 97 * interval '1 hour' + interval '90 minutes' - interval '5 days',
      'America/New_York', 'https://meet.example/room', array['educate', 'support']
    from generate_series(0, ${cohorts - 1}::int) c, generate_series(0, 5) m`)
  await run(sql`insert into agenda_item (network_id, meeting_id, position, title, kind, minutes, led_by, functions)
    select ${net}, ${at('meeting', n)}, i, 'Part', 'open_space', 30,
      case when (n + i) % 3 = 0 then 'one_person' else 'everyone' end,
      array[(array['educate', 'support', 'cultivate', 'encourage', 'integrate'])[1 + (n + i) % 5]]
    from generate_series(0, ${cohorts * 6 - 1}::int) n, generate_series(0, 2) i`)
  await run(sql`insert into attendance (network_id, meeting_id, person_id, noted_by, at)
    select ${net}, ${at('meeting', sql`c * 6 + m`)}, ${at('person', sitting)}, ${at('person', sql`0`)}, now()
    from generate_series(0, ${cohorts - 1}::int) c, generate_series(0, 2) m, generate_series(0, 14) s
    where (c + m + s) % 5 > 0`)
  await run(sql`insert into commitment (network_id, cohort_id, person_id, text, made_at, check_30, checked_at_30)
    select ${net}, ${at('cohort', sql`c`)}, ${at('person', sitting)}, 'To do', now() - interval '40 days',
      case when s % 3 = 0 then 'kept' end, case when s % 3 = 0 then now() end
    from generate_series(0, ${cohorts - 1}::int) c, generate_series(0, 14) s`)
  await run(sql`insert into lti_platform (network_id, id, institution_id, profile, issuer, client_id,
      authorization_endpoint, token_endpoint, jwks_uri, status)
    select ${net}, ${at('platform', n)}, ${at('institution', n)}, 'canvas', 'https://lms' || n || '.' || ${slug} || '.example',
      'tool', 'https://lms.example/auth', 'https://lms.example/token', 'https://lms.example/jwks', 'active'
    from generate_series(0, ${institutions - 1}::int) n where n % 10 < 9`)
  await run(sql`insert into course (network_id, id, platform_id, deployment_id, context_id, title)
    select ${net}, ${at('course', n)}, ${at('platform', sql`n % 9`)}, '1', 'course ' || n, 'Course ' || n
    from generate_series(0, ${cohorts - 1}::int) n`)
  await run(sql`insert into course_link (network_id, course_id, resource_link_id, cohort_id, created_at)
    select ${net}, ${at('course', n)}, 'link', ${at('cohort', n)}, now() from generate_series(0, ${cohorts - 1}::int) n`)
  await run(sql`insert into audit_entry (network_id, at, action, subject)
    select ${net}, now() - n * interval '1 minute', 'cohort.created', 'cohort:' || n
    from generate_series(0, ${cohorts * 10 - 1}::int) n`)

  const email = `admin@${slug}.example`
  await run(
    sql`insert into person (network_id, id, name, email) values (${net}, ${at('admin', sql`0`)}, 'Admin', ${email})`,
  )
  await run(sql`insert into identity (network_id, person_id, kind, subject)
    values (${net}, ${at('admin', sql`0`)}, 'email', ${email})`)
  await run(
    sql`insert into role_grant (network_id, person_id, role) values (${net}, ${at('admin', sql`0`)}, 'network_admin')`,
  )
  const { rows } = await sql<Omit<SeededRegion, 'networkId' | 'email'>>`
    select ${at('institution', sql`0`)} as "institutionId", ${at('platform', sql`0`)} as "platformId",
      ${at('cohort', sql`0`)} as "cohortId", ${at('convening', sql`11`)} as "conveningId"`.execute(db)
  return { networkId: network.id, email, ...rows[0]! }
}
