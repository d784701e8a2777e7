import { decideSeat } from '@copractice/core/cohort'
import { decideAnswer } from '@copractice/core/proposal'
import type { Actor } from '@copractice/core/directory'
import { ok, refuse } from '@copractice/core/kernel'
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
  cohortsOfProposal,
  firstInstitutionOf,
  insertProposalEvent,
  savePairingAnswer,
  saveProposal,
} from '@copractice/store/proposal'
import { notFound } from '../directory/administrator.ts'
import { openPairing, tellPairing, type Opened } from './open-pairing.ts'

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
    const opened = await openPairing(trx, actor, pairingId, now)
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
      await tellPairing(trx, actor, opened, { outcome: status, reason: '' }, now)
    return ok({ status })
  })
}
