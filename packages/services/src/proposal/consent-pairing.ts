import { decideSeat } from '@copractice/core/cohort'
import { decideAnswer, decideWithdrawal, pairKey, suggestPairings, type PairingReason } from '@copractice/core/proposal'
import { mayAdminister, type Actor } from '@copractice/core/directory'
import { ok, refuse, type PersonId, type ProposalId } from '@copractice/core/kernel'
import {
  findCohortOfReach,
  findSeatOfPerson,
  giveSeat,
  loadCandidates,
  lockSeats,
  type SeatGiven,
} from '@copractice/store/cohort'
import type { Db, Trx } from '@copractice/store/database'
import {
  addressesOfAuthors,
  closePairing,
  cohortsOfProposal,
  endFacilitating,
  findProposal,
  firstInstitutionOf,
  insertPairing,
  insertProposalEvent,
  listPairings,
  lockPairing,
  lockProposal,
  savePairingAnswer,
  savePoolOpen,
  saveProposal,
  type PairingFound,
} from '@copractice/store/proposal'
import { audit, notFound, scopeOf } from '../directory/administrator.ts'
import { queueMail } from '../notice/index.ts'
import { loadPairing } from './load-pairing.ts'
import { openProposal } from './load-proposal.ts'
import { offeredMail, pairingMail } from './pairing-mail.ts'

type Deps = Readonly<{ db: Db; adminUrl: string }>

/** Reasons as a mail says them; points are nobody's business there. */
function inWords(reasons: readonly PairingReason[]): string[] {
  return reasons.flatMap((reason) => {
    switch (reason.code) {
      case 'pairing.facilitator_wish':
        return ['the facilitator would gladly do it']
      case 'pairing.host_wish':
        return ['the hosts would gladly have them']
      case 'pairing.area':
        return [`both are about ${reason.facts.area}`]
      case 'pairing.availability':
        return [`free at ${reason.facts.free} of ${reason.facts.meetings} meetings`]
      case 'pairing.language':
        return [`a language in common: ${reason.facts.languages.join(', ')}`]
      case 'pairing.other_campus':
        return ['it brings another campus in']
      case 'pairing.zone':
        return reason.facts.hours === 0 ? ['the same clock'] : []
    }
  })
}

type Offering = Readonly<{ proposalId: ProposalId; personId: PersonId }>

/** Offers a pair that no bar forbids to both sides, who are written to. Nothing is agreed by it. */
export function offerPairing({ db, adminUrl }: Deps, actor: Actor, { proposalId, personId }: Offering, now: Date) {
  return db.transaction().execute(async (trx) => {
    const { networkId } = actor
    await lockProposal(trx, networkId, proposalId)
    const { asking, pool, problem } = await loadPairing(trx, scopeOf(actor), { proposalId })
    const proposal = asking[0]
    const facilitator = pool.find((one) => one.personId === personId)
    if (!proposal || !facilitator) return notFound()
    const open = proposal.pairings.find(
      (one) => one.personId === personId && ['offered', 'agreed'].includes(one.status),
    )
    if (open) return refuse('pairing.offered_already', { status: open.status })
    const { weighed } = suggestPairings(problem, now)
    const { bars, reasons } = weighed.get(pairKey({ facilitatorId: personId, proposalId }))!
    if (bars.length) return refuse('pairing.barred', { bars })
    const id = await insertPairing(trx, { networkId, proposalId, personId, reasons, by: actor.personId }, now)
    if (!id) return refuse('pairing.offered_already', {})
    // Pairing has begun: from now on those who write it may say whom else they would have.
    await savePoolOpen(trx, { networkId, proposalId }, actor.personId, now)

    const about = { title: proposal.body.title, facilitator: facilitator.name, why: inWords(reasons) }
    const url = `${adminUrl}/facilitating`
    const hostsUrl = `${adminUrl}/proposals/${proposalId}/pairing`
    const hosts = await addressesOfAuthors(trx, networkId, proposalId)
    const mails = [
      ...(facilitator.email
        ? [
            {
              ...offeredMail('facilitator', { ...about, name: facilitator.name, url }),
              to: facilitator.email,
              networkId,
            },
          ]
        : []),
      ...hosts.map(({ name, email }) => ({
        ...offeredMail('hosts', { ...about, name, url: hostsUrl }),
        to: email,
        networkId,
      })),
    ]
    await queueMail(trx, mails, now)
    const facts = { name: proposal.body.title, person: facilitator.name, regionId: proposal.regionId }
    await audit(trx, actor, { action: 'pairing.offered', subject: `proposal:${proposalId}`, facts }, now)
    return ok({ id })
  })
}

