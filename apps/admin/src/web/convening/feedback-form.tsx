import { useState, type SubmitEvent } from 'react'
import { TextArea } from '@instructure/ui/v11_7'
import { giveFeedback } from '@copractice/core/convening'
import { ActionButton, ProblemNotice, Section, useSend } from '@copractice/ui'
import { useDayWords } from './say-day.ts'
import { useRefusals } from './say.ts'

/** Three questions after the convening. Sent again it replaces what was said. */
export function FeedbackForm({ of, isGiven }: { of: Readonly<{ slug: string; key: string }>; isGiven: boolean }) {
  const say = useDayWords()
  const refusals = useRefusals()
  const [usefulness, setUsefulness] = useState<number | null>(null)
  const [texts, setTexts] = useState({ kept: '', change: '' })
  const [isAsked, setIsAsked] = useState(false)
  const send = useSend(giveFeedback)
  const onSubmit = (event: SubmitEvent) => {
    event.preventDefault()
    setIsAsked(true)
    if (usefulness === null) return
    const body = { usefulness, kept: texts.kept.trim(), change: texts.change.trim() }
    send.mutate({ params: of, body })
  }
  const isMissing = isAsked && usefulness === null
  return (
    <Section title={say('feedback.title')} isCard>
      <form className="fields-group" noValidate onSubmit={onSubmit} aria-label={say('feedback.title')}>
        <p className="muted">{say('feedback.text')}</p>
        <fieldset aria-describedby={isMissing ? 'usefulness-hint' : undefined}>
          <legend>{say('feedback.usefulness')}</legend>
          <div className="row">
            {([1, 2, 3, 4, 5] as const).map((value) => (
              <label key={value} className="row">
                <input
                  type="radio"
                  name="usefulness"
                  checked={usefulness === value}
                  onChange={() => setUsefulness(value)}
                />
                {say(`feedback.${value}`)}
              </label>
            ))}
          </div>
          {isMissing && (
            <p className="hint hint-bad" id="usefulness-hint">
              {say('feedback.pick')}
            </p>
          )}
        </fieldset>
        <TextArea
          label={say('feedback.kept')}
          value={texts.kept}
          onChange={(event) => setTexts({ ...texts, kept: event.target.value })}
        />
        <TextArea
          label={say('feedback.change')}
          value={texts.change}
          onChange={(event) => setTexts({ ...texts, change: event.target.value })}
        />
        {send.error && <ProblemNotice problem={send.error.problem} sayRefusal={refusals} />}
        <div role="status">{(send.isSuccess || (isGiven && !isAsked)) && <p>{say('feedback.done')}</p>}</div>
        <div>
          <ActionButton type="submit" isBusy={send.isPending}>
            {say('feedback.send')}
          </ActionButton>
        </div>
      </form>
    </Section>
  )
}
