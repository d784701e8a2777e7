import { sql } from 'kysely'
import { jsonArrayFrom } from 'kysely/helpers/postgres'
import type { Candidate, CohortDraft } from '@copractice/core/cohort'
import type { CohortId, ConveningId, NetworkId, PersonId } from '@copractice/core/kernel'
import type { Db, Trx } from '../database.ts'
import { isMemberOn } from '../directory/is-member.ts'
import { personInReach } from '../directory/people-search-repo.ts'
import type { AdminScope } from '../directory/reach.ts'

export type CandidateFound = Candidate & Readonly<{ email: string | null; isTest: boolean; signsInByMail: boolean }>

/** Those of `ids` whom the reader may find, with the ties that rules ask for. `isMember` holds at `now`. */
export async function loadCandidates(
  db: Db | Trx,
  scope: AdminScope,
  ids: readonly string[],
  now: Date,
): Promise<CandidateFound[]> {
  if (!ids.length) return []
  const identity = (kind: string) => sql<boolean>`exists (select 1 from identity d where d.network_id = p.network_id
    and d.person_id = p.id and d.kind = ${kind})`
  const rows = await db
    .selectFrom('person as p')
    .select([
      'p.id',
      'p.name',
      'p.email',
      'p.is_test as isTest',
      sql<boolean>`${identity('email')} and not ${identity('lti')}`.as('signsInByMail'),
    ])
    .select((eb) =>
      jsonArrayFrom(
        eb
          .selectFrom('affiliation as a')
          .innerJoin('institution as i', (on) =>
            on.onRef('i.network_id', '=', 'a.network_id').onRef('i.id', '=', 'a.institution_id'),
          )
          .select(['i.id as institutionId', 'a.kind', 'i.kind as institution'])
          .select(isMemberOn('i', now).as('isMember'))
          .whereRef('a.network_id', '=', 'p.network_id')
          .whereRef('a.person_id', '=', 'p.id'),
      ).as('affiliations'),
    )
    .where('p.network_id', '=', scope.networkId)
    .where('p.id', 'in', [...ids])
    .where(personInReach(scope, 'p'))
    .execute()
  return rows.map((row) => ({ ...row, affiliations: row.affiliations as unknown as CandidateFound['affiliations'] }))
}

export async function isCohortNameTaken(db: Db | Trx, networkId: NetworkId, name: string): Promise<boolean> {
  const row = await db
    .selectFrom('cohort')
    .select('id')
    .where('network_id', '=', networkId)
    .where(sql<boolean>`lower(name) = lower(${name})`)
    .executeTakeFirst()
  return row !== undefined
}

/** True when the convening is in the same region: a cohort is composed from its own region's convening. */
export async function isConveningOfRegion(
  db: Db | Trx,
  networkId: NetworkId,
  conveningId: ConveningId,
  regionId: string,
): Promise<boolean> {
  const row = await db
    .selectFrom('convening')
    .select('id')
    .where('network_id', '=', networkId)
    .where('id', '=', conveningId)
    .where('region_id', '=', regionId)
    .executeTakeFirst()
  return row !== undefined
}

export type NewCohort = CohortDraft & Readonly<{ networkId: NetworkId; policyVersion: number; createdBy: PersonId }>

/** The cohort with its seats and meetings. Undefined when another of that name came first. */
export async function insertCohort(trx: Trx, draft: NewCohort, now: Date): Promise<CohortId | undefined> {
  const { networkId, seats, meetings } = draft
  const row = await trx
    .insertInto('cohort')
    .values({
      network_id: networkId,
      region_id: draft.regionId,
      name: draft.name,
      theme: draft.theme,
      time_zone: draft.timeZone,
      policy_version: draft.policyVersion,
      convening_id: draft.conveningId,
      submission_deadline: draft.submissionDeadline,
      created_by: draft.createdBy,
      created_at: now,
    })
    .onConflict((conflict) => conflict.columns(['network_id', 'name']).doNothing())
    .returning('id')
    .executeTakeFirst()
  if (!row) return undefined

  if (seats.length) {
    await trx
      .insertInto('seat')
      .values(
        seats.map(({ personId, institutionId, kind, isWaitlisted }, order) => ({
          network_id: networkId,
          cohort_id: row.id,
          person_id: personId,
          institution_id: institutionId,
          kind,
          status: isWaitlisted ? ('waitlisted' as const) : ('seated' as const),
          // A millisecond apart, so that the waitlist keeps the order of the draft.
          since: new Date(now.getTime() + order),
        })),
      )
      .execute()
  }
  if (meetings.length) {
    await trx
      .insertInto('meeting')
      .values(
        meetings.map((meeting) => ({
          network_id: networkId,
          cohort_id: row.id,
          title: meeting.title,
          starts_at: meeting.startsAt,
          ends_at: meeting.endsAt,
          time_zone: draft.timeZone,
          place: meeting.place || null,
          join_url: meeting.joinUrl,
          bring: null,
        })),
      )
      .execute()
  }
  return row.id as CohortId
}
