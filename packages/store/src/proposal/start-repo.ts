import { StartForm } from '@copractice/core/proposal'
import type { NetworkId } from '@copractice/core/kernel'
import type { Db, Trx } from '../database.ts'

type NewStart = Readonly<{ networkId: NetworkId; said: StartForm; tokenHash: Uint8Array; expiresAt: Date }>

/** Keeps a form for the link whose token has this hash. */
export async function insertStart(trx: Trx, start: NewStart, now: Date): Promise<void> {
  const { networkId, said, tokenHash, expiresAt } = start
  await trx
    .insertInto('proposal_start')
    .values({
      network_id: networkId,
      email: said.email,
      said: JSON.stringify(said),
      token_hash: tokenHash,
      at: now,
      expires_at: expiresAt,
    })
    .execute()
}

type Proved = Readonly<{ email: string; tokenHash: Uint8Array }>

/** Takes what was said for this address and mailed with this link, once. Across networks: the address is one. */
export async function takeStarts(trx: Trx, { email, tokenHash }: Proved, now: Date) {
  const rows = await trx
    .deleteFrom('proposal_start')
    .where('email', '=', email)
    .where('token_hash', '=', tokenHash)
    .returning(['network_id as networkId', 'said', 'expires_at as expiresAt'])
    .execute()
  return rows
    .filter(({ expiresAt }) => expiresAt > now)
    .map((row) => ({ networkId: row.networkId as NetworkId, said: StartForm.parse(row.said) }))
}

export async function deleteExpiredStarts(db: Db, now: Date): Promise<void> {
  await db.deleteFrom('proposal_start').where('expires_at', '<=', now).execute()
}
