import { useState, type SubmitEvent } from 'react'
import { TextArea, TextInput } from '@instructure/ui/v11_7'
import { SESSION_KINDS, type SessionListed, type SessionPlan } from '@copractice/core/convening'
import { FUNCTIONS } from '@copractice/core/programme'
import {
  ActionButton,
  DateTimeField,
  fromLocalField,
  ProblemNotice,
  toLocalField,
  useUiWords,
  type CallProblem,
} from '@copractice/ui'
import { Choice } from '../directory/choice.tsx'
import { useDayWords } from './say-day.ts'
import { useRefusals } from './say.ts'

const isLink = (text: string) => text === '' || /^https:\/\/\S+\.\S+$/.test(text)
const isCapacity = (text: string) => text === '' || /^[1-9]\d{0,4}$/.test(text)

/** One session: what, when, where, with whom, and what it serves. */
export function SessionForm(props: {
  existing?: SessionListed | undefined
  startsAt: Date
  timeZone: string
  problem: CallProblem | undefined
  isBusy: boolean
  onSave: (plan: SessionPlan) => void
  onClose: () => void
}) {
  const { existing, startsAt: dayStarts, timeZone, problem, isBusy, onSave, onClose } = props
  const say = useDayWords()
  const ui = useUiWords()
  const refusals = useRefusals()
  const [fields, setFields] = useState(() => ({
    title: existing?.title ?? '',
    track: existing?.track ?? '',
    kind: existing?.kind ?? 'session',
    starts: toLocalField(existing?.startsAt ?? dayStarts, timeZone),
    ends: toLocalField(existing?.endsAt ?? new Date(dayStarts.getTime() + 3_600_000), timeZone),
    place: existing?.place ?? '',
    joinUrl: existing?.joinUrl ?? '',
    capacity: existing?.capacity ? String(existing.capacity) : '',
    speakers: existing?.speakers ?? '',
    description: existing?.description ?? '',
  }))
  const [functions, setFunctions] = useState(existing?.functions ?? [])
  const [isAsked, setIsAsked] = useState(false)
  const set = (name: keyof typeof fields) => (value: string) => setFields((now) => ({ ...now, [name]: value }))
  const [startsAt, endsAt] = [fromLocalField(fields.starts, timeZone), fromLocalField(fields.ends, timeZone)]
  const [joinUrl, capacity] = [fields.joinUrl.trim(), fields.capacity.trim()]
  const onSubmit = (event: SubmitEvent) => {
    event.preventDefault()
    setIsAsked(true)
    if (!fields.title.trim() || !startsAt || !endsAt || !isLink(joinUrl) || !isCapacity(capacity)) return
    onSave({
      title: fields.title.trim(),
      track: fields.track.trim(),
      kind: fields.kind,
      startsAt,
      endsAt,
      place: fields.place.trim() || null,
      joinUrl: joinUrl || null,
      capacity: capacity ? Number(capacity) : null,
      speakers: fields.speakers.trim(),
      description: fields.description.trim(),
      functions,
    })
  }
  const text = (name: 'title' | 'track' | 'place' | 'joinUrl' | 'capacity', hint?: string, wrong?: string | false) => (
    <TextInput
      renderLabel={say(`session.${name}`)}
      value={fields[name]}
      isRequired={name === 'title'}
      onChange={(_event, value) => set(name)(value)}
      messages={isAsked && wrong ? [{ type: 'newError', text: wrong }] : hint ? [{ type: 'hint', text: hint }] : []}
    />
  )
  const time = (name: 'starts' | 'ends', at: Date | null) => (
    <DateTimeField
      label={say(`session.${name}`)}
      value={fields[name]}
      zone={timeZone}
      onChange={set(name)}
      {...(isAsked && !at && { error: say('needed') })}
    />
  )
  return (
    <form className="fields-group" noValidate onSubmit={onSubmit} aria-label={say('sessions.add')}>
      {text('title', undefined, !fields.title.trim() && say('needed'))}
      <div className="two">
        {time('starts', startsAt)}
        {time('ends', endsAt)}
      </div>
      <div className="two">
        <Choice
          id="session-kind"
          label={say('session.kind')}
          value={fields.kind}
          options={SESSION_KINDS.map((kind) => [kind, say(`session.kind.${kind}`)] as const)}
          onChange={set('kind')}
        />
        {text('track', say('session.trackHint'))}
      </div>
      <div className="two">
        {text('place')}
        {text('joinUrl', say('session.joinUrlHint'), !isLink(joinUrl) && say('session.joinUrlWrong'))}
        {text('capacity', say('session.capacityHint'), !isCapacity(capacity) && say('session.capacityWrong'))}
      </div>
      <TextArea
        label={say('session.speakers')}
        value={fields.speakers}
        onChange={(event) => set('speakers')(event.target.value)}
        messages={[{ type: 'hint', text: say('session.speakersHint') }]}
      />
      <TextArea
        label={say('session.description')}
        value={fields.description}
        onChange={(event) => set('description')(event.target.value)}
      />
      <fieldset>
        <legend>{say('session.functions')}</legend>
        <div className="row">
          {FUNCTIONS.map((one) => (
            <label key={one} className="row">
              <input
                type="checkbox"
                checked={functions.includes(one)}
                onChange={({ target }) =>
                  setFunctions(
                    FUNCTIONS.filter((other) => (other === one ? target.checked : functions.includes(other))),
                  )
                }
              />
              {say(`function.${one}`)}
            </label>
          ))}
        </div>
      </fieldset>
      {problem && <ProblemNotice problem={problem} sayRefusal={refusals} />}
      <div className="row">
        <ActionButton type="submit" isBusy={isBusy}>
          {say('save')}
        </ActionButton>
        <ActionButton weight="quiet" onClick={onClose}>
          {ui('cancel')}
        </ActionButton>
      </div>
    </form>
  )
}
