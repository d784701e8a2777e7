import { useState, type SubmitEvent } from 'react'
import { NumberInput, TextInput } from '@instructure/ui/v11_7'
import { getCohortHome } from '@copractice/core/cohort'
import { cancelMeeting, changeMeeting, listMeetings, planMeeting, type MeetingSeen } from '@copractice/core/meeting'
import {
  ActionButton,
  ConfirmModal,
  DateTimeField,
  fromLocalField,
  ProblemNotice,
  toLocalField,
  useSend,
  useTell,
  useUiWords,
} from '@copractice/ui'
import { useSeen } from '../directory/session-provider.tsx'
import { Findings, findingsOf } from './findings.tsx'
import { useRefusals, useWords } from './say.ts'

const refreshes = [listMeetings, getCohortHome]

type Fields = {
  title: string
  starts: string
  minutes: string
  place: string
  joinUrl: string
  bring: string
  reason: string
}

const fieldsOf = (meeting: MeetingSeen | null, zone: string): Fields => ({
  title: meeting?.title ?? '',
  starts: meeting ? toLocalField(meeting.startsAt, zone) : '',
  minutes: meeting ? String((meeting.endsAt.getTime() - meeting.startsAt.getTime()) / 60_000) : '90',
  place: meeting?.place ?? '',
  joinUrl: meeting?.joinUrl ?? '',
  bring: meeting?.bring ?? '',
  reason: '',
})

/** Plans a meeting or changes one. Where it differs from what is usual it asks for a reason, and then goes ahead. */
export function PlanMeetingForm({ meeting, onClose }: { meeting: MeetingSeen | null; onClose: () => void }) {
  const say = useWords()
  const ui = useUiWords()
  const refusals = useRefusals()
  const tell = useTell()
  const { cohort } = useSeen()
  const zone = meeting?.timeZone ?? cohort?.timeZone ?? 'UTC'
  const [fields, setFields] = useState(() => fieldsOf(meeting, zone))
  const [isAsked, setIsAsked] = useState(false)
  const set = (name: keyof Fields) => (_event: unknown, value: string) => setFields({ ...fields, [name]: value })
  const onDone = () => {
    tell({ text: say('plan.saved') })
    onClose()
  }
  const plan = useSend(planMeeting, { refreshes, onDone })
  const change = useSend(changeMeeting, { refreshes, onDone })
  const sending = meeting ? change : plan
  const problem = sending.error?.problem
  const findings = findingsOf(problem)

  const startsAt = fromLocalField(fields.starts, zone)
  const onSubmit = (event: SubmitEvent) => {
    event.preventDefault()
    setIsAsked(true)
    const minutes = Number(fields.minutes)
    if (!startsAt || !fields.title.trim() || !(minutes > 0)) return
    const body = {
      title: fields.title.trim(),
      startsAt,
      endsAt: new Date(startsAt.getTime() + minutes * 60_000),
      timeZone: zone,
      place: fields.place.trim() || null,
      joinUrl: fields.joinUrl.trim() || null,
      bring: fields.bring.trim() || null,
      ...(fields.reason.trim() && { reason: fields.reason.trim() }),
    }
    if (meeting) change.mutate({ params: { id: meeting.id }, body })
    else plan.mutate({ body })
  }
  const needed = (value: string) =>
    isAsked && !value.trim() ? [{ type: 'newError' as const, text: say('plan.needed') }] : []
  const hint = (text: string) => [{ type: 'hint' as const, text }]

  return (
    <form className="plan" onSubmit={onSubmit} noValidate aria-label={say('plan.open')}>
      <div className="fields">
        <TextInput
          renderLabel={say('plan.name')}
          isRequired
          value={fields.title}
          onChange={set('title')}
          messages={needed(fields.title)}
        />
        <div className="two">
          <DateTimeField
            label={say('plan.date')}
            value={fields.starts}
            zone={zone}
            onChange={(value) => setFields({ ...fields, starts: value })}
            {...(isAsked && !startsAt && { error: say('plan.needed') })}
          />
          <NumberInput
            renderLabel={say('plan.minutes')}
            showArrows={false}
            value={fields.minutes}
            onChange={set('minutes')}
            messages={needed(fields.minutes)}
          />
        </div>
        <TextInput
          renderLabel={say('plan.place')}
          value={fields.place}
          onChange={set('place')}
          messages={hint(say('plan.placeHint'))}
        />
        <TextInput
          renderLabel={say('plan.link')}
          type="url"
          value={fields.joinUrl}
          onChange={set('joinUrl')}
          messages={hint(say('plan.linkHint'))}
        />
        <TextInput
          renderLabel={say('plan.bring')}
          value={fields.bring}
          onChange={set('bring')}
          messages={hint(say('plan.bringHint'))}
        />
        {problem && <ProblemNotice problem={problem} sayRefusal={refusals} />}
        <Findings findings={findings} />
        {findings.length > 0 && (
          <TextInput
            renderLabel={say('plan.reason')}
            isRequired
            value={fields.reason}
            onChange={set('reason')}
            messages={hint(say('plan.reasonHint'))}
          />
        )}
        <div className="row">
          <ActionButton type="submit" isBusy={sending.isPending}>
            {say(findings.length > 0 ? 'plan.saveAnyway' : 'plan.save')}
          </ActionButton>
          <ActionButton weight="quiet" onClick={onClose}>
            {ui('cancel')}
          </ActionButton>
          {meeting && <CallOff meeting={meeting} onDone={onClose} />}
        </div>
      </div>
    </form>
  )
}

function CallOff({ meeting, onDone }: { meeting: MeetingSeen; onDone: () => void }) {
  const say = useWords()
  const refusals = useRefusals()
  const tell = useTell()
  const [isOpen, setIsOpen] = useState(false)
  const cancel = useSend(cancelMeeting, {
    refreshes,
    onDone: () => {
      tell({ text: say('plan.cancelled') })
      onDone()
    },
  })
  return (
    <>
      <ActionButton weight="bad" onClick={() => setIsOpen(true)}>
        {say('plan.cancel')}
      </ActionButton>
      <ConfirmModal
        isOpen={isOpen}
        title={say('plan.cancelAsk', { title: meeting.title })}
        confirm={say('plan.cancel')}
        weight="bad"
        isBusy={cancel.isPending}
        onClose={() => setIsOpen(false)}
        onConfirm={() => cancel.mutate({ params: { id: meeting.id } })}
      >
        <p>{say('plan.cancelText', { count: meeting.coming })}</p>
        {cancel.error && <ProblemNotice problem={cancel.error.problem} sayRefusal={refusals} />}
      </ConfirmModal>
    </>
  )
}
