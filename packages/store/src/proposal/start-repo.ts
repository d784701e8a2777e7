import { StartForm } from '@copractice/core/proposal'
import type { NetworkId } from '@copractice/core/kernel'
import type { Db, Trx } from '../database.ts'

type NewStart = Readonly<{ networkId: NetworkId; said: StartForm; expiresAt: Date }>

export async function insertStart(trx: Db | Trx, { networkId, said, expiresAt }: NewStart, now: Date): Promise<void> {
  await trx
    .insertInto('proposal_start')
    .values({ network_id: networkId, email: said.email, said: JSON.stringify(said), at: now, expires_at: expiresAt })
    .execute()
}

/** What somebody said last who said with this address that they want to start; across networks. */
export async function findStart(db: Db | Trx, email: string, now: Date) {
  const row = await db
    .selectFrom('proposal_start')
    .select(['network_id as networkId', 'said'])
    .where('email', '=', email)
    .where('expires_at', '>', now)
    .orderBy('at', 'desc')
    .limit(1)
    .executeTakeFirst()
  return row && { networkId: row.networkId as NetworkId, said: StartForm.parse(row.said) }
}

/** Takes what the proved address had said, each once, the first first. Across networks: the address is one. */
export async function takeStarts(trx: Trx, email: string, now: Date) {
  const rows = await trx
    .deleteFrom('proposal_start')
    .where('email', '=', email)
    .returning(['network_id as networkId', 'said', 'at', 'expires_at as expiresAt'])
    .execute()
  return rows
    .filter(({ expiresAt }) => expiresAt > now)
    .sort((a, b) => a.at.getTime() - b.at.getTime())
    .map((row) => ({ networkId: row.networkId as NetworkId, said: StartForm.parse(row.said) }))
}

export async function deleteExpiredStarts(db: Db, now: Date): Promise<void> {
  await db.deleteFrom('proposal_start').where('expires_at', '<=', now).execute()
}
