import { sql } from 'kysely'
import type { CommunityId, RegionId } from '@copractice/core/kernel'
import type { Db, Trx } from '../database.ts'
import { regionInReach, type AdminScope } from '../directory/reach.ts'

/** Instants from the first to the last of a term; all of time without one. */
export type Span = Readonly<{ from: Date; until: Date }>

/** The cohorts a report is about: those in reach, of a region or a community, that met or meet in the span. */
export type ReportScope = Readonly<{
  scope: AdminScope
  regionId?: RegionId | undefined
  communityId?: CommunityId | undefined
  span: Span
  now: Date
}>

/** `chosen(network_id, id)`: the cohorts; `met(network_id, id, cohort_id, starts_at, ends_at)`: their meetings of the span. */
export const chosenCohorts = (asked: ReportScope) => sql`
  in_reach as materialized (
    select c.network_id, c.id from cohort c
    where c.network_id = ${asked.scope.networkId} and ${regionInReach(asked.scope, 'c.region_id')}
      and ${asked.regionId ? sql`c.region_id = ${asked.regionId}` : sql`true`}
      and ${asked.communityId ? sql`c.community_id = ${asked.communityId}` : sql`true`}
  ), met as materialized (
    select m.network_id, m.id, m.cohort_id, m.starts_at, m.ends_at, m.functions from meeting m
    join in_reach c on c.network_id = m.network_id and c.id = m.cohort_id
    where m.network_id = ${asked.scope.networkId} and m.starts_at >= ${asked.span.from} and m.starts_at < ${asked.span.until}
  ), chosen as materialized (select distinct network_id, cohort_id as id from met)`

/** Who takes or took part in a cohort: retention and participation count the same, or their difference names who left. */
export const TOOK_PART = sql`('seated', 'left')`
/** Who holds a seat now. */
export const SEATED = sql`('seated')`

/** `taking_part(person_id, institution_id)`: each person with such a seat once, at the campus of their first one. */
export const peopleOfCohorts = (statuses: typeof TOOK_PART) => sql`
  taking_part as materialized (
    select distinct on (s.person_id) s.network_id, s.person_id, s.institution_id from seat s
    join chosen c on c.network_id = s.network_id and c.id = s.cohort_id
    join person p on p.network_id = s.network_id and p.id = s.person_id and not p.is_test
    where s.status in ${statuses} and s.kind <> 'facilitator'
    order by s.person_id, s.since, s.id
  )`

/**
 * Runs all questions of a report on one state of the rows. They read much of the network through policies, of which the
 * planner cannot know how many rows they leave: its guess of a few made it go through all people for each attendance.
 */
export function atOneMoment<T>(db: Db, run: (trx: Trx) => Promise<T>): Promise<T> {
  return db
    .transaction()
    .setIsolationLevel('repeatable read')
    .execute(async (trx) => {
      await sql`set local enable_nestloop = off`.execute(trx)
      return run(trx)
    })
}
