import { useState } from 'react'
import { TextArea } from '@instructure/ui/v11_7'
import { showAdminHome } from '@copractice/core/directory'
import { decideProposalRoute, listProposals, showProposal, type ProposalShown } from '@copractice/core/proposal'
import type { RouteInput } from '@copractice/core/kernel'
import { useQueryClient } from '@tanstack/react-query'
import { ActionButton, ConfirmModal, ProblemNotice, routeKey, Section, useSend, useTell } from '@copractice/ui'
import { MakesList } from './rules-part.tsx'
import { useRefusals, useWords } from './say.ts'

type Verdict = RouteInput<typeof decideProposalRoute>['body']['verdict']

/** The coordinator's answer. An approval says once more what it makes; who comes second is told what was decided. */
export function DecidePart({ shown }: { shown: ProposalShown }) {
  const say = useWords()
  const tell = useTell()
  const refusals = useRefusals()
  const client = useQueryClient()
  const [text, setText] = useState('')
  const [isApproving, setIsApproving] = useState(false)
  const { body, people, version, id: proposalId, findings } = shown
  const decide = useSend(decideProposalRoute, {
    refreshes: [showProposal, listProposals, showAdminHome],
    onDone: (_value, given) => tell({ text: say(`decide.done.${given.body.verdict}`) }),
  })
  const send = (verdict: Verdict) =>
    decide.mutate(
      { params: { proposalId }, body: { basedOn: version, verdict, text: text.trim() } },
      {
        onSettled: () => setIsApproving(false),
        onError: () => void client.invalidateQueries({ queryKey: routeKey(showProposal) }),
      },
    )
  const isBlocked = findings.some(({ strength }) => strength === 'block')
  const needsText = findings.length > 0 && !text.trim()
  return (
    <Section title={say('decide.title')} isCard>
      <div className="fields-group">
        <TextArea
          label={say('decide.text')}
          value={text}
          onChange={(event) => setText(event.target.value.slice(0, 4000))}
          messages={[{ type: 'hint', text: say('decide.textHint') }]}
        />
        {decide.error && <ProblemNotice problem={decide.error.problem} sayRefusal={refusals} />}
        <div className="row">
          <ActionButton isDisabled={isBlocked || needsText} onClick={() => setIsApproving(true)}>
            {say('decide.approve')}
          </ActionButton>
          <ActionButton weight="secondary" isBusy={decide.isPending} onClick={() => send('changes_asked')}>
            {say('decide.changes')}
          </ActionButton>
          <ActionButton weight="bad" isBusy={decide.isPending} onClick={() => send('declined')}>
            {say('decide.decline')}
          </ActionButton>
        </div>
      </div>
      <ConfirmModal
        isOpen={isApproving}
        title={say('decide.confirmTitle', { name: body.title })}
        confirm={say('decide.approve')}
        isBusy={decide.isPending}
        onConfirm={() => send('approved')}
        onClose={() => setIsApproving(false)}
      >
        <MakesList body={body} people={people} />
        <p className="small muted">{say('makes.text')}</p>
      </ConfirmModal>
    </Section>
  )
}
