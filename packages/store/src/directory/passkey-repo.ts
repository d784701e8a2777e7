import { sql } from 'kysely'
import type { PasskeySeen } from '@copractice/core/directory'
import type { Db, Trx } from '../database.ts'

/** Passkeys belong to an address of the installation, as its sessions do. `email` in lower case, here and below. */
export async function listPasskeys(db: Db | Trx, email: string): Promise<PasskeySeen[]> {
  const { rows } = await sql<PasskeySeen>`
    select k.id, coalesce(k.name, '') as name, k."createdAt" as "addedAt", k."lastUsedAt", k."backedUp" as "isSynced"
    from auth.passkey k join auth."user" u on u.id = k."userId"
    where u.email = ${email} order by k."createdAt", k.id`.execute(db)
  return rows
}

/** Returns its name until now; undefined when the address has no such passkey. */
export async function renamePasskey(
  trx: Trx,
  { email, id, name }: Readonly<{ email: string; id: string; name: string }>,
): Promise<string | undefined> {
  const { rows } = await sql<{ before: string }>`
    update auth.passkey k set name = ${name}
    from (select p.id, coalesce(p.name, '') as name from auth.passkey p join auth."user" u on u.id = p."userId"
      where p.id = ${id} and u.email = ${email} for update of p) was
    where k.id = was.id returning was.name as before`.execute(trx)
  return rows[0]?.before
}

/**
 * Removes a passkey and ends every session of its address but the one with `keptToken`: whoever holds the lost device
 * may be signed in on it. Returns its name; undefined when the address has no such passkey.
 */
export async function removePasskey(
  trx: Trx,
  { email, id, keptToken }: Readonly<{ email: string; id: string; keptToken: string }>,
): Promise<string | undefined> {
  const { rows } = await sql<{ name: string; userId: string }>`
    delete from auth.passkey k using auth."user" u
    where k.id = ${id} and u.id = k."userId" and u.email = ${email}
    returning coalesce(k.name, '') as name, u.id as "userId"`.execute(trx)
  const [removed] = rows
  if (!removed) return undefined
  await sql`delete from auth.session where "userId" = ${removed.userId} and token <> ${keptToken}`.execute(trx)
  return removed.name
}

/** `credentialId` as the browser names it. */
export async function markPasskeyUsed(db: Db, credentialId: string, now: Date): Promise<void> {
  await sql`update auth.passkey set "lastUsedAt" = ${now} where "credentialID" = ${credentialId}`.execute(db)
}

/** Ends a session that nobody was given the cookie of. */
export async function endSignInSession(db: Db, token: string): Promise<void> {
  await sql`delete from auth.session where token = ${token}`.execute(db)
}