/** An offer with what the actor is to it; undefined when it is nothing of theirs. */
async function open(trx: Trx, actor: Actor, id: string, now: Date) {
  const { networkId, personId } = actor
  await lockPairing(trx, networkId, id)
  const [found] = await listPairings(trx, networkId, { id })
  if (!found) return undefined
  const proposalId = found.proposal.id
  await lockProposal(trx, networkId, proposalId)
  // An author who was invited has opened the proposal by this.
  const proposal =
    (await openProposal(trx, actor, proposalId, now)) ?? (await findProposal(trx, networkId, proposalId, now))!
  const is = {
    facilitator: found.facilitator.id === personId,
    hosts: proposal.authorIds.includes(personId),
    coordinator: mayAdminister(actor, { kind: 'region', regionId: found.regionId }),
  }
  if (!is.facilitator && !is.hosts && !is.coordinator) return undefined
  return { found, proposal, is }
}
type Opened = NonNullable<Awaited<ReturnType<typeof open>>>

async function tell(
  trx: Trx,
  actor: Actor,
  { found }: Opened,
  told: { outcome: 'agreed' | 'declined' | 'withdrawn'; reason: string },
  now: Date,
) {
  const { networkId } = actor
  const { proposal, facilitator, email } = found
  const about = { title: proposal.title, facilitator: facilitator.name, reason: told.reason }
  const hosts = await addressesOfAuthors(trx, networkId, proposal.id)
  const everybody = [...(email ? [{ id: facilitator.id, name: facilitator.name, email }] : []), ...hosts]
  // Who did it knows; each address once.
  const others = [
    ...new Map(everybody.filter(({ id }) => id !== actor.personId).map((one) => [one.email, one])).values(),
  ]
  await queueMail(
    trx,
    others.map(({ name, email: to }) => ({ ...pairingMail(told.outcome, { ...about, name }), to, networkId })),
    now,
  )
  const facts = { name: proposal.title, person: facilitator.name, reason: told.reason, regionId: found.regionId }
  await audit(trx, actor, { action: `pairing.${told.outcome}`, subject: `proposal:${proposal.id}`, facts }, now)
}

/**
 * The seats a facilitator is to have in the cohorts the proposal became already, which are kept still. Refuses
 * `pairing.already_in` for who takes part or chairs there: a seat is never taken over.
 */
async function seatsToTake(trx: Trx, { networkId }: Actor, { proposal, found }: Opened, now: Date) {
  const personId = found.facilitator.id
  const seats: SeatGiven[] = []
  const institutionId = await firstInstitutionOf(trx, { networkId, personId })
  if (!institutionId) return ok(seats)
  const anywhere = { networkId, reach: { regions: 'all', institutions: [] } } as const
  const [person] = await loadCandidates(trx, anywhere, [personId], now)
  for (const cohortId of (await cohortsOfProposal(trx, networkId, proposal.id)).toSorted()) {
    const at = { networkId, cohortId }
    await lockSeats(trx, at)
    const cohort = (await findCohortOfReach(trx, anywhere, cohortId))!
    const seat = await findSeatOfPerson(trx, at, personId)
    const decided = decideSeat('facilitator', cohort, {
      isTest: person!.isTest,
      seat,
      ties: person!.affiliations,
      comesFrom: institutionId,
    })
    if (decided.ok) seats.push({ ...at, personId, institutionId, kind: 'facilitator', status: 'seated' })
    else if (seat && seat.status !== 'left' && seat.kind !== 'facilitator')
      return refuse('pairing.already_in', { cohort: cohort.name })
  }
  return ok(seats)
}

