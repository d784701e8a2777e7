import { randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import type { CourseMemberTold } from '@copractice/core/gradebook'
import type { Trx } from '../database.ts'
import type { ClaimedRoster } from './roster-claim-repo.ts'

/** One line of a roster. Null: the LMS keeps it to itself. */
export type RosterLine = Readonly<{
  userId: string
  name: string | null
  email: string | null
  told: CourseMemberTold
}>
/** A name or address that is there already is the person's own, or what a launch told, and stays. */
export async function fillPeople(
  trx: Trx,
  { networkId }: ClaimedRoster,
  people: readonly Readonly<{ personId: string; name: string | null; email: string | null }>[],
): Promise<void> {
  const rows = people.filter(({ name, email }) => name !== null || email !== null)
  if (rows.length === 0) return
  const told = rows.map(({ personId, name, email }) => ({ id: personId, name, email }))
  await sql`update person p set name = coalesce(p.name, v.name), email = coalesce(p.email, v.email)
    from jsonb_to_recordset(${JSON.stringify(told)}::jsonb) as v (id uuid, name text, email text)
    where p.network_id = ${networkId} and p.id = v.id
      and ((p.name is null and v.name is not null) or (p.email is null and v.email is not null))`.execute(trx)
}

/** People nobody knew, by LMS user id. One whom a launch made while we were at it is theirs. */
export async function addPeople(
  trx: Trx,
  { networkId, issuer, clientId }: ClaimedRoster,
  lines: readonly RosterLine[],
): Promise<Map<string, string>> {
  const made = new Map(lines.map(({ userId }) => [userId, randomUUID() as string]))
  if (lines.length === 0) return made
  await trx
    .insertInto('person')
    .values(
      lines.map(({ userId, name, email }) => ({
        network_id: networkId,
        id: made.get(userId)!,
        name,
        email,
        pronouns: null,
        time_zone: null,
      })),
    )
    .execute()
  const won = await trx
    .insertInto('identity')
    .values(
      lines.map(({ userId }) => ({
        network_id: networkId,
        person_id: made.get(userId)!,
        kind: 'lti' as const,
        issuer,
        client_id: clientId,
        subject: userId,
      })),
    )
    .onConflict((on) => on.columns(['network_id', 'kind', 'issuer', 'client_id', 'subject']).doNothing())
    .returning('subject')
    .execute()
  const isOurs = new Set(won.map(({ subject }) => subject))
  const lost = lines.filter(({ userId }) => !isOurs.has(userId)).map(({ userId }) => userId)
  if (lost.length === 0) return made

  await trx
    .deleteFrom('person')
    .where('network_id', '=', networkId)
    .where(
      'id',
      'in',
      lost.map((userId) => made.get(userId)!),
    )
    .execute()
  const theirs = await trx
    .selectFrom('identity')
    .select(['subject', 'person_id'])
    .where('network_id', '=', networkId)
    .where('kind', '=', 'lti')
    .where('issuer', '=', issuer)
    .where('client_id', '=', clientId)
    .where('subject', 'in', lost)
    .execute()
  for (const { subject, person_id } of theirs) made.set(subject, person_id)
  return made
}
