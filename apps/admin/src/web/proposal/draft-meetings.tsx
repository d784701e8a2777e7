import { TextInput } from '@instructure/ui/v11_7'
import { Temporal } from 'temporal-polyfill'
import type { PlannedMeeting } from '@copractice/core/proposal'
import { ActionButton, EmptyState, TextButton, useTell } from '@copractice/ui'
import { useWords } from './say.ts'

type Meeting = ReturnType<typeof PlannedMeeting.parse>
type Props = Readonly<{ meetings: readonly Meeting[]; onChange: (meetings: Meeting[]) => void }>

const USUAL = { title: '', date: null, startTime: null, minutes: 90, place: '', joinUrl: '' }
const FILL_UP_TO = 6

/** The plan of meetings, one by one or repeated from the last. Dates and times are local ones of the proposal's zone. */
export function DraftMeetings({ meetings, onChange }: Props) {
  const say = useWords()
  const tell = useTell()
  const last = meetings.at(-1)
  const edit = (at: number, next: Partial<Meeting>) =>
    onChange(meetings.map((meeting, index) => (index === at ? { ...meeting, ...next } : meeting)))
  const takeOut = (at: number) => {
    onChange(meetings.filter((_, index) => index !== at))
    const title = say('meeting.number', { number: at + 1 })
    tell({ text: say('meeting.removed', { title }), undo: () => onChange([...meetings]) })
  }
  const add = () => onChange([...meetings, { ...USUAL, ...last, title: '', date: null }])
  const repeat = (days: number) => {
    const from = Temporal.PlainDate.from(last!.date!)
    const more = Array.from({ length: FILL_UP_TO - meetings.length }, (_, at) => ({
      ...last!,
      title: '',
      date: from.add({ days: days * (at + 1) }).toString(),
    }))
    onChange([...meetings, ...more])
  }
  const canRepeat = Boolean(last?.date) && meetings.length < FILL_UP_TO
  return (
    <>
      {meetings.length === 0 && (
        <EmptyState title={say('meetings.none')} icon="calendar">
          {say('meetings.noneText')}
        </EmptyState>
      )}
      {meetings.map((meeting, at) => (
        <MeetingRow
          // Meetings have no name of their own yet; the order is what tells them apart.
          key={at}
          number={at + 1}
          meeting={meeting}
          onChange={(next) => edit(at, next)}
          onRemove={() => takeOut(at)}
        />
      ))}
      <div className="row">
        <ActionButton weight={meetings.length ? 'quiet' : 'secondary'} size="small" icon="plus" onClick={add}>
          {say(meetings.length ? 'meetings.add' : 'meetings.first')}
        </ActionButton>
        {canRepeat && (
          <>
            <ActionButton weight="quiet" size="small" icon="calendar" onClick={() => repeat(7)}>
              {say('meetings.weekly', { count: FILL_UP_TO })}
            </ActionButton>
            <ActionButton weight="quiet" size="small" icon="calendar" onClick={() => repeat(14)}>
              {say('meetings.fortnightly', { count: FILL_UP_TO })}
            </ActionButton>
          </>
        )}
      </div>
    </>
  )
}

function MeetingRow(props: {
  number: number
  meeting: Meeting
  onChange: (next: Partial<Meeting>) => void
  onRemove: () => void
}) {
  const say = useWords()
  const { number, meeting, onChange, onRemove } = props
  const { title, date, startTime, minutes, place, joinUrl } = meeting
  const id = `meeting-${number}`
  return (
    <fieldset className="plan">
      <legend className="row">
        <strong>{say('meeting.number', { number })}</strong>
        <TextButton about={say('meeting.number', { number })} onClick={onRemove}>
          {say('meeting.remove')}
        </TextButton>
      </legend>
      <div className="plan-line">
        <DateField
          id={`${id}-date`}
          label={say('meeting.date')}
          value={date}
          onChange={(next) => onChange({ date: next })}
        />
        <div className="field">
          <label htmlFor={`${id}-time`}>{say('meeting.time')}</label>
          <input
            id={`${id}-time`}
            className="input"
            type="time"
            value={startTime ?? ''}
            onChange={(event) => onChange({ startTime: event.target.value.slice(0, 5) || null })}
          />
        </div>
        <div className="field">
          <label htmlFor={`${id}-minutes`}>{say('meeting.minutes')}</label>
          <input
            id={`${id}-minutes`}
            className="input num"
            inputMode="numeric"
            value={minutes || ''}
            onChange={(event) => {
              const next = Number(event.target.value)
              if (Number.isInteger(next) && next >= 0 && next <= 1440) onChange({ minutes: next })
            }}
          />
        </div>
      </div>
      <TextInput
        renderLabel={say('meeting.about')}
        value={title}
        onChange={(_event, value) => onChange({ title: value.slice(0, 160) })}
      />
      <div className="two">
        <TextInput
          renderLabel={say('meeting.place')}
          value={place}
          onChange={(_event, value) => onChange({ place: value.slice(0, 300) })}
        />
        <TextInput
          renderLabel={say('meeting.link')}
          type="url"
          value={joinUrl}
          onChange={(_event, value) => onChange({ joinUrl: value.slice(0, 2000) })}
        />
      </div>
    </fieldset>
  )
}

/** A local date by the device's own picker. */
export function DateField(props: {
  id: string
  label: string
  value: string | null
  onChange: (value: string | null) => void
}) {
  const { id, label, value, onChange } = props
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      <input
        id={id}
        className="input"
        type="date"
        value={value ?? ''}
        onChange={(event) => onChange(/^\d{4}-\d\d-\d\d$/.test(event.target.value) ? event.target.value : null)}
      />
    </div>
  )
}
