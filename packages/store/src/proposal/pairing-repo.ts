import { sql } from 'kysely'
import { jsonArrayFrom } from 'kysely/helpers/postgres'
import type { CampusMark } from '@copractice/core/directory'
import { PairingReason, ProposalBody, type PairingShown, type Wish } from '@copractice/core/proposal'
import type { CohortId, InstitutionId, NetworkId, PersonId, ProposalId, RegionId } from '@copractice/core/kernel'
import type { Db, Trx } from '../database.ts'
import { regionInReach, type AdminScope } from '../directory/reach.ts'

const hosts = sql<
  CampusMark[]
>`coalesce((select json_agg(json_build_object('id', i.id, 'name', i.name, 'letter', i.letter,
    'colour', i.colour) order by h.position)
  from proposal_institution h join institution i on i.network_id = h.network_id and i.id = h.institution_id
  where h.network_id = q.network_id and h.proposal_id = q.id), '[]')`

/** Proposals that ask to be paired: sent or approved, "please pair us", by title; at most 100. */
export async function listAsking(
  db: Db | Trx,
  scope: AdminScope,
  only: Readonly<{ proposalId?: ProposalId; everywhere?: boolean }> = {},
) {
  let query = db
    .selectFrom('proposal as q')
    .leftJoin('pairing_need as n', (on) =>
      on.onRef('n.network_id', '=', 'q.network_id').onRef('n.proposal_id', '=', 'q.id'),
    )
    .select(['q.id', 'q.body', 'q.region_id as regionId', 'q.status', hosts.as('hosts')])
    .select([sql<number>`coalesce(n.wants, 1)`.as('wants'), sql<string[]>`coalesce(n.languages, '{}')`.as('languages')])
    .select((eb) =>
      jsonArrayFrom(
        eb
          .selectFrom('pairing as o')
          .select(['o.person_id as personId', 'o.status'])
          .whereRef('o.network_id', '=', 'q.network_id')
          .whereRef('o.proposal_id', '=', 'q.id'),
      ).as('pairings'),
    )
    .where('q.network_id', '=', scope.networkId)
    .where('q.status', 'in', ['submitted', 'changes_asked', 'approved'])
    .where(sql<boolean>`q.body ->> 'facilitation' = 'pair_us'`)
  if (!only.everywhere) query = query.where(regionInReach(scope, 'q.region_id'))
  if (only.proposalId) query = query.where('q.id', '=', only.proposalId)
  const rows = await query
    .orderBy(sql`lower(q.body ->> 'title')`)
    .orderBy('q.id')
    .limit(100)
    .execute()
  return rows.map(({ id, body, pairings, ...row }) => ({
    ...row,
    id: id as ProposalId,
    regionId: row.regionId as RegionId,
    body: ProposalBody.parse(body),
    pairings: pairings as unknown as { personId: PersonId; status: PairingShown['status'] }[],
  }))
}
export type ProposalAskingFound = Awaited<ReturnType<typeof listAsking>>[number]

/** What everybody said of one another, for the whole network. */
export async function listWishes(db: Db | Trx, networkId: NetworkId) {
  const read = (table: 'facilitator_preference' | 'host_preference') =>
    db
      .selectFrom(table)
      .select(['person_id as facilitatorId', 'proposal_id as proposalId', 'wish'])
      .where('network_id', '=', networkId)
      .limit(50_000)
      .execute()
  return { facilitatorWishes: await read('facilitator_preference'), hostWishes: await read('host_preference') }
}

type Between = Readonly<{ networkId: NetworkId; proposalId: ProposalId; personId: PersonId }>

