import { setPoolOpen, showProposal, showProposalPairing, type ProposalShown } from '@copractice/core/proposal'
import { ActionButton, ProblemNotice, useSend, useTell } from '@copractice/ui'
import { usePairingRefusals, usePairingWords } from './say-pairing.ts'

/** For the coordinators of a proposal that asks to be paired: whether its authors see the pool, and the button to change it. */
export function PoolPart({ shown }: { shown: ProposalShown }) {
  const say = usePairingWords()
  const refusals = usePairingRefusals()
  const tell = useTell()
  const set = useSend(setPoolOpen, {
    refreshes: [showProposal, showProposalPairing],
    onDone: (_value, { body }) => tell({ text: say(body.isOpen ? 'access.opened' : 'access.closedDone') }),
  })
  const { isPoolOpen, can, id: proposalId } = shown
  if (!can.openPool) return null
  return (
    <div className="stack">
      <p className="small">{say(isPoolOpen ? 'access.open' : 'access.closed')}</p>
      {set.error && <ProblemNotice problem={set.error.problem} sayRefusal={refusals} />}
      <p>
        <ActionButton
          size="small"
          weight="secondary"
          isBusy={set.isPending}
          onClick={() => set.mutate({ params: { proposalId }, body: { isOpen: !isPoolOpen } })}
        >
          {say(isPoolOpen ? 'access.doClose' : 'access.doOpen')}
        </ActionButton>
      </p>
    </div>
  )
}
