import { sql } from 'kysely'
import { jsonArrayFrom } from 'kysely/helpers/postgres'
import {
  ProposalBody,
  type Host,
  type ProposalAuthor,
  type ProposalListed,
  type ProposalStatus,
} from '@copractice/core/proposal'
import type { CallId, InstitutionId, NetworkId, PersonId, ProposalId, RegionId } from '@copractice/core/kernel'
import type { Db, Trx } from '../database.ts'
import { isMemberOn } from '../directory/is-member.ts'
import { pageOf, readInstantCursor, type Page } from '../directory/name-cursor.ts'
import { likeText, regionInReach, type AdminScope } from '../directory/reach.ts'

const asksHelp = sql<boolean>`exists (select 1 from help_request h where h.network_id = p.network_id
  and h.proposal_id = p.id and h.answered_at is null)`

function proposalRows(db: Db | Trx, networkId: NetworkId, now: Date) {
  return db
    .selectFrom('proposal as p')
    .innerJoin('region as r', (on) => on.onRef('r.network_id', '=', 'p.network_id').onRef('r.id', '=', 'p.region_id'))
    .leftJoin('call as c', (on) => on.onRef('c.network_id', '=', 'p.network_id').onRef('c.id', '=', 'p.call_id'))
    .select(['p.id', 'p.status', 'p.version', 'p.body', 'p.saved_at as savedAt', 'p.saved_by as savedById'])
    .select(['p.submitted_at as submittedAt', 'p.decided_at as decidedAt', 'r.id as regionId', 'r.name as regionName'])
    .select(['c.id as callId', 'c.title as callTitle', asksHelp.as('asksHelp')])
    .select((eb) => [
      jsonArrayFrom(
        eb
          .selectFrom('proposal_institution as h')
          .innerJoin('institution as i', (on) =>
            on.onRef('i.network_id', '=', 'h.network_id').onRef('i.id', '=', 'h.institution_id'),
          )
          .select(['i.id', 'i.name', 'i.letter', 'i.colour', 'i.kind'])
          .select(isMemberOn('i', now).as('isMember'))
          .whereRef('h.network_id', '=', 'p.network_id')
          .whereRef('h.proposal_id', '=', 'p.id')
          .orderBy('h.position'),
      ).as('hosts'),
      jsonArrayFrom(
        eb
          .selectFrom('proposal_author as a')
          .select(['a.person_id as id', 'a.typed_name as name', 'a.typed_email as email'])
          .select(sql<boolean>`a.opened_at is not null`.as('isOpened'))
          .whereRef('a.network_id', '=', 'p.network_id')
          .whereRef('a.proposal_id', '=', 'p.id')
          .orderBy('a.added_at'),
      ).as('authors'),
    ])
    .where('p.network_id', '=', networkId)
}
type Row = Awaited<ReturnType<ReturnType<typeof proposalRows>['execute']>>[number]
export type HostFound = Host & Readonly<{ letter: string; colour: number }>

const proposalOf = (row: Row) => ({
  id: row.id as ProposalId,
  status: row.status,
  version: row.version,
  body: ProposalBody.parse(row.body),
  region: { id: row.regionId as RegionId, name: row.regionName },
  regionId: row.regionId as RegionId,
  callId: row.callId as CallId | null,
  hosts: row.hosts as unknown as readonly HostFound[],
  authorIds: row.authors.map(({ id }) => id as PersonId),
  authors: row.authors.map(({ id, isOpened, name, email }): ProposalAuthor => ({
    id: id as PersonId,
    isOpened,
    typed: { name, email },
  })),
  asksHelp: row.asksHelp,
  savedAt: row.savedAt,
  savedById: row.savedById as PersonId | null,
  submittedAt: row.submittedAt,
  decidedAt: row.decidedAt,
})
export type ProposalFound = ReturnType<typeof proposalOf>

/** Any proposal of the network: who may read it is decided by `proposalAccess`. */
export async function findProposal(
  db: Db | Trx,
  networkId: NetworkId,
  id: ProposalId,
  now: Date,
): Promise<ProposalFound | undefined> {
  const row = await proposalRows(db, networkId, now).where('p.id', '=', id).executeTakeFirst()
  return row && proposalOf(row)
}

/** Keeps everybody else from changing it until this transaction ends. */
export async function lockProposal(trx: Trx, networkId: NetworkId, id: ProposalId): Promise<void> {
  await trx
    .selectFrom('proposal')
    .select('id')
    .where('network_id', '=', networkId)
    .where('id', '=', id)
    .forNoKeyUpdate()
    .executeTakeFirst()
}

type Asked = Readonly<{
  search?: string | undefined
  status?: ProposalStatus | undefined
  callId?: CallId | undefined
  of?: 'mine' | 'region' | undefined
  after?: string | undefined
  limit: number
}>

/**
 * What the reader writes, what was sent to their regions or asks their help, and what was sent with one of their institutions as
 * a host; the one last written first.
 */
