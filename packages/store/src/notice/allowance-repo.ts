import { sql } from 'kysely'
import type { NetworkId } from '@copractice/core/kernel'
import type { Trx } from '../database.ts'

/** Mails that one subject, a keyed hash of who causes them, may cause in a time. */
export type Allowance = Readonly<{ subject: Uint8Array; most: number }>

/**
 * Takes one mail from each allowance in a network, or none where one is used up: then which, and the moment that counts against
 * it first. Whoever takes from the same waits until this transaction ends, so that two at once see each other.
 */
export async function takeAllowances(
  trx: Trx,
  { networkId, allowances }: Readonly<{ networkId: NetworkId; allowances: readonly Allowance[] }>,
  { now, since }: Readonly<{ now: Date; since: Date }>,
): Promise<Readonly<{ index: number; first: Date }> | undefined> {
  const hexes = allowances.map(({ subject }) => Buffer.from(subject).toString('hex'))
  // In one order for everybody: two who take from the same two never wait for one another.
  for (const hex of hexes.toSorted())
    await sql`select pg_advisory_xact_lock(hashtext(${networkId}), hashtext(${hex}))`.execute(trx)
  const { rows } = await sql<{ subject: string; rank: number; at: Date }>`
    select encode(subject_hash, 'hex') as subject, rank::int, at from (
      select subject_hash, at, row_number() over (partition by subject_hash order by at desc) as rank
      from unproved_mail where network_id = ${networkId} and at > ${since}
        and subject_hash = any (array(select decode(unnest(${hexes}::text[]), 'hex')))) counted
    where rank = any (${allowances.map(({ most }) => most)}::int[])`.execute(trx)
  for (const [index, { most }] of allowances.entries()) {
    const used = rows.find(({ subject, rank }) => subject === hexes[index] && rank === most)
    if (used) return { index, first: used.at }
  }
  await trx
    .insertInto('unproved_mail')
    .values(allowances.map(({ subject: subject_hash }) => ({ network_id: networkId, subject_hash, at: now })))
    .execute()
  return undefined
}
