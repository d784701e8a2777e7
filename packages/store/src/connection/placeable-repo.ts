import { sql } from 'kysely'
import type { Placeable, PlaceableKind } from '@copractice/core/connection'
import type { CohortId, ConveningId, MeetingId, NetworkId, PlatformId, RoundId } from '@copractice/core/kernel'
import type { Db, Trx } from '../database.ts'
import { pageOf, readCursor, readInstantCursor, type Page } from '../directory/name-cursor.ts'
import { likeText } from '../directory/reach.ts'

/** For whom: an LMS's institution, and the cohorts whose rounds the reader runs already and therefore sees as drafts. */
export type PlaceableScope = Readonly<{
  networkId: NetworkId
  platformId: PlatformId
  runsRoundsOf: readonly CohortId[]
}>
/** A page of what there is, or exactly these ids. */
export type PlaceableAsked =
  | Readonly<{ search?: string | undefined; after?: string | undefined; limit: number }>
  | Readonly<{ ids: readonly string[] }>

/** Things of one kind that this institution's courses may open. Cohorts: those a link of theirs would be bound to. */
export function listPlaceable(
  db: Db | Trx,
  scope: PlaceableScope,
  kind: PlaceableKind,
  asked: PlaceableAsked,
  now: Date,
): Promise<Page<Placeable>> {
  switch (kind) {
    case 'space':
    case 'practice':
      return listCohorts(db, scope, kind, asked)
    case 'meeting':
      return listMeetings(db, scope, asked, now)
    case 'round':
      return listRounds(db, scope, asked)
    case 'convening':
      return listConvenings(db, scope, asked, now)
  }
}

/** The open cohorts that the rule of course links lets this institution open (core: bindCourseLink). */
const cohorts = (db: Db | Trx, { networkId, platformId }: PlaceableScope) =>
  db
    .selectFrom('lti_platform as f')
    .innerJoin('institution as i', (on) =>
      on.onRef('i.network_id', '=', 'f.network_id').onRef('i.id', '=', 'f.institution_id'),
    )
    .innerJoin('cohort as c', 'c.network_id', 'f.network_id')
    .select(['c.id as cohortId', 'c.name as cohortName', 'c.theme'])
    .where('f.network_id', '=', networkId)
    .where('f.id', '=', platformId)
    .where('c.status', '=', 'open')
    .where(
      sql<boolean>`((i.member_since is not null and coalesce(i.member_until >= current_date, true) and c.region_id = i.region_id) or exists (select from seat s
        where s.network_id = c.network_id and s.cohort_id = c.id and s.institution_id = i.id and s.status <> 'left'))`,
    )

const limitOf = (asked: PlaceableAsked) => ('ids' in asked ? asked.ids.length : asked.limit)
const searchOf = (asked: PlaceableAsked) => ('ids' in asked || !asked.search ? undefined : likeText(asked.search))
const cursorOf = (asked: PlaceableAsked, read = readInstantCursor) => ('ids' in asked ? undefined : read(asked.after))
const cohortOf = (row: { cohortId: string; cohortName: string }) => ({
  id: row.cohortId as CohortId,
  name: row.cohortName,
})

async function listCohorts(db: Db | Trx, scope: PlaceableScope, kind: 'space' | 'practice', asked: PlaceableAsked) {
  const [search, cursor] = [searchOf(asked), cursorOf(asked, readCursor)]
  let query = cohorts(db, scope).select(['c.id', sql<string>`lower(c.name)`.as('sortKey')])
  if ('ids' in asked) query = query.where('c.id', 'in', [...asked.ids])
  if (search) query = query.where((eb) => eb.or([eb('c.name', 'ilike', search), eb('c.theme', 'ilike', search)]))
  if (cursor) query = query.where(sql<boolean>`(lower(c.name), c.id) > (${cursor.key}, ${cursor.id}::uuid)`)
  const rows = await query
    .orderBy(sql`lower(c.name)`)
    .orderBy('c.id')
    .limit(limitOf(asked) + 1)
    .execute()
  return pageOf(rows, limitOf(asked), (row): Placeable => {
    const cohort = cohortOf(row)
    return { kind, id: cohort.id, title: cohort.name, theme: row.theme, cohort }
  })
}

