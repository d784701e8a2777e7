import { useState, type SubmitEvent } from 'react'
import { RadioInput, RadioInputGroup, TextInput } from '@instructure/ui/v11_7'
import { editMe, endSession, getSession } from '@copractice/core/directory'
import { getCohortHome, leaveCohort, listPeople } from '@copractice/core/cohort'
import {
  ActionButton,
  ConfirmModal,
  deviceZone,
  knownZones,
  PageTitle,
  ProblemNotice,
  Section,
  THEMES,
  useNow,
  useSend,
  useTell,
  useThemeChoice,
  useTimes,
  type ThemeName,
} from '@copractice/ui'
import { MyCohortsList } from '../cohort/my-cohorts-page.tsx'
import { ReminderChoice, ResearchChoice } from '../review/choices.tsx'
import { ClaimPart } from './claim-part.tsx'
import { useSeen, useSessionHolder } from './session-provider.tsx'
import { useRefusals, useWords } from './say.ts'

/** Name, pronouns, time zone, appearance, and the way out of the cohort. */
export function SettingsPage() {
  const say = useWords()
  const seen = useSeen()
  return (
    <div className="parts">
      <div className="page-head">
        <div>
          <PageTitle within="Copractice">{say('settings.title')}</PageTitle>
        </div>
      </div>
      <You />
      <ClaimPart />
      <Appearance />
      <ReminderChoice />
      {seen.cohort && <ResearchChoice />}
      {seen.can.switchCohort && (
        <Section title={say('settings.other')}>
          <MyCohortsList />
        </Section>
      )}
      {seen.can.leave && <Leave />}
      {!seen.course && <SignOut />}
    </div>
  )
}

function You() {
  const say = useWords()
  const refusals = useRefusals()
  const tell = useTell()
  const { person } = useSeen()
  const [name, setName] = useState(person.name ?? '')
  const [pronouns, setPronouns] = useState(person.pronouns ?? '')
  const [zone, setZone] = useState(person.timeZone ?? '')
  const [isAsked, setIsAsked] = useState(false)
  const times = useTimes()
  const now = useNow()
  const save = useSend(editMe, {
    refreshes: [getSession, getCohortHome, listPeople],
    onDone: () => tell({ text: say('settings.saved') }),
  })
  const onSubmit = (event: SubmitEvent) => {
    event.preventDefault()
    setIsAsked(true)
    if (!name.trim()) return
    save.mutate({ body: { name: name.trim(), pronouns: pronouns.trim() || null, timeZone: zone || null } })
  }
  return (
    <Section title={say('settings.you')}>
      <form className="fields" onSubmit={onSubmit} noValidate>
        <TextInput
          renderLabel={say('settings.name')}
          isRequired
          autoComplete="name"
          value={name}
          onChange={(_event, value) => setName(value)}
          messages={isAsked && !name.trim() ? [{ type: 'newError', text: say('settings.nameNeeded') }] : []}
        />
        <TextInput
          renderLabel={say('settings.pronouns')}
          value={pronouns}
          onChange={(_event, value) => setPronouns(value)}
          messages={[{ type: 'hint', text: say('settings.optional') }]}
        />
        <div className="field">
          <label htmlFor="zone">{say('settings.zone')}</label>
          <select
            id="zone"
            className="input"
            value={zone}
            aria-describedby="zone-hint"
            onChange={(event) => setZone(event.target.value)}
          >
            <option value="">{say('settings.zoneDevice', { zone: deviceZone() })}</option>
            {knownZones().map((known) => (
              <option key={known} value={known}>
                {known.replaceAll('_', ' ')}
              </option>
            ))}
          </select>
          <p className="hint" id="zone-hint">
            {say('settings.zoneHint', { time: times.dateTime(now, zone || deviceZone()) })}
          </p>
        </div>
        {save.error && <ProblemNotice problem={save.error.problem} sayRefusal={refusals} />}
        <div>
          <ActionButton type="submit" isBusy={save.isPending}>
            {say('settings.save')}
          </ActionButton>
        </div>
      </form>
    </Section>
  )
}

function Appearance() {
  const say = useWords()
  const [theme, choose] = useThemeChoice()
  return (
    <Section title={say('settings.appearance')}>
      <RadioInputGroup
        name="theme"
        description={say('settings.appearanceHint')}
        value={theme}
        onChange={(_event, value) => choose(value as ThemeName)}
      >
        {THEMES.map((name) => (
          <RadioInput key={name} value={name} label={say(`settings.theme.${name}`)} />
        ))}
      </RadioInputGroup>
    </Section>
  )
}

function Leave() {
  const say = useWords()
  const refusals = useRefusals()
  const tell = useTell()
  const { cohort } = useSeen()
  const [isOpen, setIsOpen] = useState(false)
  const leave = useSend(leaveCohort, {
    refreshes: [getSession, getCohortHome, listPeople],
    onDone: () => tell({ text: say('settings.left') }),
  })
  return (
    <Section title={say('settings.cohort')}>
      <div className="stack">
        <p className="lede">{say('settings.leaveText')}</p>
        {leave.error && <ProblemNotice problem={leave.error.problem} sayRefusal={refusals} />}
        <ActionButton weight="bad" onClick={() => setIsOpen(true)}>
          {say('settings.leave')}
        </ActionButton>
      </div>
      <ConfirmModal
        isOpen={isOpen}
        title={say('settings.leaveAsk', { name: cohort?.name ?? '' })}
        confirm={say('settings.leave')}
        weight="bad"
        isBusy={leave.isPending}
        onClose={() => setIsOpen(false)}
        onConfirm={() => leave.mutate({}, { onSettled: () => setIsOpen(false) })}
      >
        <p>{say('settings.leaveText')}</p>
      </ConfirmModal>
    </Section>
  )
}

function SignOut() {
  const say = useWords()
  const holder = useSessionHolder()
  const end = useSend(endSession, {
    onDone: () => {
      holder.end()
      window.location.replace('/sign-in')
    },
  })
  return (
    <section>
      <ActionButton weight="quiet" onClick={() => end.mutate({})} isBusy={end.isPending}>
        {say('settings.signOut')}
      </ActionButton>
    </section>
  )
}
