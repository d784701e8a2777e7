import { TextInput } from '@instructure/ui/v11_7'
import { ActionButton, DateTimeField, fromLocalField } from '@copractice/ui'
import { isLinkWrong, repeatWeekly, type Composing } from './compose-draft.ts'
import { PlannedMeetings } from './planned-meetings.tsx'
import { useWords } from './say.ts'

type Props = Readonly<{
  composing: Composing
  set: (change: Partial<Composing>) => void
  change: (next: (now: Composing) => Composing) => void
  isAsked: boolean
}>

const USUAL_MINUTES = '90'
const FILL_UP_TO = 6

/** The meetings: one by one, or one and then weekly. Times are those of the cohort's zone. */
export function ComposeMeetings({ composing, set, change, isAsked }: Props) {
  const say = useWords()
  const { meetings, zone } = composing
  const titleOf = (number: number) => say('meeting.title', { number })
  const last = meetings.at(-1)
  const canRepeat = last !== undefined && fromLocalField(last.starts, zone) !== null && meetings.length < FILL_UP_TO
  const needed = [{ type: 'newError' as const, text: say('needed') }]
  return (
    <div className="meeting-rows">
      <PlannedMeetings
        meetings={meetings}
        onChange={(next) => set({ meetings: next })}
        rowClass="meeting-row"
        next={(before) => ({
          title: titleOf(meetings.length + 1),
          starts: '',
          minutes: before?.minutes ?? USUAL_MINUTES,
          place: before?.place ?? '',
          joinUrl: before?.joinUrl ?? '',
        })}
        linkProblem={(meeting) => (isLinkWrong(meeting) ? say('meeting.linkWrong') : undefined)}
        words={{
          none: say('compose.noMeetings'),
          noneText: say('compose.noMeetingsText'),
          first: say('meeting.first'),
          add: say('meeting.add'),
          remove: say('remove'),
          place: say('meeting.place'),
          link: say('meeting.link'),
          number: (number) => say('meeting.number', { number }),
          removed: (title) => say('meeting.removed', { title }),
        }}
        more={
          canRepeat && (
            <ActionButton
              weight="secondary"
              size="small"
              icon="calendar"
              onClick={() => change((now) => repeatWeekly(now, FILL_UP_TO, titleOf))}
            >
              {say('meeting.weekly', { count: FILL_UP_TO })}
            </ActionButton>
          )
        }
      >
        {({ title, starts, minutes }, _number, edit) => (
          <div className="meeting-line">
            <TextInput
              renderLabel={say('meeting.name')}
              isRequired
              value={title}
              onChange={(_event, value) => edit({ title: value })}
              messages={isAsked && !title.trim() ? needed : []}
            />
            <DateTimeField
              label={say('meeting.starts')}
              value={starts}
              zone={zone}
              onChange={(value) => edit({ starts: value })}
              {...(isAsked && !fromLocalField(starts, zone) && { error: say('needed') })}
            />
            <TextInput
              renderLabel={say('meeting.minutes')}
              inputMode="numeric"
              value={minutes}
              onChange={(_event, value) => edit({ minutes: value })}
            />
          </div>
        )}
      </PlannedMeetings>
    </div>
  )
}
