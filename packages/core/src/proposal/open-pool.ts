import type { ProposalStatus } from './decide-proposal.ts'

type Asking = Readonly<{
  status: ProposalStatus
  facilitation: 'own' | 'pair_us'
  /** A coordinator opened the pool to those who write it, or offered it somebody. */
  isPoolOpen: boolean
}>
type Access = Readonly<{ isAuthor: boolean; ofRegion: boolean; answerHelp: boolean }>

/**
 * Who may read the facilitators' pool for a proposal that was sent and asks "please pair us". Its coordinators and support, who
 * read the pool anyway; its authors only once a coordinator opened it: to send a form is no way into a list of people, and to be
 * named in one as a host is none.
 */
export function poolAccess(access: Access, { status, facilitation, isPoolOpen }: Asking) {
  const isSent = status === 'submitted' || status === 'changes_asked' || status === 'approved'
  const asks = isSent && facilitation === 'pair_us'
  const administers = access.answerHelp || (access.ofRegion && !access.isAuthor)
  return {
    asks,
    readPool: asks && (administers || (access.isAuthor && isPoolOpen)),
    openPool: asks && access.answerHelp,
  }
}
