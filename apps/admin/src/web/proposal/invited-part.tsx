import { listProposals, openInvitation, showProposal } from '@copractice/core/proposal'
import type { ProposalId } from '@copractice/core/kernel'
import { ActionButton, ProblemNotice, Section, useSend } from '@copractice/ui'
import { useRefusals, useWords } from './say.ts'

/** What somebody who was invited to write reads before they open the draft: who asked them, and what the others see from then on. */
export function InvitedPart({ proposalId, byName }: { proposalId: ProposalId; byName: string | null }) {
  const say = useWords()
  const refusals = useRefusals()
  const open = useSend(openInvitation, { refreshes: [showProposal, listProposals] })
  return (
    <Section title={say('invited.title')} isCard>
      <div className="stack">
        <p>{say('invited.by', { who: byName ?? say('somebody') })}</p>
        <p>{say('invited.text')}</p>
        {open.error && <ProblemNotice problem={open.error.problem} sayRefusal={refusals} />}
        <div className="row">
          <ActionButton isBusy={open.isPending} onClick={() => open.mutate({ params: { proposalId } })}>
            {say('invited.go')}
          </ActionButton>
        </div>
      </div>
    </Section>
  )
}
