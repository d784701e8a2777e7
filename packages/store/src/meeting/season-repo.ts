import { sql } from 'kysely'
import type {
  CohortId,
  ConveningId,
  InstitutionId,
  MeetingId,
  NetworkId,
  PersonId,
  RegionId,
} from '@copractice/core/kernel'
import type { SeasonEntry, SeasonMeeting } from '@copractice/core/meeting'
import type { Db, Trx } from '../database.ts'
import { regionInReach, type AdminScope } from '../directory/reach.ts'

type Asked = Readonly<{
  from: Date
  until: Date
  regionId?: RegionId | undefined
  institutionId?: InstitutionId | undefined
  limit: number
}>

const ofInstitution = (institutionId: InstitutionId) => sql<boolean>`exists (select 1 from seat x
  where x.network_id = c.network_id and x.cohort_id = c.id and x.institution_id = ${institutionId} and x.status = 'seated')`

/** Meetings of the reader's cohorts that begin in the span, by start; `left` counts those beyond the limit. */
export async function listSeasonMeetings(db: Db | Trx, scope: AdminScope, asked: Asked) {
  let query = db
    .selectFrom('meeting as m')
    .innerJoin('cohort as c', (on) => on.onRef('c.network_id', '=', 'm.network_id').onRef('c.id', '=', 'm.cohort_id'))
    .select(['m.id', 'm.title', 'm.starts_at as startsAt', 'm.ends_at as endsAt', 'm.time_zone as timeZone'])
    .select(['m.place', 'm.join_url as joinUrl', 'm.bring', 'c.id as cohortId', 'c.name as cohort'])
    .select(sql<number>`(count(*) over ())::int`.as('all'))
    .where('m.network_id', '=', scope.networkId)
    .where('m.starts_at', '>=', asked.from)
    .where('m.starts_at', '<', asked.until)
    .where(regionInReach(scope, 'c.region_id'))
  if (asked.regionId) query = query.where('c.region_id', '=', asked.regionId)
  if (asked.institutionId) query = query.where(ofInstitution(asked.institutionId))
  const rows = await query.orderBy('m.starts_at').orderBy('m.id').limit(asked.limit).execute()
  return {
    meetings: rows.map(({ cohortId, cohort, joinUrl, all: _all, ...row }) => ({
      ...row,
      kind: 'meeting' as const,
      id: row.id as MeetingId,
      cohort: { id: cohortId as CohortId, name: cohort },
      isOnline: joinUrl !== null,
      joinUrl,
    })) satisfies SeasonMeeting[],
    left: Math.max(0, (rows[0]?.all ?? 0) - rows.length),
  }
}

/** Convenings that begin in the span, and the submission deadlines of open cohorts, each with the first cohorts by name. */
export async function listSeasonMarks(db: Db | Trx, scope: AdminScope, asked: Asked): Promise<SeasonEntry[]> {
  const NAMED = 5
  let convenings = db
    .selectFrom('convening as v')
    .select(['v.id', 'v.name', 'v.starts_at as startsAt', 'v.ends_at as endsAt', 'v.time_zone as timeZone'])
    .where('v.network_id', '=', scope.networkId)
    .where('v.starts_at', '>=', asked.from)
    .where('v.starts_at', '<', asked.until)
    .where(regionInReach(scope, 'v.region_id'))
  if (asked.regionId) convenings = convenings.where('v.region_id', '=', asked.regionId)
  let deadlines = db
    .selectFrom('cohort as c')
    .select('c.submission_deadline as at')
    .select([
      sql<number>`count(*)::int`.as('count'),
      sql<
        { id: CohortId; name: string }[]
      >`(array_agg(json_build_object('id', c.id, 'name', c.name) order by c.name))[1:${sql.lit(NAMED)}]`.as('cohorts'),
    ])
    .where('c.network_id', '=', scope.networkId)
    .where('c.status', '=', 'open')
    .where('c.submission_deadline', '>=', asked.from)
    .where('c.submission_deadline', '<', asked.until)
    .where(regionInReach(scope, 'c.region_id'))
  if (asked.regionId) deadlines = deadlines.where('c.region_id', '=', asked.regionId)
  if (asked.institutionId) deadlines = deadlines.where(ofInstitution(asked.institutionId))
  const [held, due] = [
    await convenings.orderBy('v.starts_at').limit(100).execute(),
    await deadlines.groupBy('c.submission_deadline').orderBy('c.submission_deadline').limit(100).execute(),
  ]
  return [
    ...held.flatMap(({ id, name, startsAt, endsAt, timeZone }) =>
      startsAt && endsAt
        ? [{ kind: 'convening' as const, id: id as ConveningId, title: name, startsAt, endsAt, timeZone }]
        : [],
    ),
    ...due.map(({ at, count, cohorts }) => ({
      kind: 'deadline' as const,
      at: at!,
      cohorts,
      more: count - cohorts.length,
    })),
  ]
}

type Reader = Readonly<{ networkId: NetworkId; personId: PersonId }>

export async function findFeed(db: Db | Trx, { networkId, personId }: Reader) {
  return db
    .selectFrom('calendar_feed')
    .select(['made_at as madeAt', 'last_read_at as lastReadAt'])
    .where('network_id', '=', networkId)
    .where('person_id', '=', personId)
    .executeTakeFirst()
}

/** One address a person: the one before no longer answers. */
export async function saveFeed(trx: Db | Trx, reader: Reader, tokenHash: Uint8Array, now: Date): Promise<void> {
  const made = { token_hash: tokenHash, made_at: now, last_read_at: null }
  await trx
    .insertInto('calendar_feed')
    .values({ network_id: reader.networkId, person_id: reader.personId, ...made })
    .onConflict((conflict) => conflict.columns(['network_id', 'person_id']).doUpdateSet(made))
    .execute()
}

export async function deleteFeed(trx: Db | Trx, { networkId, personId }: Reader): Promise<void> {
  await trx.deleteFrom('calendar_feed').where('network_id', '=', networkId).where('person_id', '=', personId).execute()
}

/** Whose feed this is; the token is what tells the network. Notes that it was read. */
export async function readFeed(db: Db | Trx, tokenHash: Uint8Array, now: Date): Promise<Reader | undefined> {
  const row = await db
    .updateTable('calendar_feed')
    .set({ last_read_at: now })
    .where('token_hash', '=', tokenHash)
    .returning(['network_id as networkId', 'person_id as personId'])
    .executeTakeFirst()
  return row as Reader | undefined
}
