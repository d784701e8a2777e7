import { sql } from 'kysely'
import type { CohortId, NetworkId, PersonId, RoundId } from '@copractice/core/kernel'
import { NO_EXTENSIONS, type ExtensionKind, type Extensions, type Round } from '@copractice/core/review'
import type { Db, Trx } from '../database.ts'

/** One person's own last moments in a round. */
export async function findExtensions(
  trx: Db | Trx,
  networkId: NetworkId,
  roundId: RoundId,
  personId: PersonId,
): Promise<Extensions> {
  const rows = await trx
    .selectFrom('round_extension')
    .select(['kind', 'until'])
    .where('network_id', '=', networkId)
    .where('round_id', '=', roundId)
    .where('person_id', '=', personId)
    .execute()
  return rows.reduce<Extensions>((own, { kind, until }) => ({ ...own, [kind]: until }), NO_EXTENSIONS)
}

export type ExtensionListed = Readonly<{
  personId: PersonId
  kind: ExtensionKind
  until: Date
  reason: string
  grantedAt: Date
}>

/** Every extension of a round, soonest first. A round has as many people as its cohort. */
export async function listExtensions(
  trx: Db | Trx,
  networkId: NetworkId,
  roundId: RoundId,
): Promise<ExtensionListed[]> {
  const rows = await trx
    .selectFrom('round_extension')
    .select(['person_id as personId', 'kind', 'until', 'reason', 'granted_at as grantedAt'])
    .where('network_id', '=', networkId)
    .where('round_id', '=', roundId)
    .orderBy('until')
    .orderBy('person_id')
    .execute()
  return rows.map((row) => ({ ...row, personId: row.personId as PersonId }))
}

type Place = Readonly<{ networkId: NetworkId; roundId: RoundId; personId: PersonId; kind: ExtensionKind }>

/** One per person and kind: a later one takes the earlier one's place. */
export async function saveExtension(
  trx: Trx,
  { networkId, roundId, personId, kind }: Place,
  granted: Readonly<{ until: Date; reason: string; grantedBy: PersonId; grantedAt: Date }>,
): Promise<void> {
  const columns = {
    until: granted.until,
    reason: granted.reason,
    granted_by: granted.grantedBy,
    granted_at: granted.grantedAt,
  }
  await trx
    .insertInto('round_extension')
    .values({ network_id: networkId, round_id: roundId, person_id: personId, kind, ...columns })
    .onConflict((on) => on.columns(['network_id', 'round_id', 'person_id', 'kind']).doUpdateSet(columns))
    .execute()
}

/** False when there was none. */
export async function deleteExtension(trx: Trx, { networkId, roundId, personId, kind }: Place): Promise<boolean> {
  const { numDeletedRows } = await trx
    .deleteFrom('round_extension')
    .where('network_id', '=', networkId)
    .where('round_id', '=', roundId)
    .where('person_id', '=', personId)
    .where('kind', '=', kind)
    .executeTakeFirst()
  return numDeletedRows > 0n
}

/**
 * Counts again by how many minutes each work of a round was late, after its last moment or somebody's own was moved: as
 * `minutesLate` does, from the later of the two. A team's work goes by the time of whoever of them has longest.
 */
export async function recountLateness(
  trx: Trx,
  networkId: NetworkId,
  { roundId, submitUntil, latePolicy }: Pick<Round, 'roundId' | 'submitUntil' | 'latePolicy'>,
): Promise<void> {
  await sql`
    update submission w set late_minutes = case when late.minutes > ${latePolicy.graceMinutes} then late.minutes end
    from (
      select s.id, ceil(extract(epoch from s.submitted_at - greatest(${submitUntil}::timestamptz, (
        select max(e.until) from round_extension e
        where e.network_id = s.network_id and e.round_id = s.round_id and e.kind = 'work'
          and (e.person_id = s.author_id or e.person_id in (
            select m.person_id from round_team_member m
            where m.network_id = s.network_id and m.round_id = s.round_id and m.team_id = s.team_id))
      ))) / 60)::int as minutes
      from submission s
      where s.network_id = ${networkId} and s.round_id = ${roundId} and s.status = 'submitted'
    ) late
    where w.network_id = ${networkId} and w.id = late.id`.execute(trx)
}

export type RoundSoFarRow = Readonly<{ works: number; reviewsBegun: number }>

