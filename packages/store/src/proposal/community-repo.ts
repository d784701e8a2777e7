import { sql } from 'kysely'
import { jsonArrayFrom } from 'kysely/helpers/postgres'
import type { CampusMark } from '@copractice/core/directory'
import type { CommunityListed, ProposalBody } from '@copractice/core/proposal'
import type { CohortId, CommunityId, NetworkId, ProposalId } from '@copractice/core/kernel'
import { USUAL_LIMITS } from '@copractice/core/programme'
import type { Db, Trx } from '../database.ts'
import { pageOf, readCursor, type Page } from '../directory/name-cursor.ts'
import { likeText } from '../directory/reach.ts'

type Charter = ProposalBody['charter']
type NewCommunity = Readonly<{
  networkId: NetworkId
  proposalId: ProposalId
  slug: string
  name: string
  charter: Charter
  /** Slug of the series it runs under. */
  series?: string
}>

/** An approved community is public from its first day. One proposal becomes one. */
export async function insertCommunity(trx: Trx, community: NewCommunity, now: Date): Promise<CommunityId> {
  const row = await trx
    .insertInto('community')
    .values({
      network_id: community.networkId,
      proposal_id: community.proposalId,
      slug: community.slug,
      name: community.name,
      charter: JSON.stringify(community.charter),
      series_id: (eb) =>
        eb
          .selectFrom('series')
          .select('id')
          .where('network_id', '=', community.networkId)
          .where('slug', '=', community.series ?? ''),
      created_at: now,
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  return row.id as CommunityId
}

type Tied = Readonly<{ networkId: NetworkId; cohortId: CohortId; communityId: CommunityId; proposalId: ProposalId }>

export async function tieCohort(trx: Trx, { networkId, cohortId, communityId, proposalId }: Tied): Promise<void> {
  await trx
    .updateTable('cohort')
    .set({ community_id: communityId, proposal_id: proposalId })
    .where('network_id', '=', networkId)
    .where('id', '=', cohortId)
    .execute()
}

/** What an approval has made; undefined until there was one. */
export async function findMade(db: Db | Trx, networkId: NetworkId, proposalId: ProposalId) {
  const row = await db
    .selectFrom('community as y')
    .select(['y.slug', 'y.name'])
    .select((eb) =>
      jsonArrayFrom(
        eb
          .selectFrom('cohort as c')
          .select(['c.id', 'c.name'])
          .whereRef('c.network_id', '=', 'y.network_id')
          .whereRef('c.community_id', '=', 'y.id')
          .orderBy('c.name'),
      ).as('cohorts'),
    )
    .where('y.network_id', '=', networkId)
    .where('y.proposal_id', '=', proposalId)
    .executeTakeFirst()
  return row && { ...row, cohorts: row.cohorts.map(({ id, name }) => ({ id: id as CohortId, name })) }
}

/** Networks that show a community or take proposals now: those that a public page may name. By name, at most 200. */
export async function publicNetworks(db: Db | Trx, now: Date) {
  const rows = await db
    .selectFrom('network as n')
    .select(['n.id', 'n.slug', 'n.name'])
    .where(
      sql<boolean>`(exists (select 1 from community y where y.network_id = n.id and y.public)
        or exists (select 1 from call c where c.network_id = n.id and c.status = 'open'
          and c.opens_at <= ${now} and c.closes_at >= ${now}))`,
    )
    .orderBy('n.name')
    .limit(200)
    .execute()
  return rows.map((row) => ({ ...row, id: row.id as NetworkId }))
}

/** Only what a proposal that stands approved has made, and what its stewards show. */
function publicRows(db: Db | Trx) {
  return db
    .selectFrom('community as y')
    .innerJoin('network as n', 'n.id', 'y.network_id')
    .innerJoin('proposal as p', (on) =>
      on.onRef('p.network_id', '=', 'y.network_id').onRef('p.id', '=', 'y.proposal_id').on('p.status', '=', 'approved'),
    )
    .select(['y.id', 'y.network_id as networkId', 'y.slug', 'y.name', 'y.charter'])
    .select(['n.slug as networkSlug', 'n.name as networkName'])
    .select([sql<string>`p.body ->> 'area'`.as('area'), sql<string>`p.body ->> 'democratic'`.as('democratic')])
    .select([sql<string>`p.body ->> 'inclusive'`.as('inclusive'), sql<string>`lower(y.name)`.as('sortKey')])
    .select((eb) =>
      jsonArrayFrom(
        eb
          .selectFrom('proposal_institution as h')
          .innerJoin('institution as i', (on) =>
            on.onRef('i.network_id', '=', 'h.network_id').onRef('i.id', '=', 'h.institution_id'),
          )
          .select(['i.id', 'i.name', 'i.letter', 'i.colour'])
          .whereRef('h.network_id', '=', 'p.network_id')
          .whereRef('h.proposal_id', '=', 'p.id')
          .orderBy('h.position'),
      ).as('hosts'),
    )
    .where('y.public', '=', true)
}

/** Each meeting of open cohorts that is not over; the address to join is no part of it. */
const nextMeeting = (now: Date) => sql<{
  startsAt: string
  timeZone: string
  place: string | null
  isOnline: boolean
} | null>`
  (select jsonb_build_object('startsAt', m.starts_at, 'timeZone', m.time_zone, 'place', m.place,
      'isOnline', m.join_url is not null)
    from meeting m join cohort c on c.network_id = m.network_id and c.id = m.cohort_id
    where c.network_id = y.network_id and c.community_id = y.id and c.status = 'open' and m.ends_at > ${now}
    order by m.starts_at, m.id limit 1)`

type Asked = Readonly<{ search?: string | undefined; after?: string | undefined; limit: number }>

/** By name. */
export async function listPublicCommunities(
  db: Db | Trx,
  networkId: NetworkId,
  { search, after, limit }: Asked,
  now: Date,
): Promise<Page<CommunityListed>> {
  const cursor = readCursor(after)
  let query = publicRows(db).select(nextMeeting(now).as('next')).where('y.network_id', '=', networkId)
  if (search) {
    const like = likeText(search)
    query = query.where((eb) =>
      eb.or([eb('y.name', 'ilike', like), sql<boolean>`y.charter ->> 'domain' ilike ${like}`]),
    )
  }
  if (cursor) query = query.where(sql<boolean>`(lower(y.name), y.id) > (${cursor.key}, ${cursor.id}::uuid)`)
  const rows = await query
    .orderBy(sql`lower(y.name)`)
    .orderBy('y.id')
    .limit(limit + 1)
    .execute()
  return pageOf(rows, limit, (row) => ({
    slug: row.slug,
    name: row.name,
    area: row.area,
    domain: (row.charter as Charter).domain,
    hosts: row.hosts as CampusMark[],
    next: row.next && { ...row.next, startsAt: new Date(row.next.startsAt) },
  }))
}

/** One community's public page with its open cohorts and their next meetings. Undefined: none, or none that shows. */
export async function findPublicCommunity(db: Db | Trx, slug: string, now: Date) {
  const row = await publicRows(db).where('y.slug', '=', slug).executeTakeFirst()
  if (!row) return undefined
  const cohorts = await db
    .selectFrom('cohort as c')
    .innerJoin('policy_pack as k', (on) =>
      on.onRef('k.network_id', '=', 'c.network_id').onRef('k.version', '=', 'c.policy_version'),
    )
    .select(['c.name'])
    .select([
      sql<number>`greatest(0, coalesce((k.limits ->> 'cohortSeats')::int, ${USUAL_LIMITS.cohortSeats}::int)
        - (select count(*)::int from seat s where s.network_id = c.network_id and s.cohort_id = c.id
          and s.status = 'seated' and s.kind <> 'facilitator'))`.as('seatsFree'),
    ])
    .select((eb) =>
      jsonArrayFrom(
        eb
          .selectFrom('meeting as m')
          .select(['m.title', 'm.starts_at as startsAt', 'm.time_zone as timeZone', 'm.place'])
          .select(sql<boolean>`m.join_url is not null`.as('isOnline'))
          .whereRef('m.network_id', '=', 'c.network_id')
          .whereRef('m.cohort_id', '=', 'c.id')
          .where('m.ends_at', '>', now)
          .orderBy('m.starts_at')
          .limit(60),
      ).as('meetings'),
    )
    .where('c.network_id', '=', row.networkId)
    .where('c.community_id', '=', row.id)
    .where('c.status', '=', 'open')
    .orderBy('c.name')
    .execute()
  return {
    slug: row.slug,
    name: row.name,
    area: row.area,
    democratic: row.democratic,
    inclusive: row.inclusive,
    charter: row.charter as Charter,
    hosts: row.hosts as CampusMark[],
    network: { slug: row.networkSlug, name: row.networkName },
    cohorts: cohorts.map(({ meetings, ...cohort }) => ({
      ...cohort,
      meetings: meetings.map((meeting) => ({ ...meeting, startsAt: new Date(meeting.startsAt) })),
    })),
  }
}
