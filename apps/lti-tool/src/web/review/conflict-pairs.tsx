import { useId, useState } from 'react'
import { ConflictReason, roundPeopleRoute, type NamedPerson } from '@copractice/core/review'
import { ActionButton, Icon, Loaded, useRoute } from '@copractice/ui'
import type { PairFields } from './round-fields.ts'
import { useRefusals, useWords } from './say.ts'
import { useSetupWords } from './say-setup.ts'

type Props = Readonly<{
  pairs: readonly PairFields[]
  others: number
  onChange: (pairs: readonly PairFields[]) => void
}>

/** Pairs of the instructor's own learners who never review one another. */
export function ConflictPairs(props: Props) {
  const say = useWords()
  const refusals = useRefusals()
  const people = useRoute(roundPeopleRoute, {})
  return (
    <fieldset className="stack">
      <legend className="label">{say('setUp.conflicts')}</legend>
      <p className="hint">{say('setUp.conflictsHint')}</p>
      <Pairs {...props} />
      <Loaded from={people} what={say('setUp.conflicts')} lines={1} sayRefusal={refusals}>
        {({ own }) => own.length > 1 && <NewPair {...props} people={own} />}
      </Loaded>
      {props.others > 0 && <p className="hint">{say('setUp.otherPairs', { count: props.others })}</p>}
    </fieldset>
  )
}

function Pairs({ pairs, onChange }: Props) {
  const say = useWords()
  const setup = useSetupWords()
  if (pairs.length === 0) return null
  return (
    <ul className="pair-list plain">
      {pairs.map(({ people, reason, note }, place) => {
        const [first, second] = people.map(({ name }) => name ?? say('run.noName')) as [string, string]
        return (
          <li key={people.map(({ personId }) => personId).join()} className="pill">
            {say('setUp.pair', { first, second })} ({note || setup(`reason.${reason}`)})
            <button
              type="button"
              aria-label={say('setUp.removePair', { first, second })}
              onClick={() => onChange(pairs.toSpliced(place, 1))}
            >
              <Icon name="cross" small />
            </button>
          </li>
        )
      })}
    </ul>
  )
}

function NewPair({ people, pairs, onChange }: Props & { people: readonly NamedPerson[] }) {
  const say = useWords()
  const id = useId()
  const [first, setFirst] = useState('')
  const [second, setSecond] = useState('')
  const [reason, setReason] = useState<ConflictReason>('declared')
  const [note, setNote] = useState('')
  const setup = useSetupWords()
  const find = (personId: string) => people.find((person) => person.personId === personId)
  const add = () => {
    const pair = [find(first), find(second)] as const
    if (pair[0] && pair[1]) onChange([...pairs, { people: [pair[0], pair[1]], reason, note: note.trim() }])
    setFirst('')
    setSecond('')
    setNote('')
  }
  const select = (label: string, value: string, set: (value: string) => void, not: string) => (
    <div className="field">
      <label htmlFor={id + label}>{label}</label>
      <select id={id + label} className="input" value={value} onChange={(event) => set(event.target.value)}>
        <option value="">{say('setUp.choosePerson')}</option>
        {people
          .filter(({ personId }) => personId !== not)
          .map(({ personId, name }) => (
            <option key={personId} value={personId}>
              {name ?? say('run.noName')}
            </option>
          ))}
      </select>
    </div>
  )
  return (
    <div className="two pair-new">
      {select(say('setUp.first'), first, setFirst, second)}
      {select(say('setUp.second'), second, setSecond, first)}
      <div className="field">
        <label htmlFor={`${id}-why`}>{setup('reason')}</label>
        <select
          id={`${id}-why`}
          className="input"
          value={reason}
          onChange={(event) => setReason(ConflictReason.parse(event.target.value))}
        >
          {ConflictReason.options.map((one) => (
            <option key={one} value={one}>
              {setup(`reason.${one}`)}
            </option>
          ))}
        </select>
      </div>
      <div className="field">
        <label htmlFor={`${id}-note`}>{setup('reasonNote')}</label>
        <input
          id={`${id}-note`}
          className="input"
          maxLength={200}
          value={note}
          onChange={(event) => setNote(event.target.value)}
        />
      </div>
      <ActionButton weight="secondary" isDisabled={!first || !second} onClick={add}>
        {say('setUp.addPair')}
      </ActionButton>
    </div>
  )
}
