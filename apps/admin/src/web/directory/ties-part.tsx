import { useState, type SubmitEvent } from 'react'
import {
  AFFILIATIONS,
  removeAffiliation,
  searchPeople,
  setAffiliation,
  showPerson,
  type Affiliation,
} from '@copractice/core/directory'
import type { InstitutionId, RouteOutput } from '@copractice/core/kernel'
import { ActionButton, Card, LetterBadge, ProblemNotice, useSend, useTell } from '@copractice/ui'
import { Choice } from './choice.tsx'
import { usePeopleRefusals, usePeopleWords } from './say-people.ts'

type Person = RouteOutput<typeof showPerson>
const refreshes = [showPerson, searchPeople]

/** Somebody's ties to institutions; those the reader administers can be changed. */
export function TiesPart({ person: { id: personId, affiliations, mayTieTo } }: { person: Person }) {
  const say = usePeopleWords()
  const refusals = usePeopleRefusals()
  const tell = useTell()
  const [text, setText] = useState('')
  const set = useSend(setAffiliation, { refreshes, onDone: () => tell({ text }) })
  const end = useSend(removeAffiliation, { refreshes, onDone: () => tell({ text }) })
  const kinds = AFFILIATIONS.map((kind) => [kind, say(`affiliation.${kind}`)] as const)
  const save = (institution: { id: InstitutionId; name: string }, kind: Affiliation) => {
    setText(say('person.tieSaved', { name: institution.name }))
    set.mutate({ params: { personId, institutionId: institution.id }, body: { kind } })
  }
  const failed = set.error ?? end.error
  return (
    <Card title={say('person.ties')}>
      <div className="stack">
        {affiliations.length === 0 && <p className="muted">{say('person.noTies')}</p>}
        <ul className="plain stack">
          {affiliations.map(({ institution, kind, mayChange }) => (
            <li key={institution.id}>
              <span className="with-badge">
                <LetterBadge mark={institution} small />
                <strong>{institution.name}</strong>
                {!mayChange && <span className="small muted">{say(`affiliation.${kind}`)}</span>}
              </span>
              {mayChange && (
                <div className="row end-aligned">
                  <Choice
                    id={`kind-${institution.id}`}
                    label={say('person.kindAt', { name: institution.name })}
                    value={kind}
                    options={kinds}
                    onChange={(value) => save(institution, value as Affiliation)}
                  />
                  <ActionButton
                    weight="quiet"
                    size="small"
                    onClick={() => {
                      setText(say('person.tieEnded', { name: institution.name }))
                      end.mutate({ params: { personId, institutionId: institution.id } })
                    }}
                  >
                    {say('person.endTie')}
                    <span className="vh"> {say('person.endTieOf', { name: institution.name })}</span>
                  </ActionButton>
                </div>
              )}
            </li>
          ))}
        </ul>
        {failed && <ProblemNotice problem={failed.problem} sayRefusal={refusals} />}
        {mayTieTo.length > 0 && <TieForm mayTieTo={mayTieTo} kinds={kinds} onTie={save} isBusy={set.isPending} />}
      </div>
    </Card>
  )
}

function TieForm(props: {
  mayTieTo: Person['mayTieTo']
  kinds: readonly (readonly [string, string])[]
  onTie: (institution: { id: InstitutionId; name: string }, kind: Affiliation) => void
  isBusy: boolean
}) {
  const { mayTieTo, kinds, onTie, isBusy } = props
  const say = usePeopleWords()
  const [at, setAt] = useState('')
  const [kind, setKind] = useState<Affiliation>('staff')
  const chosen = mayTieTo.find(({ id }) => id === at)
  const onSubmit = (event: SubmitEvent) => {
    event.preventDefault()
    if (chosen) onTie(chosen, kind)
  }
  return (
    <form className="fields-group" onSubmit={onSubmit}>
      <div className="two">
        <Choice
          id="tie-to"
          label={say('person.tieTo')}
          value={at}
          options={[['', say('person.pick')], ...mayTieTo.map(({ id, name }) => [id, name] as const)]}
          onChange={setAt}
        />
        <Choice
          id="tie-kind"
          label={say('person.tieKind')}
          value={kind}
          options={kinds}
          onChange={(value) => setKind(value as Affiliation)}
        />
      </div>
      <div>
        <ActionButton type="submit" weight="quiet" icon="plus" isDisabled={!chosen} isBusy={isBusy}>
          {say('person.tie')}
        </ActionButton>
      </div>
    </form>
  )
}
