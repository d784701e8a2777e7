import { TextArea, TextInput } from '@instructure/ui/v11_7'
import { MODALITIES, proposalChoices, SCOPES, type ProposalBody, type ProposalShown } from '@copractice/core/proposal'
import type { InstitutionId, RouteOutput } from '@copractice/core/kernel'
import { ActionButton, Icon, knownZones, LetterBadge, Notice, Section, useRoute } from '@copractice/ui'
import { Choice } from '../directory/choice.tsx'
import { DateField, DraftMeetings } from './draft-meetings.tsx'
import { DraftPeople } from './draft-people.tsx'
import { SeasonStrip } from './season-strip.tsx'
import { useWords } from './say.ts'
import type { Writing } from './use-shared-draft.ts'

type Choices = RouteOutput<typeof proposalChoices>
type Props = Readonly<{ shown: ProposalShown; writing: Writing }>

/** The draft as its authors write it; every change is saved by itself. */
export function DraftForm({ shown, writing }: Props) {
  const say = useWords()
  const choices = useRoute(proposalChoices, { params: { proposalId: shown.id } }).data
  const { body } = writing
  const text = (key: 'democratic' | 'inclusive') => ({
    label: say(`field.${key}`),
    value: body[key],
    onChange: (event: { target: { value: string } }) => writing.set({ [key]: event.target.value.slice(0, 4000) }),
  })
  const charter = (key: keyof ProposalBody['charter']) => ({
    label: say(`field.${key}`),
    value: body.charter[key],
    onChange: (event: { target: { value: string } }) =>
      writing.set({ charter: { ...body.charter, [key]: event.target.value.slice(0, 4000) } }),
  })
  return (
    <div className="stack proposal-form">
      <Conflicts writing={writing} />
      <Section title={say('what.title')} isCard>
        <div className="fields-group">
          <Hosts shown={shown} writing={writing} choices={choices} />
          <TextInput
            renderLabel={say('field.title')}
            isRequired
            value={body.title}
            onChange={(_event, value) => writing.set({ title: value.slice(0, 120) })}
          />
          <div className="two">
            <Area shown={shown} writing={writing} areas={choices?.areas ?? []} />
            <Choice
              id="scope"
              label={say('field.scope')}
              value={body.scope}
              options={SCOPES.map((scope) => [scope, say(`scope.${scope}`)] as const)}
              onChange={(value) => writing.set({ scope: value as ProposalBody['scope'] })}
            />
            <Choice
              id="modality"
              label={say('field.modality')}
              value={body.modality}
              options={MODALITIES.map((modality) => [modality, say(`modality.${modality}`)] as const)}
              onChange={(value) => writing.set({ modality: value as ProposalBody['modality'] })}
            />
            <Choice
              id="cohorts"
              label={say('field.cohorts')}
              value={String(body.cohorts)}
              options={[1, 2, 3, 4, 5, 6].map((count) => [String(count), String(count)] as const)}
              onChange={(value) => writing.set({ cohorts: Number(value) })}
            />
          </div>
        </div>
      </Section>
      <Section title={say('people.title')} isCard>
        <DraftPeople shown={shown} writing={writing} choices={choices} />
      </Section>
      <Section title={say('voice.title')} isCard>
        <div className="fields-group voice-fields">
          <TextArea {...charter('domain')} />
          <TextArea {...charter('community')} />
          <TextArea {...charter('practice')} />
          <TextArea {...text('democratic')} />
          <TextArea {...text('inclusive')} />
        </div>
      </Section>
      <Section title={say('meetings.title', { count: body.meetings.length })} isCard>
        <div className="fields-group">
          <div className="two">
            <DateField
              id="starts-on"
              label={say('field.startsOn')}
              value={body.startsOn}
              onChange={(startsOn) => writing.set({ startsOn })}
            />
            <DateField
              id="ends-on"
              label={say('field.endsOn')}
              value={body.endsOn}
              onChange={(endsOn) => writing.set({ endsOn })}
            />
            <Choice
              id="zone"
              label={say('field.zone')}
              value={body.timeZone}
              options={knownZones().map((zone) => [zone, zone.replaceAll('_', ' ')] as const)}
              onChange={(timeZone) => writing.set({ timeZone })}
            />
          </div>
          <SeasonStrip body={body} shown={shown} />
          <DraftMeetings meetings={body.meetings} onChange={(meetings) => writing.set({ meetings })} />
        </div>
      </Section>
    </div>
  )
}

