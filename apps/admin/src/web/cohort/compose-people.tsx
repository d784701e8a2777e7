import { useState } from 'react'
import { SEAT_KINDS, type SeatKind } from '@copractice/core/cohort'
import type { ConveningId } from '@copractice/core/kernel'
import { ActionButton, EmptyState, LetterBadge, TextButton, useTell } from '@copractice/ui'
import type { Chosen, Composing } from './compose-draft.ts'
import { FindPeople, FindRegistrants, type Found } from './find-people.tsx'
import { useWords } from './say.ts'

type Props = Readonly<{ composing: Composing; set: (change: Partial<Composing>) => void }>

/** Who is in the cohort and in which part; people come from the convening or from a search of the campuses. */
export function ComposePeople({ composing, set }: Props) {
  const say = useWords()
  const tell = useTell()
  const { people, conveningId } = composing
  const [isSearching, setIsSearching] = useState(false)
  const taken = new Set<string>(people.map(({ personId }) => personId))
  const pick = (found: Found) => set({ people: [...people, { ...found, kind: 'participant', isWaitlisted: false }] })
  const change = (personId: string, next: Partial<Chosen>) =>
    set({ people: people.map((one) => (one.personId === personId ? { ...one, ...next } : one)) })
  const takeOut = (one: Chosen) => {
    set({ people: people.filter(({ personId }) => personId !== one.personId) })
    tell({ text: say('removed', { name: one.name }), undo: () => set({ people }) })
  }
  return (
    <div className="stack">
      {people.length ? (
        <ul className="chosen plain" aria-label={say('chosen')}>
          {people.map((one) => (
            <ChosenRow
              key={one.personId}
              one={one}
              onChange={(next) => change(one.personId, next)}
              onRemove={() => takeOut(one)}
            />
          ))}
        </ul>
      ) : (
        <EmptyState title={say('chosen.none')} icon="people">
          {say('chosen.noneText')}
        </EmptyState>
      )}
      {conveningId && (
        <section className="picker" aria-label={say('fromConvening')}>
          <h3>{say('fromConvening')}</h3>
          <FindRegistrants conveningId={conveningId as ConveningId} taken={taken} onPick={pick} />
        </section>
      )}
      {isSearching || !conveningId ? (
        <section className="picker" aria-label={say('fromCampuses')}>
          <h3>{say('fromCampuses')}</h3>
          <FindPeople taken={taken} onPick={pick} />
        </section>
      ) : (
        <div>
          <ActionButton weight="quiet" icon="search" onClick={() => setIsSearching(true)}>
            {say('fromCampuses')}
          </ActionButton>
        </div>
      )}
    </div>
  )
}

const WAITS = 'waits'

function ChosenRow(props: { one: Chosen; onChange: (next: Partial<Chosen>) => void; onRemove: () => void }) {
  const say = useWords()
  const { one, onChange, onRemove } = props
  const choose = (value: string) =>
    onChange(
      value === WAITS ? { kind: 'participant', isWaitlisted: true } : { kind: value as SeatKind, isWaitlisted: false },
    )
  return (
    <li>
      <LetterBadge mark={one.institution} small />
      <span>
        {one.name}
        <br />
        <span className="small muted">{one.institution.name}</span>
      </span>
      <select
        className="input"
        aria-label={say('part.of', { name: one.name })}
        value={one.isWaitlisted ? WAITS : one.kind}
        onChange={(event) => choose(event.target.value)}
      >
        {SEAT_KINDS.map((kind) => (
          <option key={kind} value={kind}>
            {say(`part.${kind}`)}
          </option>
        ))}
        <option value={WAITS}>{say('part.waitlisted')}</option>
      </select>
      <TextButton about={one.name} onClick={onRemove}>
        {say('remove')}
      </TextButton>
    </li>
  )
}
