import { describe, expect, it } from 'vitest'
import { InstitutionId, PersonId, RegionId } from '../kernel/ids.ts'
import { callState, decideCall, openCall } from './decide-call.ts'
import { decideProposal, PROPOSAL_STATUSES, proposalAccess, submitProposal } from './decide-proposal.ts'
import type { ProposalFinding } from './proposal-finding.ts'

const uuid = (n: number) => `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`
const me = PersonId.parse(uuid(1))
const regionId = RegionId.parse(uuid(2))
const now = new Date('2027-01-10T12:00:00Z')
const later = (hours: number) => new Date(+now + hours * 3_600_000)
const call = { status: 'open' as const, opensAt: later(-24), closesAt: later(24) }
const finding = (strength: 'block' | 'warn'): ProposalFinding => ({ code: 'proposal.title', strength, facts: {} })
const codeOf = (result: { ok: true; value: unknown } | { ok: false; refusal: { code: string } }) =>
  result.ok ? result.value : result.refusal.code

describe('who may do what', () => {
  const author = { personId: me, grants: [] }
  const coordinator = { personId: PersonId.parse(uuid(9)), grants: [{ role: 'coordinator' as const, regionId }] }
  const drafted = { status: 'draft' as const, submittedAt: null, authorIds: [me], asksHelp: false }
  const proposal = { ...drafted, regionId, hosts: [] }
  it('an author who administers nothing writes their own and decides on nothing', () => {
    expect(proposalAccess(author, proposal)).toMatchObject({
      read: true,
      write: true,
      decide: false,
      answerHelp: false,
    })
    expect(proposalAccess(author, { ...proposal, status: 'submitted' })).toMatchObject({
      write: false,
      withdraw: true,
      decide: false,
    })
    expect(proposalAccess(author, { ...proposal, authorIds: [] })).toMatchObject({ read: false, write: false })
  })
  it('a draft is its authors’ until it is sent or help is asked; then its region reads it and never writes it', () => {
    expect(proposalAccess(coordinator, proposal).read).toBe(false)
    expect(proposalAccess(coordinator, { ...proposal, asksHelp: true })).toMatchObject({ read: true, write: false })
    expect(proposalAccess(coordinator, { ...proposal, status: 'submitted' })).toMatchObject({
      read: true,
      decide: true,
    })
    const support = { ...coordinator, grants: [{ role: 'support' as const }] }
    expect(proposalAccess(support, { ...proposal, status: 'submitted' })).toMatchObject({ read: true, decide: false })
    const elsewhere = { ...proposal, status: 'submitted' as const, regionId: RegionId.parse(uuid(3)) }
    expect(proposalAccess(coordinator, elsewhere)).toMatchObject({ read: false, decide: false })
  })
  it('whoever administers one of its hosts reads it once it was sent, and does nothing with it', () => {
    const institution = (n: number) => InstitutionId.parse(uuid(n))
    const host = {
      personId: PersonId.parse(uuid(9)),
      grants: [{ role: 'institution_admin' as const, institutionId: institution(5) }],
    }
    const hosts = [{ id: institution(4) }, { id: institution(5) }]
    const joint = { ...proposal, status: 'submitted' as const, submittedAt: now, hosts }
    const { read, ...acts } = proposalAccess(host, joint)
    expect([read, Object.values(acts).some(Boolean)]).toEqual([true, false])
    expect(proposalAccess(host, { ...joint, hosts: [{ id: institution(4) }] }).read).toBe(false)
    expect(proposalAccess(host, { ...proposal, hosts, asksHelp: true }).read).toBe(false)
    expect(proposalAccess(host, { ...proposal, hosts, status: 'withdrawn' }).read).toBe(false)
  })
})

describe('sending', () => {
  const draft = { status: 'draft' as const, call, findings: [], reason: '' }
  it('is refused while a rule blocks, and needs a reason while one warns', () => {
    expect(codeOf(submitProposal(draft, now))).toBe('submitted')
    expect(codeOf(submitProposal({ ...draft, findings: [finding('block')], reason: 'x' }, now))).toBe(
      'proposal.blocked',
    )
    expect(codeOf(submitProposal({ ...draft, findings: [finding('warn')] }, now))).toBe('proposal.needs_reason')
    expect(codeOf(submitProposal({ ...draft, findings: [finding('warn')], reason: 'x' }, now))).toBe('submitted')
  })
  it('ends with the call, but what was sent in time may come back', () => {
    expect(codeOf(submitProposal(draft, later(24)))).toBe('submitted')
    expect(codeOf(submitProposal(draft, later(25)))).toBe('call.closed')
    expect(codeOf(submitProposal({ ...draft, status: 'changes_asked' }, later(25)))).toBe('resubmitted')
    expect(codeOf(submitProposal({ ...draft, call: null }, later(25)))).toBe('submitted')
  })
  it.each(PROPOSAL_STATUSES.filter((status) => status !== 'draft' && status !== 'changes_asked'))(
    'is over once it is %s',
    (status) => {
      expect(codeOf(submitProposal({ ...draft, status }, now))).toBe('proposal.not_open')
    },
  )
})

describe('deciding', () => {
  const sent = { status: 'submitted' as const, findings: [], reason: '' }
  it('approves only without a block, and asks or declines only with a reason', () => {
    expect(codeOf(decideProposal('approved', sent))).toBe('approved')
    expect(codeOf(decideProposal('approved', { ...sent, findings: [finding('block')] }))).toBe('proposal.blocked')
    expect(codeOf(decideProposal('declined', sent))).toBe('proposal.needs_reason')
    const blocked = { ...sent, findings: [finding('block')], reason: 'Too late' }
    expect(codeOf(decideProposal('declined', blocked))).toBe('declined')
    expect(codeOf(decideProposal('changes_asked', blocked))).toBe('changes_asked')
  })
  it.each(PROPOSAL_STATUSES.filter((status) => status !== 'submitted'))(
    'is not there to do on one that is %s',
    (status) => {
      expect(codeOf(decideProposal('approved', { ...sent, status }))).toBe('proposal.not_waiting')
    },
  )
})

describe('a call', () => {
  it('takes proposals within its dates, once opened', () => {
    expect(callState(call, now)).toBe('open')
    expect(callState({ ...call, status: 'draft' }, now)).toBe('draft')
    expect([callState(call, later(-25)), callState(call, later(25))]).toEqual(['to_open', 'over'])
  })
  it('closes after it opens and before the deadline it leads to, and opens until it is over', () => {
    const dates = { opensAt: now, closesAt: later(1), enrolmentDeadline: '2027-01-10' }
    expect(decideCall(dates).ok).toBe(true)
    expect(codeOf(decideCall({ ...dates, closesAt: now }))).toBe('call.closes_before_opens')
    expect(codeOf(decideCall({ ...dates, enrolmentDeadline: '2027-01-09' }))).toBe('call.deadline_early')
    expect(codeOf(openCall(dates, later(2)))).toBe('call.over')
  })
})
