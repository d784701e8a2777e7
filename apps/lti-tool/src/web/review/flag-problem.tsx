import { useId, useState } from 'react'
import { FLAG_KINDS, type OwnFlag } from '@copractice/core/review'
import { ActionButton, ConfirmModal, Notice, useTimes } from '@copractice/ui'
import { useWritingWords } from './say-writing.ts'

type Kind = OwnFlag['kind']

/** "Something is wrong here": says what, to the instructor alone. Afterwards shows what was said and what came of it. */
export function FlagProblem(props: {
  as: 'reviewer' | 'author'
  flag: OwnFlag | null
  isBusy: boolean
  problem: React.ReactNode
  onRaise: (said: { kind: Kind; text: string }, onDone: () => void) => void
}) {
  const { as, flag, isBusy, problem, onRaise } = props
  const say = useWritingWords()
  const name = useId()
  const [isOpen, setIsOpen] = useState(false)
  const [kind, setKind] = useState<Kind>(FLAG_KINDS[as][0]!)
  const [text, setText] = useState('')
  const waits = flag !== null && flag.answer === null
  return (
    <>
      {flag && <RaisedFlag as={as} flag={flag} />}
      {!waits && (
        <ActionButton weight="quiet" size="small" icon="flag" onClick={() => setIsOpen(true)}>
          {say('flag.open')}
        </ActionButton>
      )}
      <ConfirmModal
        isOpen={isOpen}
        title={say(as === 'reviewer' ? 'flag.askWork' : 'flag.askReview')}
        confirm={say('flag.send')}
        isBusy={isBusy}
        onClose={() => setIsOpen(false)}
        onConfirm={() =>
          onRaise({ kind, text: text.trim() }, () => {
            setIsOpen(false)
            setText('')
          })
        }
      >
        <fieldset className="stack">
          <legend>{say('flag.what')}</legend>
          {FLAG_KINDS[as].map((each) => (
            <label key={each} className="choice">
              <input type="radio" name={name} checked={each === kind} onChange={() => setKind(each)} />
              <span>{say(`flag.${as}.${each as 'other'}`)}</span>
            </label>
          ))}
        </fieldset>
        <div className="field">
          <label htmlFor={`${name}-text`}>{say('flag.text')}</label>
          <textarea
            id={`${name}-text`}
            className="input"
            rows={3}
            maxLength={5000}
            value={text}
            onChange={(event) => setText(event.target.value)}
          />
          <p className="hint">{say(as === 'reviewer' ? 'flag.whoWork' : 'flag.whoReview')}</p>
        </div>
        {problem}
      </ConfirmModal>
    </>
  )
}

function RaisedFlag({ as, flag }: { as: 'reviewer' | 'author'; flag: OwnFlag }) {
  const say = useWritingWords()
  const times = useTimes()
  const { kind, answer, raisedAt } = flag
  const what = say(`flag.${as}.${kind as 'other'}`)
  return (
    <Notice tone={answer ? 'ok' : 'info'} icon="flag">
      <p>{say('flag.raised', { what, when: times.dateTime(raisedAt) })}</p>
      {answer ? (
        <>
          <p>{say(answer.outcome === 'kept' ? 'flag.kept' : `flag.hidden.${as}`)}</p>
          <p className="voice said">{answer.text}</p>
        </>
      ) : (
        <p>{say('flag.waits')}</p>
      )}
    </Notice>
  )
}
