import { sql } from 'kysely'
import { ProposalFindings, type ProposalFinding, type HelpAsked, type ProposalEvent } from '@copractice/core/proposal'
import type { HelpRequestId, NetworkId, PersonId, ProposalId } from '@copractice/core/kernel'
import type { Db, Trx } from '../database.ts'
import { pageOf, readInstantCursor } from '../directory/name-cursor.ts'
import { regionInReach, type AdminScope } from '../directory/reach.ts'

type At = Readonly<{ networkId: NetworkId; proposalId: ProposalId }>
type NewEvent = At &
  Readonly<{
    by: PersonId | null
    kind: ProposalEvent['kind']
    text: string
    findings?: readonly ProposalFinding[]
  }>
type FindingsKept = Parameters<typeof ProposalFindings.decode>[0]

/** Instants in findings are kept as ISO text. */
export async function insertProposalEvent(trx: Trx, event: NewEvent, now: Date): Promise<void> {
  await trx
    .insertInto('proposal_event')
    .values({
      network_id: event.networkId,
      proposal_id: event.proposalId,
      at: now,
      by_id: event.by,
      kind: event.kind,
      text: event.text,
      findings: JSON.stringify(ProposalFindings.encode([...(event.findings ?? [])])),
    })
    .execute()
}

/** Whether somebody asked for the proposal's starter kit since then. */
export async function askedForKitSince(
  trx: Trx,
  { networkId, proposalId, personId }: Readonly<{ networkId: NetworkId; proposalId: ProposalId; personId: PersonId }>,
  since: Date,
): Promise<boolean> {
  const row = await trx
    .selectFrom('proposal_event')
    .select('id')
    .where('network_id', '=', networkId)
    .where('proposal_id', '=', proposalId)
    .where('by_id', '=', personId)
    .where('kind', '=', 'starter_kit')
    .where('at', '>', since)
    .limit(1)
    .executeTakeFirst()
  return row !== undefined
}

/** The newest 100, newest first. */
export async function listProposalEvents(db: Db | Trx, { networkId, proposalId }: At): Promise<ProposalEvent[]> {
  const rows = await db
    .selectFrom('proposal_event as e')
    .leftJoin('person as p', (on) => on.onRef('p.network_id', '=', 'e.network_id').onRef('p.id', '=', 'e.by_id'))
    .select(['e.id', 'e.at', 'e.kind', 'e.text', 'e.findings', 'p.name as byName'])
    .where('e.network_id', '=', networkId)
    .where('e.proposal_id', '=', proposalId)
    .orderBy('e.at', 'desc')
    .orderBy('e.id', 'desc')
    .limit(100)
    .execute()
  return rows.map((row) => ({ ...row, findings: ProposalFindings.decode(row.findings as FindingsKept) }))
}

/** The newest 50 questions about it with their answers, newest first. */
export async function listHelpAsked(db: Db | Trx, { networkId, proposalId }: At): Promise<HelpAsked[]> {
  const rows = await db
    .selectFrom('help_request as h')
    .leftJoin('person as p', (on) => on.onRef('p.network_id', '=', 'h.network_id').onRef('p.id', '=', 'h.asked_by'))
    .leftJoin('person as q', (on) => on.onRef('q.network_id', '=', 'h.network_id').onRef('q.id', '=', 'h.answered_by'))
    .select(['h.id', 'h.text', 'h.answer', 'h.asked_at as askedAt', 'h.answered_at as answeredAt'])
    .select(['p.name as byName', 'q.name as answeredByName'])
    .where('h.network_id', '=', networkId)
    .where('h.proposal_id', '=', proposalId)
    .orderBy('h.asked_at', 'desc')
    .limit(50)
    .execute()
  return rows.map((row) => ({ ...row, id: row.id as HelpRequestId }))
}

export async function insertHelpRequest(
  trx: Trx,
  { networkId, proposalId, by, text }: At & Readonly<{ by: PersonId; text: string }>,
  now: Date,
): Promise<HelpRequestId> {
  const row = await trx
    .insertInto('help_request')
    .values({ network_id: networkId, proposal_id: proposalId, asked_by: by, text, asked_at: now })
    .returning('id')
    .executeTakeFirstOrThrow()
  return row.id as HelpRequestId
}

type Answer = At & Readonly<{ id: HelpRequestId; by: PersonId; text: string }>

/** False when it is none of the proposal's or somebody answered it before. */
export async function answerHelpRequest(trx: Trx, answer: Answer, now: Date): Promise<boolean> {
  const row = await trx
    .updateTable('help_request')
    .set({ answer: answer.text, answered_by: answer.by, answered_at: now })
    .where('network_id', '=', answer.networkId)
    .where('proposal_id', '=', answer.proposalId)
    .where('id', '=', answer.id)
    .where('answered_at', 'is', null)
    .returning('id')
    .executeTakeFirst()
  return row !== undefined
}

/** The questions that wait in the reader's regions, the oldest first. */
export async function listHelpWaiting(
  db: Db | Trx,
  scope: AdminScope,
  { after, limit }: Readonly<{ after?: string | undefined; limit: number }>,
) {
  const cursor = readInstantCursor(after)
  let query = db
    .selectFrom('help_request as h')
    .innerJoin('proposal as p', (on) =>
      on.onRef('p.network_id', '=', 'h.network_id').onRef('p.id', '=', 'h.proposal_id'),
    )
    .leftJoin('person as q', (on) => on.onRef('q.network_id', '=', 'h.network_id').onRef('q.id', '=', 'h.asked_by'))
    .select(['h.id', 'h.proposal_id as proposalId', 'h.text', 'h.asked_at as askedAt', 'q.name as byName'])
    .select([sql<string>`p.body ->> 'title'`.as('title'), sql<string>`h.asked_at::text`.as('sortKey')])
    .where('h.network_id', '=', scope.networkId)
    .where('h.answered_at', 'is', null)
    .where(regionInReach(scope, 'p.region_id'))
  if (cursor) query = query.where(sql<boolean>`(h.asked_at, h.id) > (${cursor.key}::timestamptz, ${cursor.id}::uuid)`)
  const rows = await query
    .orderBy('h.asked_at')
    .orderBy('h.id')
    .limit(limit + 1)
    .execute()
  return pageOf(rows, limit, (row) => ({
    ...row,
    id: row.id as HelpRequestId,
    proposalId: row.proposalId as ProposalId,
  }))
}

/** What waits for the reader: proposals sent to their regions, and their own that came back; the oldest 20 first. */
export async function proposalsWaiting(db: Db | Trx, scope: AdminScope & Readonly<{ personId: PersonId }>) {
  const mine = sql<boolean>`exists (select 1 from proposal_author m where m.network_id = p.network_id
    and m.proposal_id = p.id and m.person_id = ${scope.personId})`
  const rows = await db
    .selectFrom('proposal as p')
    .select(['p.id', 'p.status', 'p.submitted_at as since', sql<string>`p.body ->> 'title'`.as('title')])
    .where('p.network_id', '=', scope.networkId)
    .where(
      sql<boolean>`((p.status = 'submitted' and ${regionInReach(scope, 'p.region_id')})
        or (p.status = 'changes_asked' and ${mine}))`,
    )
    .orderBy('p.submitted_at')
    .limit(20)
    .execute()
  return rows.map((row) => ({ ...row, id: row.id as ProposalId, since: row.since! }))
}
