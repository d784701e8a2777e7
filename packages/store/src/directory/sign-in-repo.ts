import { sql } from 'kysely'
import type { CohortId, NetworkId, PersonId } from '@copractice/core/kernel'
import type { Db, Trx } from '../database.ts'
import { writesProposal } from './writes-proposal.ts'

/** A person who signs in with an e-mail address; one address may belong to a person in each of several networks. */
export type PersonByEmail = Readonly<{ networkId: NetworkId; personId: PersonId }>

/**
 * Across networks, because nobody has said yet which one they mean. `email` in lower case. `only: 'administrators'`
 * leaves out those without a grant, `'admitted'` those who have none and write no proposal either.
 */
export async function findPeopleByEmail(
  db: Db | Trx,
  email: string,
  only: 'everyone' | 'administrators' | 'admitted' = 'everyone',
): Promise<PersonByEmail[]> {
  let query = db
    .selectFrom('identity as i')
    .select(['i.network_id as networkId', 'i.person_id as personId'])
    .where('i.kind', '=', 'email')
    .where('i.subject', '=', email)
    .orderBy('i.created_at')
    .orderBy('i.id')
  const administers = sql<boolean>`exists (select 1 from role_grant g where g.network_id = i.network_id
    and g.person_id = i.person_id)`
  if (only === 'administrators') query = query.where(administers)
  if (only === 'admitted') query = query.where(sql<boolean>`(${administers} or ${writesProposal('i')})`)
  return (await query.execute()) as PersonByEmail[]
}

/** The open cohorts these people are seated in or facilitate, latest seat first; at most two for each, enough to tell one from several. */
export async function cohortsOfPeople(
  db: Db | Trx,
  people: readonly PersonByEmail[],
): Promise<(PersonByEmail & { cohortId: CohortId })[]> {
  if (!people.length) return []
  const rows = await db
    .selectFrom('seat as s')
    .innerJoin('cohort as c', (on) => on.onRef('c.network_id', '=', 's.network_id').onRef('c.id', '=', 's.cohort_id'))
    .select(['s.network_id as networkId', 's.person_id as personId', 's.cohort_id as cohortId'])
    .where((eb) =>
      eb.or(
        people.map(({ networkId, personId }) =>
          eb.and([eb('s.network_id', '=', networkId), eb('s.person_id', '=', personId)]),
        ),
      ),
    )
    .where('s.status', '=', 'seated')
    .where('c.status', '=', 'open')
    .orderBy('s.since', 'desc')
    .limit(2 * people.length)
    .execute()
  return rows as (PersonByEmail & { cohortId: CohortId })[]
}

/**
 * Records one attempt for each subject and says how many each has made since `since`, this one among them. Recorded
 * before it is counted, so that attempts at the same moment see each other.
 */
export async function recordSignInAttempts(
  db: Db,
  subjects: readonly Uint8Array[],
  { now, since }: Readonly<{ now: Date; since: Date }>,
): Promise<number[]> {
  await db
    .insertInto('auth.sign_in_attempt')
    .values(subjects.map((subject_hash) => ({ subject_hash, at: now })))
    .execute()
  const rows = await db
    .selectFrom('auth.sign_in_attempt')
    .select((eb) => ['subject_hash', eb.fn.countAll<string>().as('attempts')])
    .where('subject_hash', 'in', [...subjects])
    .where('at', '>', since)
    .groupBy('subject_hash')
    .execute()
  const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex')
  const counted = new Map(rows.map((row) => [hex(row.subject_hash), Number(row.attempts)]))
  return subjects.map((subject) => counted.get(hex(subject)) ?? 0)
}
