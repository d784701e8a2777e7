import { useState } from 'react'
import { TextArea } from '@instructure/ui/v11_7'
import { showAdminHome } from '@copractice/core/directory'
import {
  answerHelp,
  askForHelp,
  listHelpRequests,
  showProposal,
  type HelpAsked,
  type ProposalShown,
} from '@copractice/core/proposal'
import { ActionButton, ProblemNotice, Section, useSend, useTell, useTimes } from '@copractice/ui'
import { useRefusals, useWords } from './say.ts'

const refreshes = [showProposal, listHelpRequests, showAdminHome]

/** Questions about the proposal and their answers; one question waits at a time. */
export function HelpPart({ shown }: { shown: ProposalShown }) {
  const say = useWords()
  const waits = shown.help.some(({ answer }) => answer === null)
  if (!shown.can.askHelp && !shown.help.length) return null
  return (
    <Section title={say('help.title')} isCard>
      {shown.help.map((asked) => (
        <Asked key={asked.id} asked={asked} shown={shown} />
      ))}
      {shown.can.askHelp && (waits ? <p className="small muted">{say('help.waits')}</p> : <AskForm shown={shown} />)}
    </Section>
  )
}

function AskForm({ shown }: { shown: ProposalShown }) {
  const say = useWords()
  const tell = useTell()
  const refusals = useRefusals()
  const [text, setText] = useState('')
  const ask = useSend(askForHelp, { refreshes, onDone: () => tell({ text: say('help.waits') }) })
  return (
    <div className="fields-group">
      <TextArea
        label={say('help.text')}
        value={text}
        onChange={(event) => setText(event.target.value.slice(0, 4000))}
        messages={[{ type: 'hint', text: say('help.hint') }]}
      />
      {ask.error && <ProblemNotice problem={ask.error.problem} sayRefusal={refusals} />}
      <ActionButton
        weight="secondary"
        size="small"
        isBusy={ask.isPending}
        isDisabled={!text.trim()}
        onClick={() => ask.mutate({ params: { proposalId: shown.id }, body: { text: text.trim() } })}
      >
        {say('help.send')}
      </ActionButton>
    </div>
  )
}

function Asked({ asked, shown }: { asked: HelpAsked; shown: ProposalShown }) {
  const say = useWords()
  const tell = useTell()
  const times = useTimes()
  const refusals = useRefusals()
  const [text, setText] = useState('')
  const answer = useSend(answerHelp, { refreshes, onDone: () => tell({ text: say('help.answered') }) })
  const who = (name: string | null) => name ?? say('somebody')
  return (
    <div className="asked">
      <p className="small muted">{say('help.by', { who: who(asked.byName), when: times.moment(asked.askedAt) })}</p>
      <p className="voice prewrap">{asked.text}</p>
      {asked.answer !== null && asked.answeredAt && (
        <>
          <p className="small muted">
            {say('help.answeredBy', { who: who(asked.answeredByName), when: times.moment(asked.answeredAt) })}
          </p>
          <p className="voice prewrap">{asked.answer}</p>
        </>
      )}
      {asked.answer === null && shown.can.answerHelp && (
        <div className="fields-group">
          <TextArea
            label={say('help.answer')}
            value={text}
            onChange={(event) => setText(event.target.value.slice(0, 4000))}
          />
          {answer.error && <ProblemNotice problem={answer.error.problem} sayRefusal={refusals} />}
          <ActionButton
            size="small"
            isBusy={answer.isPending}
            isDisabled={!text.trim()}
            onClick={() =>
              answer.mutate({
                params: { proposalId: shown.id, helpRequestId: asked.id },
                body: { text: text.trim() },
              })
            }
          >
            {say('help.answerSend')}
          </ActionButton>
        </div>
      )}
    </div>
  )
}
