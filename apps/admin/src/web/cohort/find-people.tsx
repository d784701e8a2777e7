import { useDeferredValue, useState } from 'react'
import { TextInput } from '@instructure/ui/v11_7'
import { listRegistrations } from '@copractice/core/convening'
import { searchPeople, type CampusMark } from '@copractice/core/directory'
import type { ConveningId, PersonId } from '@copractice/core/kernel'
import { ActionButton, Icon, LetterBadge, Loaded, useRoute } from '@copractice/ui'
import { useWords } from './say.ts'

/** Somebody who can be given a part, with where they come from. */
export type Found = Readonly<{ personId: PersonId; name: string; institution: CampusMark }>
type Props = Readonly<{ taken: ReadonlySet<string>; onPick: (found: Found) => void }>

/** People of the campuses by name or address; a person of two institutions shows once for each. */
export function FindPeople({ taken, onPick }: Props) {
  const say = useWords()
  const [text, setText] = useState('')
  const search = useDeferredValue(text.trim())
  const query = { limit: 20, ...(search && { search }) }
  const people = useRoute(searchPeople, { query }, { keepPrevious: true })
  return (
    <div className="stack">
      <TextInput
        renderLabel={say('find')}
        type="search"
        value={text}
        renderBeforeInput={<Icon name="search" small />}
        onChange={(_event, value) => setText(value)}
      />
      <Loaded from={people} what={say('people')} lines={4}>
        {({ items, next }) => (
          <>
            <FoundList
              taken={taken}
              onPick={onPick}
              found={items.flatMap(({ id, name, email, affiliations }) =>
                affiliations.map(({ institution, kind }) => ({
                  personId: id,
                  name: name ?? email ?? say('noName'),
                  institution,
                  note: say(`affiliation.${kind}`),
                })),
              )}
            />
            {next && <p className="small muted">{say('find.more')}</p>}
          </>
        )}
      </Loaded>
    </div>
  )
}

/** Those who signed up for a convening and did not cancel, in the order they came. */
export function FindRegistrants({ conveningId, taken, onPick }: Props & { conveningId: ConveningId }) {
  const say = useWords()
  const given = { params: { conveningId }, query: { limit: 100 } }
  const registrations = useRoute(listRegistrations, given)
  return (
    <Loaded from={registrations} what={say('people')} lines={4}>
      {({ items }) => (
        <FoundList
          taken={taken}
          onPick={onPick}
          found={items
            .filter(({ status }) => status !== 'cancelled')
            .map(({ person, institution, affiliation, interests }) => ({
              personId: person.id,
              name: person.name ?? person.email ?? say('noName'),
              institution,
              note: [say(`affiliation.${affiliation}`), interests].filter(Boolean).join(': '),
            }))}
        />
      )}
    </Loaded>
  )
}

function FoundList({ found, taken, onPick }: Props & { found: readonly (Found & { note: string })[] }) {
  const say = useWords()
  const left = found.filter(({ personId }) => !taken.has(personId))
  if (!left.length) return <p className="muted">{say(found.length ? 'find.allTaken' : 'find.none')}</p>
  return (
    <ul className="found plain">
      {left.map(({ note, ...one }) => (
        <li key={`${one.personId} ${one.institution.id}`}>
          <LetterBadge mark={one.institution} small />
          <span>
            {one.name}
            <br />
            <span className="small muted">
              {one.institution.name}, {note}
            </span>
          </span>
          <ActionButton size="small" weight="quiet" onClick={() => onPick(one)}>
            {say('pick')}
            <span className="vh"> {one.name}</span>
          </ActionButton>
        </li>
      ))}
    </ul>
  )
}
