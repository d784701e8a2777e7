import { sql } from 'kysely'
import { jsonArrayFrom } from 'kysely/helpers/postgres'
import {
  connectionState,
  type ConnectionFacts,
  type InstitutionDetails,
  type InstitutionListed,
} from '@copractice/core/directory'
import type { InstitutionId, NetworkId, RegionId } from '@copractice/core/kernel'
import type { Db, Trx } from '../database.ts'
import { isMemberOn } from './is-member.ts'
import { pageOf, readCursor, type Page } from './name-cursor.ts'
import { institutionInReach, likeText, type AdminScope } from './reach.ts'

/** Everything a row of the list says, in one query: people, LMS connections, the invite that is still out. */
function institutionRows(db: Db | Trx, scope: AdminScope, now: Date) {
  return db
    .selectFrom('institution as i')
    .leftJoin('region as r', (on) => on.onRef('r.network_id', '=', 'i.network_id').onRef('r.id', '=', 'i.region_id'))
    .select(['i.id', 'i.name', 'i.letter', 'i.colour', 'i.kind', 'i.time_zone as timeZone', 'i.region_id as regionId'])
    .select([
      'r.name as regionName',
      sql<string>`lower(i.name)`.as('sortKey'),
      sql<string | null>`i.member_since::text`.as('memberSince'),
      sql<string | null>`i.member_until::text`.as('memberUntil'),
      sql<string[]>`array(select u.name from sponsoring_unit u where u.network_id = i.network_id
        and u.institution_id = i.id order by lower(u.name))`.as('units'),
      sql<{ since: string; until: string }[]>`coalesce((select json_agg(json_build_object('since', m.since::text,
          'until', m.until::text) order by m.since desc) from institution_membership m
        where m.network_id = i.network_id and m.institution_id = i.id), '[]')`.as('memberships'),
      isMemberOn('i', now).as('isMember'),
      sql<number>`(select count(*)::int from affiliation a join person p on p.network_id = a.network_id and p.id = a.person_id
        where a.network_id = i.network_id and a.institution_id = i.id and not p.is_test)`.as('people'),
      sql<Date | null>`(select max(v.created_at) from registration_invite v where v.network_id = i.network_id
        and v.institution_id = i.id and v.used_at is null and v.expires_at > ${now})`.as('invitedAt'),
    ])
    .select((eb) =>
      jsonArrayFrom(
        eb
          .selectFrom('lti_platform as p')
          .select(['p.profile', 'p.status', 'p.last_error_code as lastErrorCode'])
          .select(['p.last_launch_at as lastLaunchAt', 'p.last_error_at as lastErrorAt'])
          .whereRef('p.network_id', '=', 'i.network_id')
          .whereRef('p.institution_id', '=', 'i.id')
          .orderBy('p.created_at'),
      ).as('platforms'),
    )
    .where('i.network_id', '=', scope.networkId)
    .where(institutionInReach(scope, 'i'))
}

type Row = Awaited<ReturnType<ReturnType<typeof institutionRows>['execute']>>[number]
const dateOf = (text: Date | string | null) => (text === null ? null : new Date(text))

function institutionOf(row: Row) {
  const platforms = row.platforms.map((platform) => ({
    ...platform,
    lastLaunchAt: dateOf(platform.lastLaunchAt),
    lastErrorAt: dateOf(platform.lastErrorAt),
  }))
  const launches = platforms.flatMap(({ lastLaunchAt }) => (lastLaunchAt ? [lastLaunchAt.getTime()] : []))
  const refusing = platforms.find((platform) => connectionState([platform as ConnectionFacts], false) === 'refusing')
  return {
    id: row.id as InstitutionId,
    name: row.name,
    letter: row.letter,
    colour: row.colour,
    kind: row.kind,
    timeZone: row.timeZone,
    memberSince: row.memberSince,
    memberUntil: row.memberUntil,
    memberships: row.memberships,
    units: row.units,
    isMember: row.isMember,
    region: row.regionId && row.regionName ? { id: row.regionId as RegionId, name: row.regionName } : null,
    people: row.people,
    connection: {
      state: connectionState(platforms, row.invitedAt !== null),
      profiles: [...new Set(platforms.map(({ profile }) => profile))],
      lastLaunchAt: launches.length ? new Date(Math.max(...launches)) : null,
      lastErrorCode: refusing?.lastErrorCode ?? null,
      invitedAt: row.invitedAt,
    },
  }
}
export type InstitutionFound = ReturnType<typeof institutionOf>

type Asked = Readonly<{ search?: string | undefined; after?: string | undefined; limit: number }>

