import { useState } from 'react'
import { TextArea, TextInput } from '@instructure/ui/v11_7'
import { MESSAGE_PARTS, previewCohortMessage, sendCohortMessage, type CohortMessage } from '@copractice/core/cohort'
import type { RouteOutput } from '@copractice/core/kernel'
import { ActionButton, Card, ProblemNotice, useSend, useTell } from '@copractice/ui'
import type { CohortShown } from './cohort-page.tsx'
import { useSeasonRefusals, useSeasonWords } from './say-season.ts'

type Part = (typeof MESSAGE_PARTS)[number]
type Preview = RouteOutput<typeof previewCohortMessage>
const EMPTY = { subject: '', text: '', parts: ['participant', 'chair', 'facilitator'] as readonly Part[] }

/** Writes to the people of a cohort: first as it would go out and to whom, then sending it. */
export function MessagePart({ cohort }: { cohort: CohortShown }) {
  const words = useSeasonWords()
  const refusals = useSeasonRefusals()
  const tell = useTell()
  const [isOpen, setIsOpen] = useState(false)
  const [draft, setDraft] = useState(EMPTY)
  const [isAsked, setIsAsked] = useState(false)
  const params = { cohortId: cohort.id }
  const body: CohortMessage = { subject: draft.subject.trim(), text: draft.text.trim(), parts: [...draft.parts] }
  const preview = useSend(previewCohortMessage)
  const send = useSend(sendCohortMessage, {
    onDone: ({ sent }) => {
      tell({ text: words('message.sent', { count: sent }) })
      setDraft(EMPTY)
      setIsAsked(false)
      setIsOpen(false)
      preview.reset()
    },
  })
  const isWhole = body.subject && body.text && body.parts.length
  const look = () => {
    setIsAsked(true)
    send.reset()
    if (isWhole) preview.mutate({ params, body })
  }
  const missing = (text: string) =>
    isAsked && !text.trim() ? [{ type: 'newError' as const, text: words('needed') }] : []
  const toggle = (part: Part) =>
    setDraft((now) => ({
      ...now,
      parts: now.parts.includes(part) ? now.parts.filter((one) => one !== part) : [...now.parts, part],
    }))
  if (!isOpen) {
    return (
      <Card title={words('message')}>
        <div className="stack">
          <p className="muted">{words('message.text')}</p>
          <div>
            <ActionButton weight="secondary" icon="mail" onClick={() => setIsOpen(true)}>
              {words('message.open')}
            </ActionButton>
          </div>
        </div>
      </Card>
    )
  }
  return (
    <Card title={words('message')}>
      {preview.data ? (
        <div className="stack">
          <Preview preview={preview.data} />
          {send.error && <ProblemNotice problem={send.error.problem} sayRefusal={refusals} />}
          <div className="row">
            {preview.data.to.length > 0 && (
              <ActionButton
                icon="mail"
                isBusy={send.isPending}
                onClick={() => send.mutate({ params, body: { ...body, expected: preview.data.to.length } })}
              >
                {words('message.send', { count: preview.data.to.length })}
              </ActionButton>
            )}
            <ActionButton weight="quiet" onClick={() => preview.reset()}>
              {words('message.edit')}
            </ActionButton>
          </div>
        </div>
      ) : (
        <div className="fields-group">
          <fieldset className="field">
            <legend>{words('message.to')}</legend>
            <div className="row">
              {MESSAGE_PARTS.map((part) => (
                <label key={part} className="check">
                  <input type="checkbox" checked={draft.parts.includes(part)} onChange={() => toggle(part)} />{' '}
                  {words(`part.${part}`)}
                </label>
              ))}
            </div>
            {isAsked && !draft.parts.length && <p className="hint hint-bad">{words('needed')}</p>}
          </fieldset>
          <TextInput
            renderLabel={words('message.subject')}
            isRequired
            value={draft.subject}
            onChange={(_event, subject) => setDraft((now) => ({ ...now, subject: subject.slice(0, 160) }))}
            messages={missing(draft.subject)}
          />
          <TextArea
            label={words('message.body')}
            required
            value={draft.text}
            onChange={(event) => setDraft((now) => ({ ...now, text: event.target.value.slice(0, 5000) }))}
            messages={missing(draft.text)}
          />
          {preview.error && <ProblemNotice problem={preview.error.problem} sayRefusal={refusals} />}
          <div className="row">
            <ActionButton isBusy={preview.isPending} onClick={look}>
              {words('message.preview')}
            </ActionButton>
            <ActionButton weight="quiet" onClick={() => setIsOpen(false)}>
              {words('close')}
            </ActionButton>
          </div>
        </div>
      )}
    </Card>
  )
}

function Preview({ preview }: { preview: Preview }) {
  const words = useSeasonWords()
  const { subject, text, to, withoutAddress } = preview
  const names = withoutAddress.map(({ name }) => name ?? '?').join(', ')
  return (
    <>
      <p role="status">{words('message.count', { count: to.length })}</p>
      <p className="small">{to.map(({ name, email }) => (name ? `${name} (${email})` : email)).join(', ')}</p>
      {withoutAddress.length > 0 && <p>{words('message.without', { count: withoutAddress.length, names })}</p>}
      <h3>{words('message.previewTitle')}</h3>
      <div className="preview">
        <p>
          <strong>{subject}</strong>
        </p>
        <p className="prewrap">{text}</p>
      </div>
    </>
  )
}
