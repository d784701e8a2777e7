import { sql } from 'kysely'
import type { Trx } from './database.ts'

/**
 * Runs one part of a transaction of one network's request as the tables' owner, who may touch sign-in (schema `auth`), and
 * goes back to the bound role for the rest. Like `acrossNetworks` a hole in the second lock, for what has to happen
 * together with the rest or not at all: whoever calls it says why, and names the network in its `where`.
 */
export async function unboundWithin<T>(trx: Trx, run: () => Promise<T>): Promise<T> {
  const { rows } = await sql<{ role: string }>`select current_setting('role') as role`.execute(trx)
  await sql`select set_config('role', 'none', true)`.execute(trx)
  // Where it throws, the transaction is over and its role with it.
  const done = await run()
  await sql`select set_config('role', ${rows[0]!.role}, true)`.execute(trx)
  return done
}
