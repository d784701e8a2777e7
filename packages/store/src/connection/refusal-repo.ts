import { isRefusalOfProved } from '@copractice/core/connection'
import type { NetworkId, PlatformId } from '@copractice/core/kernel'
import type { Db, Trx } from '../database.ts'

export type NewLaunchRefusal = Readonly<{
  reference: string
  /** Null when it is not known whose launch it was. */
  platform: Readonly<{ networkId: NetworkId; platformId: PlatformId }> | null
  /** With which an LMS tried to register itself; none, or one that no longer held, is left out. */
  invite?: Readonly<{ networkId: NetworkId; id: string }> | null
  code: string
  /** What an administrator needs to find the cause; no names, no tokens. */
  facts: Readonly<Record<string, unknown>>
  at: Date
}>

/** Keeps a refused launch for whoever looks up its reference, and marks the connection that its message came from. */
export async function insertLaunchRefusal(db: Db | Trx, refusal: NewLaunchRefusal): Promise<void> {
  const { reference, platform, invite, code, facts, at } = refusal
  await db
    .insertInto('launch_refusal')
    .values({
      reference,
      network_id: platform?.networkId ?? invite?.networkId ?? null,
      platform_id: platform?.platformId ?? null,
      invite_id: invite?.id ?? null,
      code,
      facts: JSON.stringify(facts, (_name, value: unknown) => (typeof value === 'string' ? storable(value) : value)),
      at,
    })
    .execute()
  // Before the signature held, anybody may have sent it: that is no trouble of the connection's.
  if (!platform || !isRefusalOfProved(code)) return
  await db
    .updateTable('lti_platform')
    .set({ last_error_code: code, last_error_at: at })
    .where('network_id', '=', platform.networkId)
    .where('id', '=', platform.platformId)
    .execute()
}

/** A stranger's word may hold what jsonb keeps in no text; the reference on their page has to be found all the same. */
const storable = (text: string) => text.replaceAll('\0', '\ufffd').toWellFormed()

/** What is kept under a reference, whose ever it is: for operators of the installation. */
export async function findLaunchRefusal(db: Db | Trx, reference: string) {
  return db
    .selectFrom('launch_refusal as r')
    .leftJoin('lti_platform as p', (on) =>
      on.onRef('p.network_id', '=', 'r.network_id').onRef('p.id', '=', 'r.platform_id'),
    )
    .leftJoin('network as n', 'n.id', 'r.network_id')
    .select(['r.reference', 'r.code', 'r.facts', 'r.at', 'n.name as network', 'p.issuer', 'p.client_id as clientId'])
    .where('r.reference', '=', reference)
    .executeTakeFirst()
}

/** Across networks: it is housekeeping of the whole installation. */
export async function deleteOldLaunchRefusals(db: Db | Trx, before: Date): Promise<void> {
  await db.deleteFrom('launch_refusal').where('at', '<', before).execute()
}
