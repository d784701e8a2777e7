import { useState, type SubmitEvent } from 'react'
import { TextInput } from '@instructure/ui/v11_7'
import { AFFILIATIONS } from '@copractice/core/directory'
import {
  changeLimits,
  ConveningTerm,
  DayOfYear,
  PolicyLimits,
  RULES_OF_EITHER_STRENGTH,
  showProgramme,
} from '@copractice/core/programme'
import { ActionButton, ProblemNotice, useSend, useTell, useUiWords } from '@copractice/ui'
import { Choice } from '../directory/choice.tsx'
import { useRefusals, useWords } from './say.ts'

/** Whole numbers, with the bounds the network may choose within. */
const NUMBERS = {
  cohortSeats: [1, 1000],
  cohortMinimum: [0, 1000],
  cohortChairs: [0, 20],
  minimumMeetings: [0, 100],
  meetingMinutes: [1, 1440],
  meetingMinutesTolerance: [0, 1440],
  deadlineBufferDays: [0, 365],
  silenceWeeks: [1, 104],
} as const
type NumberName = keyof typeof NUMBERS
const NUMBER_NAMES = Object.keys(NUMBERS) as NumberName[]
const TERMS = ConveningTerm.shape.term.options
const USUAL = {
  'schedule.meetings': 'warn',
  'meeting.length': 'warn',
  'schedule.before_deadline': 'block',
  'hours.commitment': 'warn',
} as const

const wholeNumber = (text: string) => (/^\d{1,6}$/.test(text.trim()) ? Number(text) : undefined)

