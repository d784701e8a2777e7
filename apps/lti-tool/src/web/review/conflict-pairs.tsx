import { useId, useState } from 'react'
import { roundPeopleRoute, type NamedPerson } from '@copractice/core/review'
import { ActionButton, Icon, Loaded, useRoute } from '@copractice/ui'
import { useRefusals, useWords } from './say.ts'

type Pair = readonly [NamedPerson, NamedPerson]
type Props = Readonly<{ pairs: readonly Pair[]; others: number; onChange: (pairs: readonly Pair[]) => void }>

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
  if (pairs.length === 0) return null
  return (
    <ul className="pair-list plain">
      {pairs.map((pair, place) => {
        const [first, second] = pair.map(({ name }) => name ?? say('run.noName')) as [string, string]
        return (
          <li key={pair.map(({ personId }) => personId).join()} className="pill">
            {say('setUp.pair', { first, second })}
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
  const find = (personId: string) => people.find((person) => person.personId === personId)
  const add = () => {
    const pair = [find(first), find(second)] as const
    if (pair[0] && pair[1]) onChange([...pairs, [pair[0], pair[1]]])
    setFirst('')
    setSecond('')
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
      <ActionButton weight="secondary" isDisabled={!first || !second} onClick={add}>
        {say('setUp.addPair')}
      </ActionButton>
    </div>
  )
}
