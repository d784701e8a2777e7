import { sql } from 'kysely'
import type { NetworkId, PersonId } from '@copractice/core/kernel'
import type { Db, Trx } from '../database.ts'
import { pageOf, readInstantCursor, type Page } from './name-cursor.ts'
import { institutionInReach, type AdminScope } from './reach.ts'

/**
 * What somebody did. `subject` names the thing (`institution:<id>`); `facts` hold what a sentence needs, and `regionId`
 * or `institutionId` where it happened, so that a coordinator reads what concerns their region.
 */
export type NewAuditEntry = Readonly<{
  networkId: NetworkId
  at: Date
  actorId: PersonId | null
  action: string
  subject: string
  facts: Readonly<Record<string, unknown>>
}>

export const insertAuditEntry = (trx: Db | Trx, entry: NewAuditEntry): Promise<void> => insertAuditEntries(trx, [entry])

export async function insertAuditEntries(trx: Db | Trx, entries: readonly NewAuditEntry[]): Promise<void> {
  if (!entries.length) return
  await trx
    .insertInto('audit_entry')
    .values(
      entries.map((entry) => ({
        network_id: entry.networkId,
        at: entry.at,
        actor_id: entry.actorId,
        action: entry.action,
        subject: entry.subject,
        facts: JSON.stringify(entry.facts),
      })),
    )
    .execute()
}

export type AuditEntry = Readonly<{
  id: string
  at: Date
  actorName: string | null
  action: string
  subject: string
  facts: Record<string, unknown>
}>

/** Newest first. A coordinator sees the entries of their regions, an institution admin those of their institution. */
export async function listAuditEntries(
  db: Db | Trx,
  scope: AdminScope,
  { after, limit }: Readonly<{ after?: string | undefined; limit: number }>,
): Promise<Page<AuditEntry>> {
  const cursor = readInstantCursor(after)
  const { reach } = scope
  let query = db
    .selectFrom('audit_entry as e')
    .leftJoin('person as p', (on) => on.onRef('p.network_id', '=', 'e.network_id').onRef('p.id', '=', 'e.actor_id'))
    .leftJoin('institution as i', (on) =>
      on.onRef('i.network_id', '=', 'e.network_id').on(sql<boolean>`i.id::text = e.facts ->> 'institutionId'`),
    )
    .select([
      'e.id',
      'e.at',
      'e.action',
      'e.subject',
      'e.facts',
      'i.name as institutionName',
      'p.name as actorName',
      sql<string>`e.at::text`.as('sortKey'),
    ])
    .where('e.network_id', '=', scope.networkId)
  if (reach.regions !== 'all') {
    query = query.where(sql<boolean>`(e.facts ->> 'regionId' = any (${[...reach.regions]}::text[])
      or ${institutionInReach(scope, 'i')})`)
  }
  if (cursor) query = query.where(sql<boolean>`(e.at, e.id) < (${cursor.key}::timestamptz, ${cursor.id}::uuid)`)
  const rows = await query
    .orderBy('e.at', 'desc')
    .orderBy('e.id', 'desc')
    .limit(limit + 1)
    .execute()
  return pageOf(rows, limit, ({ id, at, actorName, action, subject, facts, institutionName }) => ({
    id,
    at,
    actorName,
    action,
    subject,
    facts: { ...(institutionName && { name: institutionName }), ...(facts as Record<string, unknown>) },
  }))
}
