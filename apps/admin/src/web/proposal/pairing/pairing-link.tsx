import type { ProposalId } from '@copractice/core/kernel'
import { AppLink } from '@copractice/ui'
import { usePairingWords } from './say-pairing.ts'

/** From a proposal to its pairing: whom the hosts would have, and the offers they answer. */
export function PairingLink({ proposalId }: { proposalId: ProposalId }) {
  const say = usePairingWords()
  return (
    <>
      {' '}
      <AppLink href={`/proposals/${proposalId}/pairing`}>{say('hosts.open')}</AppLink>
    </>
  )
}