export async function listProposals(
  db: Db | Trx,
  scope: AdminScope & Readonly<{ personId: PersonId }>,
  { search, status, callId, of, after, limit }: Asked,
  now: Date,
): Promise<Page<ProposalListed>> {
  const cursor = readInstantCursor(after)
  const mine = sql<boolean>`exists (select 1 from proposal_author m where m.network_id = p.network_id
    and m.proposal_id = p.id and m.person_id = ${scope.personId})`
  const hosted = sql<boolean>`(p.submitted_at is not null and exists (select 1 from proposal_institution h
    where h.network_id = p.network_id and h.proposal_id = p.id
    and h.institution_id = any (${[...scope.reach.institutions]}::uuid[])))`
  const sent = sql<boolean>`(((p.status <> 'draft' or ${asksHelp}) and ${regionInReach(scope, 'p.region_id')})
    or ${hosted})`
  let query = proposalRows(db, scope.networkId, now).select([
    mine.as('isMine'),
    sql<string>`p.saved_at::text`.as('sortKey'),
  ])
  query = query.where(of === 'mine' ? mine : of === 'region' ? sent : sql<boolean>`(${mine} or ${sent})`)
  if (status) query = query.where('p.status', '=', status)
  if (callId) query = query.where('p.call_id', '=', callId)
  if (search) query = query.where(sql<boolean>`p.body ->> 'title' ilike ${likeText(search)}`)
  if (cursor) query = query.where(sql<boolean>`(p.saved_at, p.id) < (${cursor.key}::timestamptz, ${cursor.id}::uuid)`)
  const rows = await query
    .orderBy('p.saved_at', 'desc')
    .orderBy('p.id', 'desc')
    .limit(limit + 1)
    .execute()
  return pageOf(rows, limit, (row) => {
    const { body, ...found } = proposalOf(row)
    const call = row.callId ? { id: row.callId as CallId, title: row.callTitle! } : null
    return { ...found, title: body.title, area: body.area, call, isMine: row.isMine, hosts: [...found.hosts] }
  })
}

export type NewProposal = Readonly<{
  networkId: NetworkId
  callId: CallId | null
  regionId: RegionId
  body: ProposalBody
  hosts: readonly InstitutionId[]
  authorId: PersonId
}>

export async function insertProposal(trx: Trx, proposal: NewProposal, now: Date): Promise<ProposalId> {
  const { networkId, callId, regionId, body, hosts, authorId } = proposal
  const { id } = await trx
    .insertInto('proposal')
    .values({
      network_id: networkId,
      call_id: callId,
      region_id: regionId,
      body: JSON.stringify(body),
      created_by: authorId,
      created_at: now,
      saved_by: authorId,
      saved_at: now,
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  const at = { networkId, proposalId: id as ProposalId }
  await setHosts(trx, at, hosts)
  await insertAuthor(trx, { ...at, personId: authorId, invited: null }, now)
  return at.proposalId
}

type At = Readonly<{ networkId: NetworkId; proposalId: ProposalId }>

async function setHosts(trx: Trx, { networkId, proposalId }: At, hosts: readonly InstitutionId[]): Promise<void> {
  await trx
    .deleteFrom('proposal_institution')
    .where('network_id', '=', networkId)
    .where('proposal_id', '=', proposalId)
    .execute()
  if (!hosts.length) return
  await trx
    .insertInto('proposal_institution')
    .values(
      hosts.map((institution_id, position) => ({
        network_id: networkId,
        proposal_id: proposalId,
        institution_id,
        position,
      })),
    )
    .execute()
}

/** `invited`: by whom and as what; null for who begins the proposal and so has opened it. */
type NewAuthor = At &
  Readonly<{ personId: PersonId; invited: Readonly<{ by: PersonId; name: string; email: string }> | null }>

/** False when the person writes it already. */
export async function insertAuthor(
  trx: Trx,
  { networkId, proposalId, personId, invited }: NewAuthor,
  now: Date,
): Promise<boolean> {
  const row = await trx
    .insertInto('proposal_author')
    .values({
      network_id: networkId,
      proposal_id: proposalId,
      person_id: personId,
      added_by: invited?.by ?? null,
      added_at: now,
      typed_name: invited?.name ?? null,
      typed_email: invited?.email ?? null,
      opened_at: invited ? null : now,
    })
    .onConflict((conflict) => conflict.columns(['network_id', 'proposal_id', 'person_id']).doNothing())
    .returning('person_id')
    .executeTakeFirst()
  return row !== undefined
}

/** From now on the others see who it is; what was typed to invite them is needed no more. */
export async function openAsAuthor(
  db: Db | Trx,
  { networkId, proposalId, personId }: At & Readonly<{ personId: PersonId }>,
  now: Date,
): Promise<void> {
  await db
    .updateTable('proposal_author')
    .set({ opened_at: now, typed_name: null, typed_email: null })
    .where('network_id', '=', networkId)
    .where('proposal_id', '=', proposalId)
    .where('person_id', '=', personId)
    .where('opened_at', 'is', null)
    .execute()
}

type Saving = At &
  Readonly<{
    basedOn: number
    body: ProposalBody
    hosts: readonly InstitutionId[]
    savedBy: PersonId
  }>

/** The next version's number; undefined when another came since the one it is based on. */
export async function saveProposal(trx: Trx, saving: Saving, now: Date): Promise<number | undefined> {
  const { networkId, proposalId, basedOn, body, hosts, savedBy } = saving
  const row = await trx
    .updateTable('proposal')
    .set({ body: JSON.stringify(body), saved_by: savedBy, saved_at: now, version: basedOn + 1 })
    .where('network_id', '=', networkId)
    .where('id', '=', proposalId)
    .where('version', '=', basedOn)
    .returning('version')
    .executeTakeFirst()
  if (row) await setHosts(trx, { networkId, proposalId }, hosts)
  return row?.version
}

/** Moves it on; every move is a version, so that who read the one before is told. */
export async function moveProposal(
  trx: Trx,
  { networkId, proposalId }: At,
  change: Readonly<{ status: ProposalStatus; submittedAt?: Date; decidedAt?: Date; decidedBy?: PersonId }>,
): Promise<void> {
  await trx
    .updateTable('proposal')
    .set({
      status: change.status,
      version: sql<number>`version + 1`,
      ...(change.submittedAt && { submitted_at: change.submittedAt }),
      ...(change.decidedAt && { decided_at: change.decidedAt, decided_by: change.decidedBy ?? null }),
    })
    .where('network_id', '=', networkId)
    .where('id', '=', proposalId)
    .execute()
}
