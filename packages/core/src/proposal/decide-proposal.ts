import type { Actor } from '../directory/actor.ts'
import { adminReach, mayAdminister } from '../directory/may-administer.ts'
import type { InstitutionId, PersonId, RegionId } from '../kernel/ids.ts'
import { ok, refuse } from '../kernel/result.ts'
import { callState, type CallDates } from './decide-call.ts'
import type { ProposalFinding } from './proposal-finding.ts'

export const PROPOSAL_STATUSES = ['draft', 'submitted', 'changes_asked', 'approved', 'declined', 'withdrawn'] as const
export type ProposalStatus = (typeof PROPOSAL_STATUSES)[number]

export const VERDICTS = ['approved', 'changes_asked', 'declined'] as const

type Seen = Readonly<{
  status: ProposalStatus
  regionId: RegionId
  hosts: readonly Readonly<{ id: InstitutionId }>[]
  /** Null: it was never sent. */
  submittedAt: Date | null
  authorIds: readonly PersonId[]
  /** Somebody who writes it waits for an answer: then the coordinators read the draft too. */
  asksHelp: boolean
}>

/**
 * What somebody may do with a proposal. Its authors write it while it is theirs; whoever administers its region reads it
 * once it was sent or help is asked, and decides; support reads the same. Whoever administers an institution that hosts it
 * reads it once it was sent: without addresses, without the questions to its coordinators, and without the pool. An author
 * who administers nothing does nothing else in the admin app.
 */
export function proposalAccess(actor: Pick<Actor, 'personId' | 'grants'>, proposal: Seen) {
  const { status, regionId, hosts, submittedAt, authorIds, asksHelp } = proposal
  const isAuthor = authorIds.includes(actor.personId)
  const isOpen = status === 'draft' || status === 'changes_asked'
  const reviews = mayAdminister(actor, { kind: 'region', regionId })
  const { regions, institutions } = adminReach(actor) ?? { regions: [], institutions: [] }
  const reaches = regions === 'all' || regions.includes(regionId)
  const ofRegion = reaches && (status !== 'draft' || asksHelp)
  const ofHost = submittedAt !== null && hosts.some(({ id }) => institutions.includes(id))
  return {
    isAuthor,
    ofRegion,
    read: isAuthor || ofRegion || ofHost,
    readAll: isAuthor || ofRegion,
    write: isAuthor && isOpen,
    withdraw: isAuthor && (isOpen || status === 'submitted'),
    decide: reviews && status === 'submitted',
    askHelp: isAuthor && status !== 'withdrawn' && status !== 'declined',
    answerHelp: reviews,
  }
}

type Sent = Readonly<{
  status: ProposalStatus
  /** Null: it answers no call. */
  call: CallDates | null
  findings: readonly ProposalFinding[]
  /** Why it goes ahead in spite of a warning. */
  reason: string
}>

const blocks = (findings: readonly ProposalFinding[]) => findings.some(({ strength }) => strength === 'block')

/** The rules have the same say when it is sent and when it is approved: a block refuses, a warning asks for a reason. */
function rulesAllow({ findings, reason }: Pick<Sent, 'findings' | 'reason'>) {
  if (blocks(findings)) return refuse('proposal.blocked', { findings })
  if (findings.length && !reason) return refuse('proposal.needs_reason', { findings })
  return ok(undefined)
}

/**
 * Sends a draft to its coordinators, or sends it again after changes were asked. A call takes first drafts while it is
 * open; what was sent in time may come back after it closed.
 */
export function submitProposal(proposal: Sent, now: Date) {
  const { status, call } = proposal
  if (status !== 'draft' && status !== 'changes_asked') return refuse('proposal.not_open', { status })
  if (status === 'draft' && call && callState(call, now) !== 'open') return refuse('call.closed', { ...call })
  const allowed = rulesAllow(proposal)
  if (!allowed.ok) return allowed
  return ok(status === 'draft' ? ('submitted' as const) : ('resubmitted' as const))
}

/** Only what was sent and not yet answered is decided on: of two who decide at once, the second is told the first’s. */
export function decideProposal(
  verdict: (typeof VERDICTS)[number],
  proposal: Pick<Sent, 'status' | 'findings' | 'reason'>,
) {
  const { status } = proposal
  if (status !== 'submitted') return refuse('proposal.not_waiting', { status })
  if (verdict !== 'approved') return proposal.reason ? ok(verdict) : refuse('proposal.needs_reason', { findings: [] })
  const allowed = rulesAllow(proposal)
  return allowed.ok ? ok(verdict) : allowed
}
