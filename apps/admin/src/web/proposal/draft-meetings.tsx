import { TextInput } from '@instructure/ui/v11_7'
import { Temporal } from 'temporal-polyfill'
import type { PlannedMeeting } from '@copractice/core/proposal'
import { ActionButton } from '@copractice/ui'
import { PlannedMeetings } from '../cohort/planned-meetings.tsx'
import { useWords } from './say.ts'

type Meeting = ReturnType<typeof PlannedMeeting.parse>
type Props = Readonly<{ meetings: readonly Meeting[]; onChange: (meetings: Meeting[]) => void }>

const USUAL = { title: '', date: null, startTime: null, minutes: 90, place: '', joinUrl: '' }
const FILL_UP_TO = 6

/** The plan of meetings, one by one or repeated from the last. Dates and times are local ones of the proposal's zone. */
export function DraftMeetings({ meetings, onChange }: Props) {
  const say = useWords()
  const last = meetings.at(-1)
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
    <PlannedMeetings
      meetings={meetings}
      onChange={onChange}
      rowClass="plan"
      next={(before) => ({ ...USUAL, ...before, title: '', date: null })}
      words={{
        none: say('meetings.none'),
        noneText: say('meetings.noneText'),
        first: say('meetings.first'),
        add: say('meetings.add'),
        remove: say('meeting.remove'),
        place: say('meeting.place'),
        link: say('meeting.link'),
        number: (number) => say('meeting.number', { number }),
        removed: (title) => say('meeting.removed', { title }),
      }}
      more={
        canRepeat &&
        (
          [
            ['meetings.weekly', 7],
            ['meetings.fortnightly', 14],
          ] as const
        ).map(([words, days]) => (
          <ActionButton key={days} weight="quiet" size="small" icon="calendar" onClick={() => repeat(days)}>
            {say(words, { count: FILL_UP_TO })}
          </ActionButton>
        ))
      }
    >
      {({ title, date, startTime, minutes }, number, edit) => (
        <>
          <div className="plan-line">
            <DateField
              id={`meeting-${number}-date`}
              label={say('meeting.date')}
              value={date}
              onChange={(next) => edit({ date: next })}
            />
            <div className="field">
              <label htmlFor={`meeting-${number}-time`}>{say('meeting.time')}</label>
              <input
                id={`meeting-${number}-time`}
                className="input"
                type="time"
                value={startTime ?? ''}
                onChange={(event) => edit({ startTime: event.target.value.slice(0, 5) || null })}
              />
            </div>
            <div className="field">
              <label htmlFor={`meeting-${number}-minutes`}>{say('meeting.minutes')}</label>
              <input
                id={`meeting-${number}-minutes`}
                className="input num"
                inputMode="numeric"
                value={minutes || ''}
                onChange={(event) => {
                  const next = Number(event.target.value)
                  if (Number.isInteger(next) && next >= 0 && next <= 1440) edit({ minutes: next })
                }}
              />
            </div>
          </div>
          <TextInput
            renderLabel={say('meeting.about')}
            value={title}
            onChange={(_event, value) => edit({ title: value.slice(0, 160) })}
          />
        </>
      )}
    </PlannedMeetings>
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
