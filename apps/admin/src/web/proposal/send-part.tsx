import { useState } from 'react'
import { TextArea } from '@instructure/ui/v11_7'
import { showAdminHome } from '@copractice/core/directory'
import {
  listProposals,
  showProposal,
  submitProposalRoute,
  withdrawProposal,
  type ProposalShown,
} from '@copractice/core/proposal'
import { ActionButton, ConfirmModal, ProblemNotice, Section, TextButton, useSend, useTell } from '@copractice/ui'
import { useRefusals, useWords } from './say.ts'
import type { Writing } from './use-shared-draft.ts'

const refreshes = [showProposal, listProposals]

/** Sends the draft as the server has it then; a warning asks for a reason, a block keeps it here. */
export function SendPart({ shown, writing }: { shown: ProposalShown; writing: Writing }) {
  const say = useWords()
  const tell = useTell()
  const refusals = useRefusals()
  const [text, setText] = useState('')
  const [isSaving, setIsSaving] = useState(false)
  const send = useSend(submitProposalRoute, { refreshes, onDone: () => tell({ text: say('send.done') }) })
  const isAgain = shown.status === 'changes_asked'
  const warns = writing.findings.some(({ strength }) => strength === 'warn')
  const isBlocked = writing.findings.some(({ strength }) => strength === 'block')
  const onSend = async () => {
    setIsSaving(true)
    const { version, isSaved } = await writing.flush()
    setIsSaving(false)
    if (isSaved) send.mutate({ params: { proposalId: shown.id }, body: { basedOn: version, text: text.trim() } })
  }
  return (
    <Section title={say('send.title')} isCard>
      <div className="fields-group">
        <TextArea
          label={say(warns ? 'send.reason' : 'send.note')}
          value={text}
          onChange={(event) => setText(event.target.value.slice(0, 4000))}
        />
        {send.error && <ProblemNotice problem={send.error.problem} sayRefusal={refusals} />}
        <p className="small muted">{say(isBlocked ? 'send.blocked' : 'send.text')}</p>
        <div className="row between">
          <ActionButton onClick={() => void onSend()} isBusy={isSaving || send.isPending} isDisabled={isBlocked}>
            {say(isAgain ? 'send.again' : 'send.go')}
          </ActionButton>
          <WithdrawPart shown={shown} />
        </div>
      </div>
    </Section>
  )
}

/** Taking it back, asked once more. */
export function WithdrawPart({ shown }: { shown: ProposalShown }) {
  const say = useWords()
  const tell = useTell()
  const refusals = useRefusals()
  const [isOpen, setIsOpen] = useState(false)
  const withdraw = useSend(withdrawProposal, {
    refreshes: [...refreshes, showAdminHome],
    onDone: () => tell({ text: say('withdraw.done') }),
  })
  const onConfirm = () =>
    withdraw.mutate({ params: { proposalId: shown.id }, body: { text: '' } }, { onSettled: () => setIsOpen(false) })
  return (
    <div>
      {withdraw.error && <ProblemNotice problem={withdraw.error.problem} sayRefusal={refusals} />}
      <TextButton onClick={() => setIsOpen(true)}>{say('withdraw.go')}</TextButton>
      <ConfirmModal
        isOpen={isOpen}
        title={say('withdraw.title')}
        confirm={say('withdraw.go')}
        weight="bad"
        isBusy={withdraw.isPending}
        onConfirm={onConfirm}
        onClose={() => setIsOpen(false)}
      >
        <p>{say('withdraw.text')}</p>
      </ConfirmModal>
    </div>
  )
}
