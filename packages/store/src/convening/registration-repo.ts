import { sql } from 'kysely'
import type { RegistrationListed, Wishes } from '@copractice/core/convening'
import type { Affiliation } from '@copractice/core/directory'
import type { ConveningId, InstitutionId, NetworkId, PersonId, RegistrationId } from '@copractice/core/kernel'
import type { Db, Trx } from '../database.ts'
import { pageOf, readInstantCursor, type Page } from '../directory/name-cursor.ts'
import { likeText } from '../directory/reach.ts'

type Convening = Readonly<{ networkId: NetworkId; conveningId: ConveningId }>

/** How many of the waitlist registered before this one. */
const waitingEarlier = sql<number>`(select count(*)::int from registration w where w.network_id = g.network_id
  and w.convening_id = g.convening_id and w.status = 'waitlisted' and (w.created_at, w.id) < (g.created_at, g.id))`

type Asked = Readonly<{
  search?: string | undefined
  status?: RegistrationListed['status'] | undefined
  after?: string | undefined
  limit: number
}>

/** In the order people signed up. The caller has checked that the reader may see the convening. */
export async function listRegistrations(
  db: Db | Trx,
  { networkId, conveningId }: Convening,
  { search, status, after, limit }: Asked,
): Promise<Page<RegistrationListed>> {
  const cursor = readInstantCursor(after)
  let query = db
    .selectFrom('registration as g')
    .innerJoin('person as p', (on) => on.onRef('p.network_id', '=', 'g.network_id').onRef('p.id', '=', 'g.person_id'))
    .innerJoin('institution as i', (on) =>
      on.onRef('i.network_id', '=', 'g.network_id').onRef('i.id', '=', 'g.institution_id'),
    )
    .select(['g.id', 'g.status', 'g.affiliation', 'g.interests', 'g.created_at as registeredAt'])
    .select(['p.id as personId', 'p.name as personName', 'p.email'])
    .select(['i.id as institutionId', 'i.name as institutionName', 'i.letter', 'i.colour'])
    .select([waitingEarlier.as('waitingEarlier'), sql<string>`g.created_at::text`.as('sortKey')])
    .where('g.network_id', '=', networkId)
    .where('g.convening_id', '=', conveningId)
  if (status) query = query.where('g.status', '=', status)
  if (search) {
    const like = likeText(search)
    query = query.where((eb) =>
      eb.or([eb('p.name', 'ilike', like), eb('p.email', 'ilike', like), eb('i.name', 'ilike', like)]),
    )
  }
  if (cursor) {
    query = query.where(sql<boolean>`(g.created_at, g.id) > (${cursor.key}::timestamptz, ${cursor.id}::uuid)`)
  }
  const rows = await query
    .orderBy('g.created_at')
    .orderBy('g.id')
    .limit(limit + 1)
    .execute()
  return pageOf(rows, limit, (row) => ({
    id: row.id as RegistrationId,
    person: { id: row.personId as PersonId, name: row.personName, email: row.email },
    institution: {
      id: row.institutionId as InstitutionId,
      name: row.institutionName,
      letter: row.letter,
      colour: row.colour,
    },
    affiliation: row.affiliation,
    interests: row.interests,
    status: row.status,
    waitlistPlace: row.status === 'waitlisted' ? row.waitingEarlier + 1 : null,
    registeredAt: row.registeredAt,
  }))
}

/** One registration with what undoing its cancellation asks; undefined when the convening has none such. */
export async function findRegistration(trx: Trx, { networkId, conveningId }: Convening, id: RegistrationId) {
  return trx
    .selectFrom('registration as g')
    .innerJoin('person as p', (on) => on.onRef('p.network_id', '=', 'g.network_id').onRef('p.id', '=', 'g.person_id'))
    .select(['g.id', 'g.status', 'p.name', 'p.email', waitingEarlier.as('waitingEarlier')])
    .select(['g.institution_id as institutionId', 'g.created_at as createdAt'])
    .$narrowType<{ institutionId: InstitutionId }>()
    .where('g.network_id', '=', networkId)
    .where('g.convening_id', '=', conveningId)
    .where('g.id', '=', id)
    .executeTakeFirst()
}

export async function setRegistrationStatus(
  trx: Trx,
  networkId: NetworkId,
  ids: readonly string[],
  status: RegistrationListed['status'],
): Promise<void> {
  if (!ids.length) return
  await trx
    .updateTable('registration')
    .set({ status })
    .where('network_id', '=', networkId)
    .where('id', 'in', [...ids])
    .execute()
}

/** What somebody wishes for, in place of what they said before. */
export async function setWishes(
  trx: Trx,
  { networkId, registrationId }: Readonly<{ networkId: NetworkId; registrationId: RegistrationId }>,
  { interests, wishes }: Readonly<{ interests: string; wishes: Wishes }>,
): Promise<void> {
  await trx
    .updateTable('registration')
    .set({ interests, wishes: JSON.stringify(wishes) })
    .where('network_id', '=', networkId)
    .where('id', '=', registrationId)
    .execute()
}

