import { useState, type SubmitEvent } from 'react'
import { TextArea, TextInput } from '@instructure/ui/v11_7'
import type { CallDetails, CallListed } from '@copractice/core/proposal'
import { showProgramme } from '@copractice/core/programme'
import type { RegionId } from '@copractice/core/kernel'
import {
  ActionButton,
  DateTimeField,
  fromLocalField,
  ProblemNotice,
  toLocalField,
  useRoute,
  useUiWords,
  type CallProblem,
} from '@copractice/ui'
import { Choice } from '../directory/choice.tsx'
import { useMe } from '../directory/signed-in.tsx'
import { DateField } from './draft-meetings.tsx'
import { useRefusals, useWords } from './say.ts'

/** A call's fields; dates are wall-clock times in the network's zone. */
export function CallForm(props: {
  existing?: CallListed
  problem: CallProblem | undefined
  isBusy: boolean
  onSave: (details: CallDetails) => void
  onCancel: () => void
}) {
  const say = useWords()
  const ui = useUiWords()
  const refusals = useRefusals()
  const { regions, network, reach } = useMe()
  const zone = network.timeZone
  const { existing, problem, isBusy, onSave, onCancel } = props
  const programme = useRoute(showProgramme, {})
  const [isAsked, setIsAsked] = useState(false)
  const [fields, setFields] = useState({
    title: existing?.title ?? '',
    about: existing?.about ?? '',
    opens: existing ? toLocalField(existing.opensAt, zone) : '',
    closes: existing ? toLocalField(existing.closesAt, zone) : '',
    credential: existing?.credential?.slug ?? '',
    deadline: existing?.enrolmentDeadline ?? null,
    regionId: existing ? (existing.region?.id ?? '') : (regions[0]?.id ?? ''),
  })
  const set = (change: Partial<typeof fields>) => setFields((now) => ({ ...now, ...change }))
  const onSubmit = (event: SubmitEvent) => {
    event.preventDefault()
    setIsAsked(true)
    const [opensAt, closesAt] = [fromLocalField(fields.opens, zone), fromLocalField(fields.closes, zone)]
    if (!fields.title.trim() || !opensAt || !closesAt) return
    onSave({
      title: fields.title.trim(),
      about: fields.about.trim(),
      opensAt,
      closesAt,
      credential: fields.credential || null,
      enrolmentDeadline: fields.deadline,
      regionId: (fields.regionId || null) as RegionId | null,
    })
  }
  const time = (name: 'opens' | 'closes') => ({
    label: say(`call.${name}`),
    value: fields[name],
    zone,
    onChange: (value: string) => set({ [name]: value }),
    ...(isAsked && !fromLocalField(fields[name], zone) && { error: say('needed') }),
  })
  return (
    <form className="fields-group" noValidate onSubmit={onSubmit} aria-label={say('calls.new')}>
      <TextInput
        renderLabel={say('call.title')}
        isRequired
        value={fields.title}
        onChange={(_event, title) => set({ title })}
        messages={isAsked && !fields.title.trim() ? [{ type: 'newError', text: say('needed') }] : []}
      />
      <TextArea
        label={say('call.about')}
        value={fields.about}
        onChange={(event) => set({ about: event.target.value })}
      />
      <div className="two">
        <DateTimeField {...time('opens')} />
        <DateTimeField {...time('closes')} />
        <Choice
          id="call-credential"
          label={say('call.credential')}
          value={fields.credential}
          options={[
            ['', say('call.noCredential')],
            ...(programme.data?.credentials ?? []).map(({ slug, name }) => [slug, name] as const),
          ]}
          onChange={(credential) => set({ credential })}
        />
        <div>
          <DateField
            id="call-deadline"
            label={say('call.deadline')}
            value={fields.deadline}
            onChange={(deadline) => set({ deadline })}
          />
          <p className="hint">{say('call.deadlineHint')}</p>
        </div>
        <Choice
          id="call-region"
          label={say('call.region')}
          value={fields.regionId}
          options={[
            ...(reach === 'network' ? [['', say('calls.whole')] as const] : []),
            ...regions.map(({ id, name }) => [id, name] as const),
          ]}
          onChange={(regionId) => set({ regionId })}
        />
      </div>
      {problem && <ProblemNotice problem={problem} sayRefusal={refusals} />}
      <div className="row">
        <ActionButton type="submit" isBusy={isBusy}>
          {say('call.save')}
        </ActionButton>
        <ActionButton weight="quiet" onClick={onCancel}>
          {ui('cancel')}
        </ActionButton>
      </div>
    </form>
  )
}
