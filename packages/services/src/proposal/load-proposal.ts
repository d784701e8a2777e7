import { Temporal } from 'temporal-polyfill'
import {
  proposalAccess,
  withoutUnopened,
  type ProposalAuthor,
  type ProposalBody,
  type ProposalContext,
} from '@copractice/core/proposal'
import type { Actor } from '@copractice/core/directory'
import type { CallId, InstitutionId, NetworkId, ProposalId, RegionId } from '@copractice/core/kernel'
import { isCohortNameTaken, loadCandidates } from '@copractice/store/cohort'
import type { Db, Trx } from '@copractice/store/database'
import { newestPolicy } from '@copractice/store/programme'
import {
  findCall,
  findProposal,
  listAreas,
  lockProposal,
  openAsAuthor,
  zoneOfNetwork,
  type CallFound,
  type HostFound,
} from '@copractice/store/proposal'

/**
 * A proposal as the actor reads it, or undefined when they may not: missing and not-yours answer alike. An invited author may
 * read without having opened it (`isInvited`): no link that somebody follows tells the others who they are.
 */
export async function readProposal(db: Db | Trx, actor: Actor, id: ProposalId, now: Date) {
  const { networkId, personId } = actor
  const found = await findProposal(db, networkId, id, now)
  if (!found) return undefined
  const access = proposalAccess(actor, found)
  const isInvited = found.authors.some((author) => author.id === personId && !author.isOpened)
  return access.read ? { ...found, access, isInvited } : undefined
}

/**
 * The same for whoever does something with it. An invited author who does has opened it: from then on the others see who they
 * are, and the rules count them.
 */
export async function openProposal(db: Db | Trx, actor: Actor, id: ProposalId, now: Date) {
  const { networkId, personId } = actor
  const found = await readProposal(db, actor, id, now)
  if (!found?.isInvited) return found
  await openAsAuthor(db, { networkId, proposalId: id, personId }, now)
  const authors = found.authors.map((author) => (author.id === personId ? { ...author, isOpened: true } : author))
  return { ...found, authors, isInvited: false }
}

/** The same, with everybody else kept from changing it until the transaction ends. */
export async function holdProposal(trx: Trx, actor: Actor, id: ProposalId, now: Date) {
  await lockProposal(trx, actor.networkId, id)
  return openProposal(trx, actor, id, now)
}

/** The moment of a local date and wall clock; one that clocks skip is the next there is. */
const instantOf = (zone: string) => (date: string, time: string) =>
  new Date(Temporal.PlainDateTime.from(`${date}T${time}`).toZonedDateTime(zone).epochMilliseconds)

type Judged = Readonly<{
  body: ProposalBody
  authors: readonly ProposalAuthor[]
  hosts: readonly HostFound[]
  regionId: RegionId
  callId: CallId | null
  isDeciding: boolean
}>

/**
 * Everything the rules ask about a proposal, read at one moment, and the body they ask it of: authors who have not opened it
 * are not there. A deadline's day counts whole, in the network's zone.
 */
export async function loadJudging(db: Db | Trx, networkId: NetworkId, judged: Judged, now: Date) {
  const { hosts, regionId, callId, isDeciding } = judged
  const body = withoutUnopened(judged.body, judged.authors)
  const call: CallFound | undefined = callId ? await findCall(db, networkId, callId) : undefined
  const everybody = { networkId, reach: { regions: 'all' as const, institutions: [] as InstitutionId[] } }
  const found = await loadCandidates(db, everybody, [...body.chairs, ...body.facilitators], now)
  const people = new Map(found.map((person) => [person.id, person]))
  const policy = await newestPolicy(db, networkId)
  const deadline = call?.enrolmentDeadline ?? null
  const callArea = call?.credential?.name ?? null
  const title = body.title.trim()
  const context: ProposalContext = {
    regionId,
    hosts,
    limits: policy.limits,
    people,
    isNameTaken: title !== '' && (await isCohortNameTaken(db, networkId, title)),
    areas: await listAreas(db, networkId),
    callArea,
    submissionDeadline: deadline ? instantOf(await zoneOfNetwork(db, networkId))(deadline, '23:59') : null,
    instantOf: instantOf(body.timeZone),
    isDeciding,
  }
  return { body, context, call, people, policyVersion: policy.version }
}