/** The first `limit` of the waitlist, in order. */
export async function firstWaiting(trx: Trx, { networkId, conveningId }: Convening, limit: number) {
  return trx
    .selectFrom('registration as g')
    .innerJoin('person as p', (on) => on.onRef('p.network_id', '=', 'g.network_id').onRef('p.id', '=', 'g.person_id'))
    .select(['g.id', 'p.name', 'p.email', 'g.institution_id as institutionId', 'g.badge_key as badgeKey'])
    .$narrowType<{ institutionId: InstitutionId }>()
    .where('g.network_id', '=', networkId)
    .where('g.convening_id', '=', conveningId)
    .where('g.status', '=', 'waitlisted')
    .orderBy('g.created_at')
    .orderBy('g.id')
    .limit(limit)
    .execute()
}

export type NewRegistration = Convening &
  Readonly<{
    personId: PersonId
    institutionId: InstitutionId
    affiliation: Affiliation
    interests: string
    wishes?: Wishes | undefined
    status: 'registered' | 'waitlisted'
  }>

/**
 * Registers someone, or again someone who had cancelled (at the end of the order, with what they say now). Undefined when
 * they hold a registration already: that one stays as it is.
 */
export async function saveRegistration(
  trx: Trx,
  registration: NewRegistration,
  now: Date,
): Promise<SavedRegistration | undefined> {
  const { networkId, conveningId, personId, institutionId, affiliation, interests, status } = registration
  const wishes = JSON.stringify(registration.wishes ?? {})
  const said = { institution_id: institutionId, affiliation, interests, wishes, status, created_at: now }
  const row = await trx
    .insertInto('registration')
    .values({ network_id: networkId, convening_id: conveningId, person_id: personId, ...said })
    .onConflict((conflict) =>
      conflict
        .columns(['network_id', 'convening_id', 'person_id'])
        .doUpdateSet(said)
        .where('registration.status', '=', 'cancelled'),
    )
    .returning(['id', 'badge_key as badgeKey'])
    .executeTakeFirst()
  return row && { id: row.id as RegistrationId, badgeKey: row.badgeKey }
}
export type SavedRegistration = Readonly<{ id: RegistrationId; badgeKey: string }>

/** Every campus and organisation of the network, by name, for the form's list. */
export async function institutionsToRegisterFrom(db: Db | Trx, networkId: NetworkId) {
  const rows = await db
    .selectFrom('institution')
    .select(['id', 'name', 'letter', 'colour', 'kind'])
    .where('network_id', '=', networkId)
    .orderBy('name')
    .limit(2000)
    .execute()
  return rows.map((row) => ({ ...row, id: row.id as InstitutionId }))
}

/**
 * The person who signs in with this address, made when there is none. Someone an LMS knows by the same address is
 * somebody else until they say otherwise.
 */
export async function personByEmail(
  trx: Trx,
  networkId: NetworkId,
  { name, email }: Readonly<{ name: string; email: string }>,
): Promise<PersonId> {
  const known = await identityByEmail(trx, networkId, email)
  if (known) return known
  const person = await trx
    .insertInto('person')
    .values({ network_id: networkId, name, email, pronouns: null, time_zone: null })
    .returning('id')
    .executeTakeFirstOrThrow()
  const mine = await trx
    .insertInto('identity')
    .values({ network_id: networkId, person_id: person.id, kind: 'email', subject: email })
    .onConflict((conflict) => conflict.columns(['network_id', 'kind', 'issuer', 'client_id', 'subject']).doNothing())
    .returning('person_id')
    .executeTakeFirst()
  if (mine) return person.id as PersonId
  // Somebody else's form with the same address came first while we were at it.
  await trx.deleteFrom('person').where('network_id', '=', networkId).where('id', '=', person.id).execute()
  return (await identityByEmail(trx, networkId, email))!
}

async function identityByEmail(trx: Trx, networkId: NetworkId, email: string): Promise<PersonId | undefined> {
  const row = await trx
    .selectFrom('identity')
    .select('person_id')
    .where('network_id', '=', networkId)
    .where('kind', '=', 'email')
    .where('subject', '=', email)
    .executeTakeFirst()
  return row?.person_id as PersonId | undefined
}

/** States a tie where none is stated; one that is there stays as it is. */
export async function stateAffiliation(
  trx: Trx,
  tie: Readonly<{ networkId: NetworkId; personId: PersonId; institutionId: InstitutionId; kind: Affiliation }>,
): Promise<void> {
  await trx
    .insertInto('affiliation')
    .values({
      network_id: tie.networkId,
      person_id: tie.personId,
      institution_id: tie.institutionId,
      kind: tie.kind,
    })
    .onConflict((conflict) => conflict.columns(['network_id', 'person_id', 'institution_id']).doNothing())
    .execute()
}