/** Null takes it back. */
export async function saveFacilitatorWish(
  trx: Db | Trx,
  { networkId, proposalId, personId }: Between,
  wish: Wish | null,
  now: Date,
) {
  if (wish === null) {
    await trx
      .deleteFrom('facilitator_preference')
      .where('network_id', '=', networkId)
      .where('proposal_id', '=', proposalId)
      .where('person_id', '=', personId)
      .execute()
    return
  }
  await trx
    .insertInto('facilitator_preference')
    .values({ network_id: networkId, proposal_id: proposalId, person_id: personId, wish, said_at: now })
    .onConflict((on) => on.columns(['network_id', 'person_id', 'proposal_id']).doUpdateSet({ wish, said_at: now }))
    .execute()
}

export async function saveHostWish(
  trx: Db | Trx,
  { networkId, proposalId, personId }: Between,
  { wish, by }: Readonly<{ wish: Wish | null; by: PersonId }>,
  now: Date,
) {
  if (wish === null) {
    await trx
      .deleteFrom('host_preference')
      .where('network_id', '=', networkId)
      .where('proposal_id', '=', proposalId)
      .where('person_id', '=', personId)
      .execute()
    return
  }
  const said = { wish, said_by: by, said_at: now }
  await trx
    .insertInto('host_preference')
    .values({ network_id: networkId, proposal_id: proposalId, person_id: personId, ...said })
    .onConflict((on) => on.columns(['network_id', 'proposal_id', 'person_id']).doUpdateSet(said))
    .execute()
}

export async function savePairingNeed(
  trx: Db | Trx,
  { networkId, proposalId }: Readonly<{ networkId: NetworkId; proposalId: ProposalId }>,
  need: Readonly<{ wants: number; languages: readonly string[] }>,
): Promise<void> {
  const said = { wants: need.wants, languages: [...need.languages] }
  await trx
    .insertInto('pairing_need')
    .values({ network_id: networkId, proposal_id: proposalId, ...said })
    .onConflict((on) => on.columns(['network_id', 'proposal_id']).doUpdateSet(said))
    .execute()
}

/** Offers, the newest first; at most 200. */
export async function listPairings(
  db: Db | Trx,
  networkId: NetworkId,
  of: Readonly<{ personId?: PersonId; proposalIds?: readonly ProposalId[]; id?: string }>,
) {
  let query = db
    .selectFrom('pairing as o')
    .innerJoin('proposal as q', (on) =>
      on.onRef('q.network_id', '=', 'o.network_id').onRef('q.id', '=', 'o.proposal_id'),
    )
    .innerJoin('person as p', (on) => on.onRef('p.network_id', '=', 'o.network_id').onRef('p.id', '=', 'o.person_id'))
    .select(['o.id', 'o.status', 'o.offered_at as offeredAt', 'o.reasons', 'o.close_reason as closeReason'])
    .select(['o.facilitator_answer as facilitatorAnswer', 'o.hosts_answer as hostsAnswer', 'o.offered_by as offeredBy'])
    .select(['q.id as proposalId', 'p.id as personId', 'p.name', 'p.email', 'q.region_id as regionId'])
    .select([sql<string>`q.body ->> 'title'`.as('title'), sql<string>`q.body ->> 'area'`.as('area'), hosts.as('hosts')])
    .where('o.network_id', '=', networkId)
  if (of.id) query = query.where('o.id', '=', of.id)
  if (of.personId) query = query.where('o.person_id', '=', of.personId)
  if (of.proposalIds) {
    if (!of.proposalIds.length) return []
    query = query.where('o.proposal_id', 'in', [...of.proposalIds])
  }
  const rows = await query.orderBy('o.offered_at', 'desc').orderBy('o.id').limit(200).execute()
  return rows.map(({ proposalId, title, area, hosts: by, personId, name, reasons, ...row }) => ({
    ...row,
    regionId: row.regionId as RegionId,
    offeredBy: row.offeredBy as PersonId,
    proposal: { id: proposalId as ProposalId, title, area, hosts: by },
    facilitator: { id: personId as PersonId, name },
    reasons: PairingReason.array().parse(reasons),
  }))
}
export type PairingFound = Awaited<ReturnType<typeof listPairings>>[number]

