import { sql } from 'kysely'
import type { ClaimSide } from '@copractice/core/directory'
import type { NetworkId, PersonId } from '@copractice/core/kernel'
import type { Db, Trx } from '../database.ts'

type Person = Readonly<{ networkId: NetworkId; personId: PersonId }>
type Address = Readonly<{ networkId: NetworkId; email: string }>

/** Whom the network invites by this address, in lower case; undefined when nobody signs in with it. */
export async function findInvited(db: Db | Trx, { networkId, email }: Address): Promise<PersonId | undefined> {
  const row = await db
    .selectFrom('identity')
    .select('person_id')
    .where('network_id', '=', networkId)
    .where('kind', '=', 'email')
    .where('subject', '=', email)
    .executeTakeFirst()
  return row?.person_id as PersonId | undefined
}

/** The address the LMS told of somebody, and what they may still type a code for. */
export async function findClaim(db: Db | Trx, { networkId, personId }: Person, tries: number, now: Date) {
  const row = await db
    .selectFrom('person as p')
    .leftJoin('claim_code as c', (on) =>
      on
        .onRef('c.network_id', '=', 'p.network_id')
        .onRef('c.person_id', '=', 'p.id')
        .on('c.expires_at', '>', now)
        .on('c.tries', '<', tries),
    )
    .select(['p.email', 'c.address', 'c.expires_at as expiresAt'])
    .where('p.network_id', '=', networkId)
    .where('p.id', '=', personId)
    .executeTakeFirstOrThrow()
  const asked = row.address && row.expiresAt ? { email: row.address, expiresAt: row.expiresAt } : null
  return { address: row.email, asked }
}

/** In the place of an earlier code of the same person. */
export async function saveClaimCode(
  trx: Trx,
  { networkId, personId }: Person,
  { email, codeHash, expiresAt }: Readonly<{ email: string; codeHash: Uint8Array; expiresAt: Date }>,
): Promise<void> {
  const code = { address: email, code_hash: codeHash, tries: 0, expires_at: expiresAt }
  await trx
    .insertInto('claim_code')
    .values({ network_id: networkId, person_id: personId, ...code })
    .onConflict((conflict) => conflict.columns(['network_id', 'person_id']).doUpdateSet(code))
    .execute()
}

/** Spends one try before the code is looked at, so that tries at the same moment each count. Undefined: there is none. */
export async function spendClaimTry(db: Db, { networkId, personId }: Person, tries: number, now: Date) {
  const row = await db
    .updateTable('claim_code')
    .set({ tries: sql<number>`tries + 1` })
    .where('network_id', '=', networkId)
    .where('person_id', '=', personId)
    .where('tries', '<', tries)
    .where('expires_at', '>', now)
    .returning(['address as email', 'code_hash as codeHash', 'tries'])
    .executeTakeFirst()
  return row && { email: row.email, codeHash: row.codeHash, left: tries - row.tries }
}

/**
 * Takes a code that was typed right, and with it every other code for the same address: one claim settles whose it is.
 * False when it is gone already. One claim of a network at a time, until the transaction ends.
 */
export async function takeClaimCode(
  trx: Trx,
  { networkId, personId }: Person,
  { email, codeHash }: Readonly<{ email: string; codeHash: Uint8Array }>,
): Promise<boolean> {
  await sql`select pg_advisory_xact_lock(hashtext('copractice.claim_invitation'), hashtext(${networkId}))`.execute(trx)
  const mine = await trx
    .deleteFrom('claim_code')
    .where('network_id', '=', networkId)
    .where('person_id', '=', personId)
    .where('code_hash', '=', codeHash)
    .returning('person_id')
    .executeTakeFirst()
  if (!mine) return false
  await trx.deleteFrom('claim_code').where('network_id', '=', networkId).where('address', '=', email).execute()
  return true
}

/** What each of them brings into a claim, in the order asked for. */
export async function claimSides(
  trx: Trx,
  networkId: NetworkId,
  people: readonly [PersonId, PersonId],
): Promise<[ClaimSide, ClaimSide]> {
  const grants = await trx
    .selectFrom('role_grant')
    .select('person_id')
    .where('network_id', '=', networkId)
    .where('person_id', 'in', [...people])
    .execute()
  const accounts = await trx
    .selectFrom('identity')
    .select(['person_id', 'issuer', 'client_id as clientId'])
    .where('network_id', '=', networkId)
    .where('person_id', 'in', [...people])
    .where('kind', '=', 'lti')
    .execute()
  const sideOf = (personId: PersonId): ClaimSide => ({
    roles: grants.filter(({ person_id }) => person_id === personId).length,
    lmss: accounts.filter(({ person_id }) => person_id === personId),
  })
  return [sideOf(people[0]), sideOf(people[1])]
}

/** Every browser that is signed in with the address has to prove it anew. Across networks, as an address is. */
export async function endAddressSessions(db: Db, email: string): Promise<void> {
  await sql`delete from auth.session s using auth."user" u where u.id = s."userId" and lower(u.email) = ${email}`.execute(
    db,
  )
}

export async function deleteExpiredClaimCodes(db: Db, now: Date): Promise<void> {
  await db.deleteFrom('claim_code').where('expires_at', '<', now).execute()
}