/** Fields that two wrote at once: both versions, and the writer decides. */
function Conflicts({ writing }: { writing: Writing }) {
  const say = useWords()
  return writing.conflicts.map((conflict) => {
    const { key, mine, theirs, by } = conflict
    const isText = typeof mine === 'string' && typeof theirs === 'string'
    return (
      <Notice key={key} tone="warn" live>
        <p>
          <strong>{say('conflict.title')}</strong>
        </p>
        <p>{say('conflict.text', { who: by ?? say('somebody'), field: say(FIELD_NAMES[key]) })}</p>
        {isText && (
          <blockquote className="voice both">
            <span className="vh">{say('conflict.theirs')}: </span>
            {theirs}
          </blockquote>
        )}
        <div className="row">
          <ActionButton weight="secondary" size="small" onClick={() => writing.settle(conflict, mine)}>
            {say('conflict.mine')}
          </ActionButton>
          <ActionButton weight="quiet" size="small" onClick={() => writing.settle(conflict, theirs)}>
            {say('conflict.takeTheirs')}
          </ActionButton>
          {isText && (
            <ActionButton weight="quiet" size="small" onClick={() => writing.settle(conflict, `${theirs}\n\n${mine}`)}>
              {say('conflict.join')}
            </ActionButton>
          )}
        </div>
      </Notice>
    )
  })
}

const FIELD_NAMES = {
  title: 'field.title',
  area: 'field.area',
  scope: 'field.scope',
  modality: 'field.modality',
  startsOn: 'field.startsOn',
  endsOn: 'field.endsOn',
  timeZone: 'field.zone',
  cohorts: 'field.cohorts',
  meetings: 'meetings.none',
  facilitation: 'people.pairing',
  facilitators: 'read.facilitators',
  chairs: 'read.chairs',
  democratic: 'field.democratic',
  inclusive: 'field.inclusive',
  charter: 'voice.title',
  hosts: 'hosts.title',
} as const

function Area({ shown, writing, areas }: Props & { areas: readonly string[] }) {
  const say = useWords()
  const asked = shown.call?.area
  const options = [...new Set([...areas, ...(asked ? [asked] : [])])]
  return (
    <div className="field">
      <label htmlFor="area">{say('field.area')}</label>
      <input
        id="area"
        className="input"
        list="areas"
        value={writing.body.area}
        aria-describedby="area-hint"
        onChange={(event) => writing.set({ area: event.target.value.slice(0, 200) })}
      />
      <datalist id="areas">
        {options.map((name) => (
          <option key={name} value={name}>
            {name}
          </option>
        ))}
      </datalist>
      <p className="hint" id="area-hint">
        {asked ? say('field.areaAsked', { area: asked }) : say('field.areaHint')}
      </p>
    </div>
  )
}

function Hosts({ shown, writing, choices }: Props & { choices: Choices | undefined }) {
  const say = useWords()
  const known = [...(choices?.institutions ?? []), ...shown.hosts]
  const hosts = writing.hosts.flatMap((id) => known.find((one) => one.id === id) ?? [])
  return (
    <div className="field" role="group" aria-labelledby="hosts-label">
      <span className="label" id="hosts-label">
        {say('hosts.title')}
      </span>
      <ul className="plain hosts">
        {hosts.map((host) => (
          <li key={host.id} className="host">
            <LetterBadge mark={host} small />
            {host.name}
            <button
              type="button"
              aria-label={say('hosts.remove', { name: host.name })}
              onClick={() => writing.setHosts(writing.hosts.filter((id) => id !== host.id))}
            >
              <Icon name="cross" small />
            </button>
          </li>
        ))}
        {hosts.length === 0 && <li className="muted">{say('hosts.none')}</li>}
      </ul>
      {choices && (
        <Choice
          id="add-host"
          label={say('hosts.add')}
          value=""
          options={[
            ['', say('hosts.pick')],
            ...choices.institutions
              .filter(({ id }) => !writing.hosts.includes(id))
              .map(({ id, name }) => [id, name] as const),
          ]}
          onChange={(id) => id && writing.setHosts([...writing.hosts, id as InstitutionId])}
        />
      )}
      <p className="hint">{say('hosts.text')}</p>
    </div>
  )
}
