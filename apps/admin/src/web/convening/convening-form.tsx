import { useState, type SubmitEvent } from 'react'
import { TextArea, TextInput } from '@instructure/ui/v11_7'
import { CONVENING_KINDS, type ConveningDetails } from '@copractice/core/convening'
import type { RegionId } from '@copractice/core/kernel'
import { showProgramme } from '@copractice/core/programme'
import {
  ActionButton,
  ButtonLink,
  DateTimeField,
  fromLocalField,
  knownZones,
  ProblemNotice,
  toLocalField,
  useNow,
  useRoute,
  useUiWords,
  type CallProblem,
} from '@copractice/ui'
import { Choice } from '../directory/choice.tsx'
import { useMe } from '../directory/signed-in.tsx'
import { useRefusals, useWords } from './say.ts'

/** What the fields hold: text, and wall-clock times in the convening's own zone. */
type Fields = Record<
  | 'name'
  | 'description'
  | 'starts'
  | 'ends'
  | 'closes'
  | 'zone'
  | 'place'
  | 'joinUrl'
  | 'capacity'
  | 'regionId'
  | 'kind'
  | 'term'
  | 'series',
  string
>

function fieldsOf(existing: ConveningDetails | undefined, zone: string, regionId: string): Fields {
  if (!existing) {
    const none = { name: '', description: '', starts: '', ends: '', closes: '', place: '', joinUrl: '', capacity: '' }
    return { ...none, zone, regionId, kind: 'gathering', term: '', series: '' }
  }
  const at = (date: Date | null) => (date ? toLocalField(date, existing.timeZone) : '')
  return {
    name: existing.name,
    description: existing.description,
    starts: at(existing.startsAt),
    ends: at(existing.endsAt),
    closes: at(existing.registrationClosesAt),
    zone: existing.timeZone,
    place: existing.place ?? '',
    joinUrl: existing.joinUrl ?? '',
    capacity: existing.capacity === null ? '' : String(existing.capacity),
    regionId: existing.regionId,
    kind: existing.kind ?? 'gathering',
    term: existing.term ?? '',
    series: existing.series ?? '',
  }
}

const isLink = (text: string) => text === '' || /^https:\/\/\S+\.\S+$/.test(text)
const isCapacity = (text: string) => text === '' || /^[1-9]\d{0,4}$/.test(text)

const DATES = ['starts', 'ends', 'closes'] as const
/** All three, or none yet. */
const hasDates = (fields: Fields) =>
  DATES.every((name) => !fields[name]) || DATES.every((name) => fromLocalField(fields[name], fields.zone))

/** The terms of this year and the next, to choose from. */
const termKeys = (now: Date) =>
  [now.getFullYear(), now.getFullYear() + 1].flatMap((year) =>
    (['spring', 'summer', 'fall'] as const).map((term) => ({ key: `${term}-${year}`, term, year })),
  )

/** The details in the contract's shape; undefined while something is missing or cannot be meant. */
function detailsOf(fields: Fields): ConveningDetails | undefined {
  const [startsAt, endsAt, closesAt] = [fields.starts, fields.ends, fields.closes].map((text) =>
    fromLocalField(text, fields.zone),
  )
  const [joinUrl, capacity] = [fields.joinUrl.trim(), fields.capacity.trim()]
  if (!fields.name.trim() || !isLink(joinUrl) || !isCapacity(capacity) || !hasDates(fields)) return undefined
  return {
    regionId: fields.regionId as RegionId,
    name: fields.name.trim(),
    description: fields.description.trim(),
    startsAt: startsAt ?? null,
    endsAt: endsAt ?? null,
    timeZone: fields.zone,
    place: fields.place.trim() || null,
    joinUrl: joinUrl || null,
    capacity: capacity ? Number(capacity) : null,
    registrationClosesAt: closesAt ?? null,
    kind: fields.kind as (typeof CONVENING_KINDS)[number],
    term: fields.term || null,
    series: fields.series || null,
  }
}

