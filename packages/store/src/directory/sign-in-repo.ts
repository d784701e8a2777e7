import { sql, type RawBuilder } from 'kysely'
import type { CohortId, InstitutionId, NetworkId, PersonId } from '@copractice/core/kernel'
import type { Db, Trx } from '../database.ts'
import { writesProposal } from './writes-proposal.ts'

/** A person who signs in with an e-mail address; one address may belong to a person in each of several networks. */
export type PersonByEmail = Readonly<{ networkId: NetworkId; personId: PersonId }>

/** How somebody proved an address: by mail or passkey, or through an institution of a network. */
export type SeenThrough = 'own' | Readonly<{ networkId: NetworkId; institutionId: InstitutionId }>

/**
 * Across networks, because nobody has said yet which one they mean. `email` in lower case. `only: 'administrators'`
 * leaves out those without a grant, `'admitted'` those who have none and write no proposal either. `seen`: by which way in
 * the address was proved, where that decides which networks it opens.
 */
export async function findPeopleByEmail(
  db: Db | Trx,
  email: string,
  only: 'everyone' | 'administrators' | 'admitted' = 'everyone',
  seen?: SeenThrough,
): Promise<PersonByEmail[]> {
  let query = db
    .selectFrom('identity as i')
    .select(['i.network_id as networkId', 'i.person_id as personId'])
    .where('i.kind', '=', 'email')
    .where('i.subject', '=', email)
    .orderBy('i.created_at')
    .orderBy('i.id')
  if (seen) query = query.where(seenThrough(seen, email))
  const administers = sql<boolean>`exists (select 1 from role_grant g where g.network_id = i.network_id
    and g.person_id = i.person_id)`
  if (only === 'administrators') query = query.where(administers)
  if (only === 'admitted') query = query.where(sql<boolean>`(${administers} or ${writesProposal('i')})`)
  return (await query.execute()) as PersonByEmail[]
}

/**
 * Through an institution's sign-in: that institution's network alone, while its sign-in is on and speaks for the domain,
 * because no network answers for another's people. `own`, by mail or passkey: every network but those where an institution
 * wants its addresses to come through it alone; network admins keep their way back in.
 */
function seenThrough(seen: SeenThrough, email: string): RawBuilder<boolean> {
  const domain = email.slice(email.lastIndexOf('@') + 1)
  const speaks = sql`select 1 from institution_sign_in s join institution_domain m on m.network_id = s.network_id
    and m.institution_id = s.institution_id and m.domain = ${domain} and m.confirmed_at is not null
    where s.network_id = i.network_id and s.is_on`
  if (seen !== 'own') {
    return sql<boolean>`(i.network_id = ${seen.networkId} and exists (${speaks} and s.institution_id = ${seen.institutionId}))`
  }
  return sql<boolean>`(not exists (${speaks} and s.is_only) or exists (select 1 from role_grant a
    where a.network_id = i.network_id and a.person_id = i.person_id and a.role = 'network_admin'))`
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