/** Writes a new version of the network's limits. What was typed stays when it cannot be saved. */
export function LimitsForm(props: { version: number; limits: PolicyLimits; onClose: () => void }) {
  const { version, limits, onClose } = props
  const say = useWords()
  const ui = useUiWords()
  const tell = useTell()
  const refusals = useRefusals()
  const [texts, setTexts] = useState(() => ({
    ...(Object.fromEntries(NUMBER_NAMES.map((name) => [name, String(limits[name])])) as Record<NumberName, string>),
    minutes: String(limits.commitment?.minutes ?? ''),
    sessions: String(limits.commitment?.sessions ?? ''),
    reason: '',
  }))
  const [begins, setBegins] = useState(
    () =>
      Object.fromEntries(
        TERMS.map((term) => [term, limits.conveningTerms.find((one) => one.term === term)?.begins ?? '']),
      ) as Record<ConveningTerm['term'], string>,
  )
  const [who, setWho] = useState(limits.eligibleAffiliations)
  const [strengths, setStrengths] = useState(limits.strengths)
  const [isAsked, setIsAsked] = useState(false)
  const save = useSend(changeLimits, {
    refreshes: [showProgramme],
    onDone: ({ version: saved }) => {
      tell({ text: say('policy.saved', { version: saved }) })
      onClose()
    },
  })

  const isGood = (name: NumberName) => {
    const [from, to] = NUMBERS[name]
    const value = wholeNumber(texts[name])
    return value !== undefined && value >= from && value <= to
  }
  const hasPromise = texts.minutes.trim() !== '' || texts.sessions.trim() !== ''
  const isPromiseGood = !hasPromise || [texts.minutes, texts.sessions].every((text) => (wholeNumber(text) ?? 0) > 0)
  const isDay = (text: string) => text.trim() === '' || DayOfYear.safeParse(text.trim()).success
  const areTermsGood = TERMS.every((term) => isDay(begins[term]))
  const isAllGood =
    NUMBER_NAMES.every(isGood) && isPromiseGood && areTermsGood && who.length > 0 && texts.reason.trim() !== ''

  const onSubmit = (event: SubmitEvent) => {
    event.preventDefault()
    setIsAsked(true)
    if (!isAllGood) return
    const numbers = Object.fromEntries(NUMBER_NAMES.map((name) => [name, Number(texts[name])]))
    const commitment = hasPromise ? { minutes: Number(texts.minutes), sessions: Number(texts.sessions) } : null
    const conveningTerms = TERMS.flatMap((term) => (begins[term].trim() ? [{ term, begins: begins[term].trim() }] : []))
    const chosen = { commitment, conveningTerms, eligibleAffiliations: who, strengths }
    const next = PolicyLimits.parse({ ...limits, ...numbers, ...chosen })
    save.mutate({ body: { basedOn: version, limits: next, reason: texts.reason.trim() } })
  }
  const field = (name: keyof typeof texts, label: string, error: string | false, hint?: string) => (
    <TextInput
      key={name}
      renderLabel={label}
      value={texts[name]}
      inputMode={name === 'reason' ? 'text' : 'numeric'}
      onChange={(_event, text) => setTexts({ ...texts, [name]: text })}
      messages={isAsked && error ? [{ type: 'newError', text: error }] : hint ? [{ type: 'hint', text: hint }] : []}
    />
  )
  return (
    <form className="fields-group" noValidate onSubmit={onSubmit} aria-label={say('policy.change')}>
      <div className="two">
        {NUMBER_NAMES.map((name) => {
          const [from, to] = NUMBERS[name]
          return field(name, say(`limit.${name}`), !isGood(name) && say('policy.bad', { from, to }))
        })}
        {field('minutes', say('limit.commitment'), !isPromiseGood && say('policy.bad', { from: 1, to: 999_999 }))}
        {field(
          'sessions',
          say('limit.commitmentSessions'),
          !isPromiseGood && say('policy.bad', { from: 1, to: 999_999 }),
        )}
      </div>
      <fieldset>
        <legend>{say('limit.eligibleAffiliations')}</legend>
        {AFFILIATIONS.map((kind) => (
          <label key={kind} className="row">
            <input
              type="checkbox"
              checked={who.includes(kind)}
              onChange={({ target }) =>
                setWho(AFFILIATIONS.filter((one) => (one === kind ? target.checked : who.includes(one))))
              }
            />
            {say(`affiliation.${kind}`)}
          </label>
        ))}
      </fieldset>
      <fieldset>
        <legend>{say('terms.title')}</legend>
        <div className="two">
          {TERMS.map((term) => (
            <TextInput
              key={term}
              renderLabel={say(`term.${term}`)}
              value={begins[term]}
              onChange={(_event, text) => setBegins({ ...begins, [term]: text })}
              messages={
                isAsked && !isDay(begins[term])
                  ? [{ type: 'newError', text: say('terms.bad') }]
                  : [{ type: 'hint', text: say('terms.hint') }]
              }
            />
          ))}
        </div>
      </fieldset>
      <fieldset>
        <legend>{say('strength.title')}</legend>
        <div className="two">
          {RULES_OF_EITHER_STRENGTH.map((rule) => (
            <Choice
              key={rule}
              id={`strength-${rule}`}
              label={say(`rule.${rule}`)}
              value={strengths[rule] ?? ''}
              options={[
                ['', say('strength.usual', { usual: say(`strength.${USUAL[rule]}`) })],
                ['warn', say('strength.warn')],
                ['block', say('strength.block')],
              ]}
              onChange={(value) => {
                const { [rule]: _before, ...others } = strengths
                setStrengths(value ? { ...others, [rule]: value as 'warn' | 'block' } : others)
              }}
            />
          ))}
        </div>
      </fieldset>
      {field(
        'reason',
        say('policy.reason'),
        !texts.reason.trim() && say('policy.reasonHint'),
        say('policy.reasonHint'),
      )}
      {save.error && <ProblemNotice problem={save.error.problem} sayRefusal={refusals} />}
      <div className="row">
        <ActionButton type="submit" isBusy={save.isPending}>
          {say('policy.save')}
        </ActionButton>
        <ActionButton weight="quiet" onClick={onClose}>
          {ui('cancel')}
        </ActionButton>
      </div>
    </form>
  )
}
