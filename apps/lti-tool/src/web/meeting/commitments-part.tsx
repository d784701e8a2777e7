import { useState, type SubmitEvent } from 'react'
import { checkCommitment, listCommitments, makeCommitment, type CommitmentSeen } from '@copractice/core/meeting'
import { ActionButton, Loaded, ProblemNotice, Section, useRoute, useSend, useTell, useTimes } from '@copractice/ui'
import { useParticipationRefusals, useParticipationWords } from './say-participation.ts'

/** What people of the cohort said they would do, and, when its day has come, the question what came of it. */
export function CommitmentsPart() {
  const say = useParticipationWords()
  const refusals = useParticipationRefusals()
  const commitments = useRoute(listCommitments, {})
  return (
    <Section title={say('commitments.title')}>
      <Loaded from={commitments} what={say('commitments.title')} lines={3} sayRefusal={refusals}>
        {({ items, mayMake }) => (
          <div className="stack">
            {items.length === 0 && <p className="muted">{say('commitments.none')}</p>}
            <ul className="list">
              {items.map((one) => (
                <Commitment key={one.id} commitment={one} />
              ))}
            </ul>
            {mayMake && <Make />}
          </div>
        )}
      </Loaded>
    </Section>
  )
}

function Commitment({ commitment }: { commitment: CommitmentSeen }) {
  const say = useParticipationWords()
  const times = useTimes()
  const { person, isMine, text, outcome, madeAt, after30, after90 } = commitment
  const date = times.date(madeAt)
  const answers = [
    { days: 30 as const, ...after30 },
    { days: 90 as const, ...after90 },
  ]
  const due = isMine ? answers.find(({ isDue }) => isDue) : undefined
  return (
    <li className="stack">
      <p className="voice">{text}</p>
      <p className="small muted">
        {isMine ? say('commitments.mine', { date }) : say('commitments.by', { name: person.name ?? '', date })}
      </p>
      {answers.map(({ days, kept }) =>
        kept ? (
          <p key={days} className="small">
            {say('commitments.told', { days, answer: say(`commitments.${kept}`) })}
          </p>
        ) : null,
      )}
      {outcome && <p className="voice">{outcome}</p>}
      {due && <Answer commitment={commitment} days={due.days} />}
    </li>
  )
}

function Answer({ commitment, days }: { commitment: CommitmentSeen; days: 30 | 90 }) {
  const say = useParticipationWords()
  const refusals = useParticipationRefusals()
  const tell = useTell()
  const [outcome, setOutcome] = useState(commitment.outcome)
  const check = useSend(checkCommitment, {
    refreshes: [listCommitments],
    onDone: () => tell({ text: say('commitments.noted') }),
  })
  const id = `outcome-${commitment.id}`
  const send = (kept: 'kept' | 'partly' | 'not') =>
    check.mutate({ params: { id: commitment.id }, body: { after: days, kept, outcome } })
  return (
    <fieldset className="stack" disabled={check.isPending}>
      <legend>{say('commitments.ask', { days })}</legend>
      <label htmlFor={id}>{say('commitments.outcome')}</label>
      <textarea
        className="input"
        id={id}
        rows={2}
        maxLength={2000}
        value={outcome}
        onChange={(event) => setOutcome(event.target.value)}
      />
      <div className="row">
        {(['kept', 'partly', 'not'] as const).map((kept) => (
          <ActionButton key={kept} weight="secondary" onClick={() => send(kept)}>
            {say(`commitments.${kept}`)}
          </ActionButton>
        ))}
      </div>
      {check.error && <ProblemNotice problem={check.error.problem} sayRefusal={refusals} />}
    </fieldset>
  )
}

function Make() {
  const say = useParticipationWords()
  const refusals = useParticipationRefusals()
  const tell = useTell()
  const [text, setText] = useState('')
  const make = useSend(makeCommitment, {
    refreshes: [listCommitments],
    onDone: () => {
      setText('')
      tell({ text: say('commitments.made') })
    },
  })
  const onSubmit = (event: SubmitEvent) => {
    event.preventDefault()
    if (text.trim()) make.mutate({ body: { text } })
  }
  return (
    <form className="stack" onSubmit={onSubmit}>
      <label htmlFor="commitment-text">{say('commitments.text')}</label>
      <textarea
        className="input"
        id="commitment-text"
        rows={2}
        maxLength={1000}
        required
        value={text}
        onChange={(event) => setText(event.target.value)}
      />
      <div className="row">
        <ActionButton type="submit" weight="secondary" isBusy={make.isPending}>
          {say('commitments.make')}
        </ActionButton>
      </div>
      {make.error && <ProblemNotice problem={make.error.problem} sayRefusal={refusals} />}
    </form>
  )
}