type Agreeing = Opened & Readonly<{ seats: readonly SeatGiven[] }>

/** Makes the facilitator the proposal's, and seats them in the cohorts it became already. */
async function agree(trx: Trx, actor: Actor, { proposal, found, seats }: Agreeing, now: Date): Promise<void> {
  const { networkId } = actor
  const personId = found.facilitator.id
  const facilitators = [...new Set([...proposal.body.facilitators, personId])]
  const hosts = proposal.hosts.map(({ id }) => id)
  const body = { ...proposal.body, facilitators }
  const saving = { networkId, proposalId: proposal.id, basedOn: proposal.version, body, hosts, savedBy: actor.personId }
  await saveProposal(trx, saving, now)
  const text = found.facilitator.name ?? ''
  const event = { networkId, proposalId: proposal.id, by: actor.personId, kind: 'pairing_agreed', text } as const
  await insertProposalEvent(trx, event, now)
  for (const seat of seats) await giveSeat(trx, seat, now)
}

type Answering = Readonly<{ pairingId: string; as: 'facilitator' | 'hosts'; answer: 'yes' | 'no' }>

/** One side's own consent: the facilitator's by themselves, the hosts' by anybody who writes the proposal. */
export function answerPairing(db: Db, actor: Actor, { pairingId, as, answer }: Answering, now: Date) {
  return db.transaction().execute(async (trx) => {
    const opened = await open(trx, actor, pairingId, now)
    if (!opened || !opened.is[as]) return notFound()
    const decided = decideAnswer(opened.found, as, answer)
    if (!decided.ok) return decided
    const { status } = decided.value
    const isOver = opened.proposal.status === 'withdrawn' || opened.proposal.status === 'declined'
    if (answer === 'yes' && isOver) return refuse('pairing.closed', { status: opened.proposal.status })
    const seats = status === 'agreed' ? await seatsToTake(trx, actor, opened, now) : ok([])
    if (!seats.ok) return seats
    await savePairingAnswer(trx, actor.networkId, { id: pairingId, as, answer, status, by: actor.personId }, now)
    if (status === 'agreed') await agree(trx, actor, { ...opened, seats: seats.value }, now)
    if (status === 'agreed' || status === 'declined')
      await tell(trx, actor, opened, { outcome: status, reason: '' }, now)
    return ok({ status })
  })
}

/** Taken back by a coordinator or either side, also after it was agreed: the facilitator is the proposal's no more. */
export function withdrawPairing(
  db: Db,
  actor: Actor,
  { pairingId, reason }: Readonly<{ pairingId: string; reason: string }>,
  now: Date,
) {
  return db.transaction().execute(async (trx) => {
    const opened = await open(trx, actor, pairingId, now)
    if (!opened) return notFound()
    const decided = decideWithdrawal(opened.found)
    if (!decided.ok) return decided
    await closePairing(trx, actor.networkId, { id: pairingId, by: actor.personId, reason }, now)
    if (opened.found.status === 'agreed') await undoAgreed(trx, actor, opened, now)
    await tell(trx, actor, opened, { outcome: 'withdrawn', reason }, now)
    return ok(undefined)
  })
}

async function undoAgreed(trx: Trx, actor: Actor, { proposal, found }: Opened, now: Date): Promise<void> {
  const { networkId } = actor
  const personId = found.facilitator.id
  const body = { ...proposal.body, facilitators: proposal.body.facilitators.filter((id) => id !== personId) }
  const hosts = proposal.hosts.map(({ id }) => id)
  const saving = { networkId, proposalId: proposal.id, basedOn: proposal.version, body, hosts, savedBy: actor.personId }
  await saveProposal(trx, saving, now)
  await endFacilitating(trx, { networkId, proposalId: proposal.id, personId }, found.id)
}

/** An offer as anybody concerned sees it: no addresses. */
export const pairingSeen = ({ email: _email, regionId: _region, offeredBy: _by, ...seen }: PairingFound) => seen