export function ConveningForm(props: {
  existing?: ConveningDetails
  problem: CallProblem | undefined
  isBusy: boolean
  back: string
  onSave: (details: ConveningDetails) => void
}) {
  const say = useWords()
  const ui = useUiWords()
  const refusals = useRefusals()
  const { regions, network } = useMe()
  const { existing, problem, isBusy, back, onSave } = props
  const [fields, setFields] = useState(() => fieldsOf(existing, network.timeZone, regions[0]?.id ?? ''))
  const [isAsked, setIsAsked] = useState(false)
  const programme = useRoute(showProgramme, {})
  const series = (programme.data?.series ?? []).map(({ slug, name }) => [slug, name] as const)
  const now = useNow(3_600_000)
  const terms = termKeys(now).map(({ key, term, year }) => [key, say(`term.${term}`, { year })] as const)
  const set = (name: keyof Fields) => (value: string) => setFields((now) => ({ ...now, [name]: value }))
  const onText = (name: keyof Fields) => (_event: unknown, value: string) => set(name)(value)
  const onSubmit = (event: SubmitEvent) => {
    event.preventDefault()
    setIsAsked(true)
    const details = detailsOf(fields)
    if (details) onSave(details)
  }
  const hint = (text: string, wrong?: string | false) =>
    isAsked && wrong ? [{ type: 'newError' as const, text: wrong }] : [{ type: 'hint' as const, text }]
  const time = (name: 'starts' | 'ends' | 'closes') => ({
    label: say(`form.${name}`),
    value: fields[name],
    zone: fields.zone,
    onChange: set(name),
    ...(isAsked &&
      !hasDates(fields) &&
      !fromLocalField(fields[name], fields.zone) && { error: say('form.datesTogether') }),
  })
  return (
    <form className="fields-group" noValidate onSubmit={onSubmit} aria-label={say('title')}>
      <TextInput
        renderLabel={say('name')}
        isRequired
        value={fields.name}
        onChange={onText('name')}
        messages={isAsked && !fields.name.trim() ? [{ type: 'newError', text: say('form.needed') }] : []}
      />
      <div className="two">
        <Choice
          id="region"
          label={say('region')}
          value={fields.regionId}
          options={regions.map(({ id, name }) => [id, name] as const)}
          onChange={set('regionId')}
        />
        <Choice
          id="zone"
          label={say('form.zone')}
          value={fields.zone}
          options={knownZones().map((zone) => [zone, zone.replaceAll('_', ' ')] as const)}
          onChange={set('zone')}
        />
      </div>
      <div className="two">
        <Choice
          id="kind"
          label={say('form.kind')}
          value={fields.kind}
          options={CONVENING_KINDS.map((kind) => [kind, say(`kind.${kind}`)] as const)}
          onChange={set('kind')}
        />
        <Choice
          id="term"
          label={say('form.term')}
          value={fields.term}
          options={[['', say('form.termOfDates')], ...terms]}
          onChange={set('term')}
        />
        {(series.length > 0 || fields.series) && (
          <Choice
            id="series"
            label={say('form.series')}
            value={fields.series}
            options={[['', say('form.noSeries')], ...series]}
            onChange={set('series')}
          />
        )}
      </div>
      <p className="small muted">{say('form.datesHint')}</p>
      <div className="two">
        <DateTimeField {...time('starts')} />
        <DateTimeField {...time('ends')} />
        <DateTimeField {...time('closes')} />
      </div>
      <div className="two">
        <TextInput
          renderLabel={say('form.place')}
          value={fields.place}
          onChange={onText('place')}
          messages={hint(say('form.placeHint'))}
        />
        <TextInput
          renderLabel={say('form.joinUrl')}
          type="url"
          value={fields.joinUrl}
          onChange={onText('joinUrl')}
          messages={hint(say('form.joinUrlHint'), !isLink(fields.joinUrl.trim()) && say('form.joinUrlWrong'))}
        />
        <TextInput
          renderLabel={say('form.capacity')}
          inputMode="numeric"
          value={fields.capacity}
          onChange={onText('capacity')}
          messages={hint(say('form.capacityHint'), !isCapacity(fields.capacity.trim()) && say('form.capacityWrong'))}
        />
      </div>
      <TextArea
        label={say('description')}
        value={fields.description}
        onChange={(event) => set('description')(event.target.value)}
        messages={hint(say('form.descriptionHint'))}
      />
      {problem && <ProblemNotice problem={problem} sayRefusal={refusals} />}
      <div className="row">
        <ActionButton type="submit" isBusy={isBusy}>
          {say('form.save')}
        </ActionButton>
        <ButtonLink href={back} weight="quiet">
          {ui('cancel')}
        </ButtonLink>
      </div>
    </form>
  )
}