/** What people have done in a round: works begun, reviews begun. Who flagged a work has begun its review. */
export async function countRoundSoFar(trx: Trx, networkId: NetworkId, roundId: RoundId): Promise<RoundSoFarRow> {
  const { rows } = await sql<RoundSoFarRow>`select
    (select count(*)::int from submission w where w.network_id = ${networkId} and w.round_id = ${roundId}) as works,
    (select count(*)::int from review_assignment a where a.network_id = ${networkId} and a.round_id = ${roundId}
      and (a.saved_at is not null or exists (select 1 from review_flag f where f.network_id = a.network_id
        and f.assignment_id = a.id))) as "reviewsBegun"`.execute(trx)
  return rows[0]!
}

/** Before dealing again; the caller has seen that no review was begun. */
export async function deleteAssignments(trx: Trx, networkId: NetworkId, roundId: RoundId): Promise<void> {
  await trx
    .deleteFrom('review_assignment')
    .where('network_id', '=', networkId)
    .where('round_id', '=', roundId)
    .where('saved_at', 'is', null)
    .execute()
}

/** An instructor of one of the cohort's courses, where mail reaches them. */
export type InstructorToTell = Readonly<{ name: string | null; email: string; timeZone: string | null }>

export async function listInstructorsToTell(
  trx: Db | Trx,
  networkId: NetworkId,
  roundId: RoundId,
): Promise<InstructorToTell[]> {
  const rows = await trx
    .selectFrom('review_round as r')
    .innerJoin('course_link as l', (on) =>
      on.onRef('l.network_id', '=', 'r.network_id').onRef('l.cohort_id', '=', 'r.cohort_id'),
    )
    .innerJoin('course_member as m', (on) =>
      on.onRef('m.network_id', '=', 'l.network_id').onRef('m.course_id', '=', 'l.course_id'),
    )
    .innerJoin('person as p', (on) => on.onRef('p.network_id', '=', 'm.network_id').onRef('p.id', '=', 'm.person_id'))
    .select(['p.id', 'p.name', 'p.email', 'p.time_zone as timeZone'])
    .distinct()
    .where('r.network_id', '=', networkId)
    .where('r.id', '=', roundId)
    .where('m.role', '=', 'instructor')
    .where('m.status', '=', 'active')
    .where('p.email', 'is not', null)
    .execute()
  return rows.map(({ name, email, timeZone }) => ({ name, email: email!, timeZone }))
}

/** A round whose date has come, with what it comes after in the list. */
export type RoundByDateDue = Readonly<{
  networkId: NetworkId
  roundId: RoundId
  createdBy: PersonId
  submitUntil: Date
}>

const GRACE = sql`make_interval(mins => coalesce((late_policy ->> 'graceMinutes')::int, 0))`

/** Rounds of every network whose date may have come, soonest first. Those that stalled are looked at again after `stalledBefore`. */
export async function listRoundsByDate(
  trx: Db | Trx,
  {
    now,
    stalledBefore,
    after,
    limit,
  }: Readonly<{ now: Date; stalledBefore: Date; after: RoundByDateDue | null; limit: number }>,
): Promise<RoundByDateDue[]> {
  let query = trx
    .selectFrom('review_round')
    .select(['network_id as networkId', 'id as roundId', 'created_by as createdBy', 'submit_until as submitUntil'])
    .where('advance', '=', 'by_date')
    .where((eb) => eb.or([eb('stalled_at', 'is', null), eb('stalled_at', '<=', stalledBefore)]))
    .where((eb) =>
      eb.or([
        eb.and([eb('phase', '=', 'draft'), eb('open_from', '<=', now), eb('submit_until', '>', now)]),
        eb.and([eb('phase', '=', 'submit'), sql<boolean>`submit_until + ${GRACE} < ${now}`]),
        eb.and([
          eb('phase', '=', 'review'),
          eb('review_until', '<', now),
          // Somebody has more time.
          sql<boolean>`not exists (select 1 from round_extension e where e.network_id = review_round.network_id
            and e.round_id = review_round.id and e.kind = 'reviews' and e.until >= ${now})`,
        ]),
      ]),
    )
  if (after) query = query.where(sql<boolean>`(submit_until, id) > (${after.submitUntil}, ${after.roundId}::uuid)`)
  return (await query.orderBy('submit_until').orderBy('id').limit(limit).execute()) as RoundByDateDue[]
}

/** Cohorts by name. */
export async function listCohortNames(
  trx: Db | Trx,
  networkId: NetworkId,
  ids: readonly CohortId[],
): Promise<{ cohortId: CohortId; name: string }[]> {
  if (ids.length === 0) return []
  const rows = await trx
    .selectFrom('cohort')
    .select(['id', 'name'])
    .where('network_id', '=', networkId)
    .where('id', 'in', [...new Set(ids)])
    .orderBy('name')
    .orderBy('id')
    .execute()
  return rows.map(({ id, name }) => ({ cohortId: id as CohortId, name }))
}
