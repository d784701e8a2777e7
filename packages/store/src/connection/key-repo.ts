import { sql } from 'kysely'
import type { Db, Trx } from '../database.ts'

/** One of the tool's own signing keys. The set is the whole installation's: no network. */
export type KeyRow = Readonly<{
  kid: string
  publicJwk: Readonly<Record<string, unknown>>
  /** Sealed; the store never sees a private key. */
  privateJwkSealed: string
  createdAt: Date
  signsUntil: Date | null
}>

/** Keys that platforms must still be able to find, in the order in which they sign. */
export async function listListedKeys(db: Db | Trx, now: Date): Promise<readonly KeyRow[]> {
  const rows = await db
    .selectFrom('lti_key')
    .select(['kid', 'public_jwk', 'private_jwk_sealed', 'created_at', 'signs_until'])
    .where((eb) => eb.or([eb('listed_until', 'is', null), eb('listed_until', '>', now)]))
    .orderBy('signs_until', (order) => order.asc().nullsLast())
    .orderBy('created_at')
    .execute()
  return rows.map((row) => ({
    kid: row.kid,
    publicJwk: row.public_jwk as Readonly<Record<string, unknown>>,
    privateJwkSealed: row.private_jwk_sealed,
    createdAt: row.created_at,
    signsUntil: row.signs_until,
  }))
}

/** One process at a time changes the keys. */
const lockKeys = (trx: Trx) =>
  sql`select pg_advisory_xact_lock(hashtextextended('copractice first key', 0))`.execute(trx)

/** Adds the first key, unless another process was faster: then nothing changes, and its key is the one to use. */
export async function insertFirstKey(db: Db, key: Omit<KeyRow, 'signsUntil'>, now: Date): Promise<void> {
  await db.transaction().execute(async (trx) => {
    await lockKeys(trx)
    if (!(await listListedKeys(trx, now)).length) await insertKey(trx, key, null)
  })
}

/** When the latest key was made; null: there is none. */
export async function newestKeyAt(db: Db | Trx): Promise<Date | null> {
  const row = await db
    .selectFrom('lti_key')
    .select(({ fn }) => fn.max('created_at').as('at'))
    .executeTakeFirst()
  return row?.at ?? null
}

/**
 * Adds a key; those before it stop signing at `signsUntil` and are no longer listed after `listedUntil`. False, and
 * nothing changes, when one was made after `unlessSince`: another process was faster.
 */
export async function addKey(
  db: Db,
  key: Omit<KeyRow, 'signsUntil'>,
  others: Readonly<{ signsUntil: Date; listedUntil: Date }>,
  unlessSince: Date | null,
): Promise<boolean> {
  return db.transaction().execute(async (trx) => {
    await lockKeys(trx)
    const newest = unlessSince && (await newestKeyAt(trx))
    if (newest && unlessSince && newest > unlessSince) return false
    await insertKey(trx, key, others)
    return true
  })
}

async function insertKey(
  trx: Trx,
  key: Omit<KeyRow, 'signsUntil'>,
  others: Readonly<{ signsUntil: Date; listedUntil: Date }> | null,
): Promise<void> {
  if (others)
    await trx
      .updateTable('lti_key')
      .set({ signs_until: others.signsUntil, listed_until: others.listedUntil })
      .where('signs_until', 'is', null)
      .execute()
  await trx
    .insertInto('lti_key')
    .values({
      kid: key.kid,
      public_jwk: JSON.stringify(key.publicJwk),
      private_jwk_sealed: key.privateJwkSealed,
      created_at: key.createdAt,
      signs_until: null,
      listed_until: null,
    })
    .execute()
}

export type KeyListed = Readonly<{ kid: string; createdAt: Date; signsUntil: Date | null; listedUntil: Date | null }>

/** Keys that platforms can find, oldest first, without either half of them. */
export async function listKeyDates(db: Db | Trx, now: Date): Promise<readonly KeyListed[]> {
  return db
    .selectFrom('lti_key')
    .select(['kid', 'created_at as createdAt', 'signs_until as signsUntil', 'listed_until as listedUntil'])
    .where((eb) => eb.or([eb('listed_until', 'is', null), eb('listed_until', '>', now)]))
    .orderBy('created_at')
    .orderBy('kid')
    .execute()
}