async function listMeetings(db: Db | Trx, scope: PlaceableScope, asked: PlaceableAsked, now: Date) {
  const [search, cursor] = [searchOf(asked), cursorOf(asked)]
  let query = cohorts(db, scope)
    .innerJoin('meeting as m', (on) => on.onRef('m.network_id', '=', 'c.network_id').onRef('m.cohort_id', '=', 'c.id'))
    .select(['m.id', 'm.title', 'm.starts_at', 'm.ends_at', 'm.time_zone'])
    .select(sql<string>`m.starts_at::text`.as('sortKey'))
    .where('m.ends_at', '>', now)
  if ('ids' in asked) query = query.where('m.id', 'in', [...asked.ids])
  if (search) query = query.where((eb) => eb.or([eb('m.title', 'ilike', search), eb('c.name', 'ilike', search)]))
  if (cursor) query = query.where(sql<boolean>`(m.starts_at, m.id) > (${cursor.key}::timestamptz, ${cursor.id}::uuid)`)
  const rows = await query
    .orderBy('m.starts_at')
    .orderBy('m.id')
    .limit(limitOf(asked) + 1)
    .execute()
  return pageOf(rows, limitOf(asked), (row): Placeable => ({
    kind: 'meeting',
    id: row.id as MeetingId,
    title: row.title,
    cohort: cohortOf(row),
    startsAt: row.starts_at,
    endsAt: row.ends_at,
    timeZone: row.time_zone,
  }))
}

async function listRounds(db: Db | Trx, scope: PlaceableScope, asked: PlaceableAsked) {
  const [search, cursor] = [searchOf(asked), cursorOf(asked)]
  let query = cohorts(db, scope)
    .innerJoin('review_round as r', (on) =>
      on.onRef('r.network_id', '=', 'c.network_id').onRef('r.cohort_id', '=', 'c.id'),
    )
    .select(['r.id', 'r.title', 'r.phase', 'r.submit_until', 'r.time_zone', 'r.work_maximum'])
    .select(sql<string>`r.created_at::text`.as('sortKey'))
    .where('r.phase', '<>', 'closed')
    .where(sql<boolean>`(r.phase <> 'draft' or r.cohort_id = any (${[...scope.runsRoundsOf]}::uuid[]))`)
  if ('ids' in asked) query = query.where('r.id', 'in', [...asked.ids])
  if (search) query = query.where((eb) => eb.or([eb('r.title', 'ilike', search), eb('c.name', 'ilike', search)]))
  if (cursor) query = query.where(sql<boolean>`(r.created_at, r.id) < (${cursor.key}::timestamptz, ${cursor.id}::uuid)`)
  const rows = await query
    .orderBy('r.created_at', 'desc')
    .orderBy('r.id', 'desc')
    .limit(limitOf(asked) + 1)
    .execute()
  return pageOf(rows, limitOf(asked), (row): Placeable => ({
    kind: 'round',
    id: row.id as RoundId,
    title: row.title,
    cohort: cohortOf(row),
    phase: row.phase,
    submitUntil: row.submit_until,
    timeZone: row.time_zone,
    workMaximum: row.work_maximum,
  }))
}

/** Of the whole network: anybody may register for a convening that is open. */
async function listConvenings(db: Db | Trx, { networkId }: PlaceableScope, asked: PlaceableAsked, now: Date) {
  const [search, cursor] = [searchOf(asked), cursorOf(asked)]
  let query = db
    .selectFrom('convening as v')
    .innerJoin('region as g', (on) => on.onRef('g.network_id', '=', 'v.network_id').onRef('g.id', '=', 'v.region_id'))
    .select(['v.id', 'v.name', 'v.starts_at', 'v.ends_at', 'v.time_zone', 'g.name as region'])
    .select(sql<string>`v.starts_at::text`.as('sortKey'))
    .where('v.network_id', '=', networkId)
    .where('v.status', '=', 'open')
    .where('v.ends_at', '>', now)
    .$narrowType<{ starts_at: Date; ends_at: Date }>()
  if ('ids' in asked) query = query.where('v.id', 'in', [...asked.ids])
  if (search) query = query.where((eb) => eb.or([eb('v.name', 'ilike', search), eb('g.name', 'ilike', search)]))
  if (cursor) query = query.where(sql<boolean>`(v.starts_at, v.id) > (${cursor.key}::timestamptz, ${cursor.id}::uuid)`)
  const rows = await query
    .orderBy('v.starts_at')
    .orderBy('v.id')
    .limit(limitOf(asked) + 1)
    .execute()
  return pageOf(rows, limitOf(asked), (row): Placeable => ({
    kind: 'convening',
    id: row.id as ConveningId,
    title: row.name,
    region: row.region,
    startsAt: row.starts_at,
    endsAt: row.ends_at,
    timeZone: row.time_zone,
  }))
}
