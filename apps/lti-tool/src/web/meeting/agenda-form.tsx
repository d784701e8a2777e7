import { useState, type SubmitEvent } from 'react'
import { showAgenda, writeAgenda, type AgendaItem, type MeetingSeen } from '@copractice/core/meeting'
import { ActionButton, ProblemNotice, TextButton, useSend, useTell } from '@copractice/ui'
import { useParticipationRefusals, useParticipationWords } from './say-participation.ts'

const KINDS = [
  'check_in',
  'competency_discussion',
  'principle_theory_or_model',
  'story_to_principles',
  'case_study_or_scenario',
  'resource_discussion',
  'requirements_and_buddy_plan',
  'workshop_or_peer_review',
  'personal_inquiry',
  'open_space',
] as const satisfies readonly AgendaItem['kind'][]
const FUNCTIONS = ['educate', 'support', 'cultivate', 'encourage', 'integrate'] as const
const MOST = 20

const emptyPart = (): AgendaItem => ({ title: '', kind: 'open_space', minutes: 15, ledBy: 'everyone', functions: [] })

type Props = Readonly<{ meeting: MeetingSeen; items: readonly AgendaItem[]; onClose: () => void }>

/** The parts of a meeting in their order. Warnings show once it is saved. */
export function AgendaForm({ meeting, items, onClose }: Props) {
  const say = useParticipationWords()
  const refusals = useParticipationRefusals()
  const tell = useTell()
  const [parts, setParts] = useState<readonly AgendaItem[]>(items.length ? items : [emptyPart()])
  const write = useSend(writeAgenda, {
    refreshes: [showAgenda],
    onDone: () => {
      tell({ text: say('agenda.saved') })
      onClose()
    },
  })
  const onSubmit = (event: SubmitEvent) => {
    event.preventDefault()
    write.mutate({ params: { id: meeting.id }, body: { items: [...parts] } })
  }
  const change = (at: number, part: AgendaItem) => setParts(parts.with(at, part))
  return (
    <form className="stack" onSubmit={onSubmit}>
      {parts.map((part, at) => (
        <Part
          key={at}
          id={`agenda-${meeting.id}-${at}`}
          number={at + 1}
          part={part}
          onChange={(next) => change(at, next)}
          onRemove={() => setParts(parts.toSpliced(at, 1))}
        />
      ))}
      {parts.length < MOST && (
        <p>
          <TextButton onClick={() => setParts([...parts, emptyPart()])}>{say('agenda.add')}</TextButton>
        </p>
      )}
      <div className="row">
        <ActionButton type="submit" weight="primary" isBusy={write.isPending}>
          {say('agenda.save')}
        </ActionButton>
        <ActionButton weight="quiet" onClick={onClose}>
          {say('agenda.cancel')}
        </ActionButton>
      </div>
      {write.error && <ProblemNotice problem={write.error.problem} sayRefusal={refusals} />}
    </form>
  )
}

type PartProps = Readonly<{
  id: string
  number: number
  part: AgendaItem
  onChange: (part: AgendaItem) => void
  onRemove: () => void
}>

function Part({ id, number, part, onChange, onRemove }: PartProps) {
  const say = useParticipationWords()
  return (
    <fieldset className="agenda-part">
      <legend>{say('agenda.part', { number })}</legend>
      <div className="field">
        <label htmlFor={`${id}-title`}>{say('agenda.title')}</label>
        <input
          className="input"
          id={`${id}-title`}
          required
          maxLength={160}
          value={part.title}
          onChange={(event) => onChange({ ...part, title: event.target.value })}
        />
      </div>
      <div className="row">
        <div className="field">
          <label htmlFor={`${id}-kind`}>{say('agenda.kind')}</label>
          <select
            className="input"
            id={`${id}-kind`}
            value={part.kind}
            onChange={(event) => onChange({ ...part, kind: event.target.value as AgendaItem['kind'] })}
          >
            {KINDS.map((kind) => (
              <option key={kind} value={kind}>
                {say(`kind.${kind}`)}
              </option>
            ))}
          </select>
        </div>
        <div className="field">
          <label htmlFor={`${id}-minutes`}>{say('agenda.minutes')}</label>
          <input
            className="input"
            id={`${id}-minutes`}
            type="number"
            min={1}
            max={480}
            required
            value={part.minutes || ''}
            onChange={(event) => onChange({ ...part, minutes: Number(event.target.value) })}
          />
        </div>
        <div className="field">
          <label htmlFor={`${id}-by`}>{say('agenda.ledBy')}</label>
          <select
            className="input"
            id={`${id}-by`}
            value={part.ledBy}
            onChange={(event) => onChange({ ...part, ledBy: event.target.value as AgendaItem['ledBy'] })}
          >
            <option value="everyone">{say('agenda.everyone')}</option>
            <option value="one_person">{say('agenda.one_person')}</option>
          </select>
        </div>
      </div>
      <fieldset className="row agenda-functions">
        <legend>{say('agenda.functions')}</legend>
        {FUNCTIONS.map((one) => (
          <label key={one}>
            <input
              type="checkbox"
              checked={part.functions.includes(one)}
              onChange={({ target }) =>
                onChange({
                  ...part,
                  functions: FUNCTIONS.filter((other) =>
                    other === one ? target.checked : part.functions.includes(other),
                  ),
                })
              }
            />{' '}
            {say(`function.${one}`)}
          </label>
        ))}
      </fieldset>
      <TextButton about={say('agenda.part', { number })} onClick={onRemove}>
        {say('agenda.remove')}
      </TextButton>
    </fieldset>
  )
}
