import { TextInput } from '@instructure/ui/v11_7'
import { ActionButton, DateTimeField, EmptyState, fromLocalField, TextButton, useTell } from '@copractice/ui'
import { isLinkWrong, repeatWeekly, type Composing, type MeetingFields } from './compose-draft.ts'
import { useWords } from './say.ts'

type Props = Readonly<{
  composing: Composing
  set: (change: Partial<Composing>) => void
  change: (next: (now: Composing) => Composing) => void
  isAsked: boolean
}>

const USUAL_MINUTES = '90'

/** The meetings: one by one, or one and then weekly. Times are those of the cohort's zone. */
export function ComposeMeetings({ composing, set, change, isAsked }: Props) {
  const say = useWords()
  const tell = useTell()
  const { meetings, zone } = composing
  const titleOf = (number: number) => say('meeting.title', { number })
  const add = () => {
    const last = meetings.at(-1)
    const { minutes = USUAL_MINUTES, place = '', joinUrl = '' } = last ?? {}
    set({ meetings: [...meetings, { title: titleOf(meetings.length + 1), starts: '', minutes, place, joinUrl }] })
  }
  const edit = (at: number, next: Partial<MeetingFields>) =>
    set({ meetings: meetings.map((meeting, index) => (index === at ? { ...meeting, ...next } : meeting)) })
  const takeOut = (at: number) => {
    set({ meetings: meetings.filter((_, index) => index !== at) })
    tell({ text: say('meeting.removed', { title: meetings[at]!.title }), undo: () => set({ meetings }) })
  }
  const last = meetings.at(-1)
  const canRepeat = last !== undefined && fromLocalField(last.starts, zone) !== null && meetings.length < 6
  return (
    <div className="meeting-rows">
      {meetings.length === 0 && (
        <EmptyState title={say('compose.noMeetings')} icon="calendar">
          {say('compose.noMeetingsText')}
        </EmptyState>
      )}
      {meetings.map((meeting, at) => (
        <MeetingRow
          // Meetings have no name of their own yet; the order is what tells them apart.
          key={at}
          number={at + 1}
          meeting={meeting}
          zone={zone}
          isAsked={isAsked}
          onChange={(next) => edit(at, next)}
          onRemove={() => takeOut(at)}
        />
      ))}
      <div className="row">
        <ActionButton weight={meetings.length ? 'quiet' : 'secondary'} icon="plus" onClick={add}>
          {say(meetings.length ? 'meeting.add' : 'meeting.first')}
        </ActionButton>
        {canRepeat && (
          <ActionButton
            weight="secondary"
            icon="calendar"
            onClick={() => change((now) => repeatWeekly(now, 6, titleOf))}
          >
            {say('meeting.weekly', { count: 6 })}
          </ActionButton>
        )}
      </div>
    </div>
  )
}

function MeetingRow(props: {
  number: number
  meeting: MeetingFields
  zone: string
  isAsked: boolean
  onChange: (next: Partial<MeetingFields>) => void
  onRemove: () => void
}) {
  const say = useWords()
  const { number, meeting, zone, isAsked, onChange, onRemove } = props
  const { title, starts, minutes, place, joinUrl } = meeting
  return (
    <fieldset className="meeting-row">
      <legend className="row">
        <strong>{say('meeting.number', { number })}</strong>
        <TextButton about={say('meeting.number', { number })} onClick={onRemove}>
          {say('remove')}
        </TextButton>
      </legend>
      <div className="meeting-line">
        <TextInput
          renderLabel={say('meeting.name')}
          isRequired
          value={title}
          onChange={(_event, value) => onChange({ title: value })}
          messages={isAsked && !title.trim() ? [{ type: 'newError', text: say('needed') }] : []}
        />
        <DateTimeField
          label={say('meeting.starts')}
          value={starts}
          zone={zone}
          onChange={(value) => onChange({ starts: value })}
          {...(isAsked && !fromLocalField(starts, zone) && { error: say('needed') })}
        />
        <TextInput
          renderLabel={say('meeting.minutes')}
          inputMode="numeric"
          value={minutes}
          onChange={(_event, value) => onChange({ minutes: value })}
        />
      </div>
      <div className="two">
        <TextInput
          renderLabel={say('meeting.place')}
          value={place}
          onChange={(_event, value) => onChange({ place: value })}
        />
        <TextInput
          renderLabel={say('meeting.link')}
          type="url"
          value={joinUrl}
          onChange={(_event, value) => onChange({ joinUrl: value })}
          messages={isLinkWrong(meeting) ? [{ type: 'newError', text: say('meeting.linkWrong') }] : []}
        />
      </div>
    </fieldset>
  )
}