/** Keeps one offer still until the transaction ends. */
export async function lockPairing(trx: Trx, networkId: NetworkId, id: string): Promise<void> {
  await trx
    .selectFrom('pairing')
    .select('id')
    .where('network_id', '=', networkId)
    .where('id', '=', id)
    .forNoKeyUpdate()
    .execute()
}

type Offering = Between & Readonly<{ reasons: readonly PairingReason[]; by: PersonId }>

/** Undefined while the two have an offer that waits or is agreed. */
export async function insertPairing(trx: Trx, offering: Offering, now: Date): Promise<string | undefined> {
  const row = await trx
    .insertInto('pairing')
    .values({
      network_id: offering.networkId,
      proposal_id: offering.proposalId,
      person_id: offering.personId,
      status: 'offered',
      reasons: JSON.stringify(offering.reasons),
      offered_by: offering.by,
      offered_at: now,
    })
    .onConflict((on) =>
      on.columns(['network_id', 'proposal_id', 'person_id']).where('status', 'in', ['offered', 'agreed']).doNothing(),
    )
    .returning('id')
    .executeTakeFirst()
  return row?.id
}

type Answering = Readonly<{
  id: string
  as: 'facilitator' | 'hosts'
  answer: 'yes' | 'no'
  status: PairingShown['status']
  by: PersonId
}>

export async function savePairingAnswer(
  trx: Trx,
  networkId: NetworkId,
  { id, as, answer, status, by }: Answering,
  now: Date,
): Promise<void> {
  const said =
    as === 'facilitator'
      ? { facilitator_answer: answer, facilitator_at: now }
      : { hosts_answer: answer, hosts_at: now, hosts_by: by }
  await trx
    .updateTable('pairing')
    .set({ status, ...said, ...(status === 'declined' && { closed_at: now, closed_by: by }) })
    .where('network_id', '=', networkId)
    .where('id', '=', id)
    .execute()
}

export async function closePairing(
  trx: Trx,
  networkId: NetworkId,
  { id, by, reason }: Readonly<{ id: string; by: PersonId; reason: string }>,
  now: Date,
): Promise<void> {
  await trx
    .updateTable('pairing')
    .set({ status: 'withdrawn', closed_at: now, closed_by: by, close_reason: reason })
    .where('network_id', '=', networkId)
    .where('id', '=', id)
    .execute()
}

/** The open cohorts that a proposal became. */
export async function cohortsOfProposal(
  db: Db | Trx,
  networkId: NetworkId,
  proposalId: ProposalId,
): Promise<CohortId[]> {
  const rows = await db
    .selectFrom('cohort')
    .select('id')
    .where('network_id', '=', networkId)
    .where('proposal_id', '=', proposalId)
    .where('status', '=', 'open')
    .execute()
  return rows.map(({ id }) => id as CohortId)
}

/** An institution somebody belongs to; undefined for somebody without any. */
export async function firstInstitutionOf(db: Db | Trx, { networkId, personId }: Omit<Between, 'proposalId'>) {
  const row = await db
    .selectFrom('affiliation')
    .select('institution_id as id')
    .where('network_id', '=', networkId)
    .where('person_id', '=', personId)
    .orderBy('institution_id')
    .limit(1)
    .executeTakeFirst()
  return row?.id as InstitutionId | undefined
}

/** Ends the facilitator's seats that this pairing gave when it was agreed; a seat they came to otherwise is left alone. */
export async function endFacilitating(
  trx: Trx,
  { networkId, proposalId, personId }: Between,
  pairingId: string,
): Promise<void> {
  await sql`update seat s set status = 'left' from cohort c, pairing o
    where s.network_id = ${networkId} and s.person_id = ${personId} and s.kind = 'facilitator'
      and c.network_id = s.network_id and c.id = s.cohort_id and c.proposal_id = ${proposalId}
      and o.network_id = s.network_id and o.id = ${pairingId}
      and s.since = greatest(o.facilitator_at, o.hosts_at)`.execute(trx)
}