export async function listInstitutions(
  db: Db | Trx,
  scope: AdminScope,
  { search, after, limit }: Asked,
  now: Date,
): Promise<Page<InstitutionListed>> {
  const cursor = readCursor(after)
  let query = institutionRows(db, scope, now)
  if (search) query = query.where('i.name', 'ilike', likeText(search))
  if (cursor) query = query.where(sql<boolean>`(lower(i.name), i.id) > (${cursor.key}, ${cursor.id}::uuid)`)
  const rows = await query
    .orderBy(sql`lower(i.name)`)
    .orderBy('i.id')
    .limit(limit + 1)
    .execute()
  return pageOf(rows, limit, institutionOf)
}

/** Undefined when it is not in the reader's reach, or nowhere. */
export async function findInstitution(
  db: Db | Trx,
  scope: AdminScope,
  id: InstitutionId,
  now: Date,
): Promise<InstitutionFound | undefined> {
  const row = await institutionRows(db, scope, now).where('i.id', '=', id).executeTakeFirst()
  return row && institutionOf(row)
}

type Details = Pick<InstitutionDetails, 'name' | 'kind' | 'regionId' | 'timeZone' | 'memberSince'> &
  Partial<Pick<InstitutionDetails, 'memberUntil' | 'units'>>

/** The colour slot that the fewest institutions of the network have, so that neighbours differ as long as they can. */
async function freeColour(trx: Trx, networkId: NetworkId): Promise<number> {
  const { rows } = await sql<{ colour: number }>`
    select slot.colour from generate_series(1, 12) as slot (colour)
    left join institution i on i.network_id = ${networkId} and i.colour = slot.colour
    group by slot.colour order by count(i.id), slot.colour limit 1`.execute(trx)
  return rows[0]!.colour
}

/** The first letter or digit of a name, as a badge shows it. */
export const letterOf = (name: string): string => /[\p{L}\p{N}]/u.exec(name)?.[0].toLocaleUpperCase('en') ?? '•'

/** Undefined when the network has one of that name. */
export async function insertInstitution(
  trx: Trx,
  networkId: NetworkId,
  details: Details,
  now: Date,
): Promise<InstitutionId | undefined> {
  const row = await trx
    .insertInto('institution')
    .values({
      network_id: networkId,
      region_id: details.regionId,
      name: details.name,
      kind: details.kind,
      letter: letterOf(details.name),
      colour: await freeColour(trx, networkId),
      time_zone: details.timeZone,
      member_since: details.memberSince,
      member_until: details.memberUntil ?? null,
    })
    .onConflict((conflict) => conflict.columns(['network_id', 'name']).doNothing())
    .returning('id')
    .executeTakeFirst()
  const id = row?.id as InstitutionId | undefined
  if (id) await keepUnits(trx, { networkId, id }, details, now)
  return id
}

type Kept = Readonly<{ networkId: NetworkId; id: InstitutionId }>

/** The units that sponsor what the institution hosts become exactly those named; undefined leaves them as they are. */
async function keepUnits(trx: Trx, { networkId, id }: Kept, { units }: Details, now: Date): Promise<void> {
  if (!units) return
  const names = [...new Set(units)]
  await trx
    .deleteFrom('sponsoring_unit')
    .where('network_id', '=', networkId)
    .where('institution_id', '=', id)
    .where(sql<boolean>`name <> all (${names}::text[])`)
    .execute()
  if (!names.length) return
  await trx
    .insertInto('sponsoring_unit')
    .values(names.map((name) => ({ network_id: networkId, institution_id: id, name, added_at: now })))
    .onConflict((conflict) => conflict.doNothing())
    .execute()
}

/** A membership that ended before the new one begins goes into the history; otherwise the new dates correct it. */
async function keepMembership(trx: Trx, { networkId, id }: Kept, { memberSince }: Details): Promise<void> {
  await sql`insert into institution_membership (network_id, institution_id, since, until)
    select network_id, id, member_since, member_until from institution
    where network_id = ${networkId} and id = ${id} and member_until < ${memberSince}::date
    on conflict do nothing`.execute(trx)
}

/** False when another institution of the network has the name. */
export async function updateInstitution(
  trx: Trx,
  networkId: NetworkId,
  id: InstitutionId,
  details: Details,
  now: Date,
): Promise<boolean> {
  const namesake = await trx
    .selectFrom('institution')
    .select('id')
    .where('network_id', '=', networkId)
    .where('name', '=', details.name)
    .where('id', '<>', id)
    .executeTakeFirst()
  if (namesake) return false
  await keepMembership(trx, { networkId, id }, details)
  await trx
    .updateTable('institution')
    .set({
      region_id: details.regionId,
      name: details.name,
      kind: details.kind,
      letter: letterOf(details.name),
      time_zone: details.timeZone,
      member_since: details.memberSince,
      member_until: details.memberUntil ?? null,
    })
    .where('network_id', '=', networkId)
    .where('id', '=', id)
    .returning('id')
    .executeTakeFirstOrThrow()
  await keepUnits(trx, { networkId, id }, details, now)
  return true
}
