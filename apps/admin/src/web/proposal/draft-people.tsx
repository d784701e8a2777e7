import { useState, type SubmitEvent } from 'react'
import { TextInput } from '@instructure/ui/v11_7'
import { AFFILIATIONS, EmailAddress, type Affiliation } from '@copractice/core/directory'
import {
  addAuthor,
  proposalChoices,
  showProposal,
  type ProposalPerson,
  type ProposalShown,
} from '@copractice/core/proposal'
import type { InstitutionId, PersonId, RouteOutput } from '@copractice/core/kernel'
import { ActionButton, LetterBadge, ProblemNotice, useSend, useTell } from '@copractice/ui'
import { Choice } from '../directory/choice.tsx'
import { useRefusals, useWords } from './say.ts'
import type { Writing } from './use-shared-draft.ts'

type Choices = RouteOutput<typeof proposalChoices>
type Props = Readonly<{ shown: ProposalShown; writing: Writing; choices: Choices | undefined }>

/** Who writes, who chairs, who facilitates; and a form to share the draft with one more. */
export function DraftPeople({ shown, writing, choices }: Props) {
  const say = useWords()
  const { chairs, facilitators, facilitation } = writing.body
  const toggle = (role: 'chairs' | 'facilitators', id: PersonId, isOn: boolean) => {
    const now = writing.body[role]
    writing.set({ [role]: isOn ? [...now, id] : now.filter((one) => one !== id) })
  }
  return (
    <>
      <p className="muted small">{say('people.text')}</p>
      <WaitingNote people={shown.people} />
      <ul className="plain sharing">
        {shown.people.map((person) => {
          const name = person.name ?? person.email ?? say('somebody')
          const box = (role: 'chairs' | 'facilitators', label: string, held: readonly PersonId[]) => (
            <label className="leads">
              <input
                type="checkbox"
                checked={held.includes(person.id)}
                onChange={(event) => toggle(role, person.id, event.target.checked)}
              />
              {label} <span className="vh">{name}</span>
            </label>
          )
          return (
            <li key={person.id}>
              <PersonLine person={person} />
              {person.isAuthor || chairs.includes(person.id) ? box('chairs', say('people.chairs'), chairs) : <span />}
              {box('facilitators', say('people.facilitates'), facilitators)}
            </li>
          )
        })}
      </ul>
      <Choice
        id="facilitation"
        label={say('people.pairing')}
        value={facilitation}
        options={(['own', 'pair_us'] as const).map((one) => [one, say(`people.${one}`)] as const)}
        onChange={(value) => writing.set({ facilitation: value as 'own' | 'pair_us' })}
      />
      {choices && <ShareForm shown={shown} choices={choices} />}
    </>
  )
}

/** Who was invited and has not opened it: shown as typed, and the rules do not count them yet. */
export function WaitingNote({ people }: { people: readonly ProposalPerson[] }) {
  const say = useWords()
  const waiting = people.filter(({ isOpened }) => !isOpened)
  if (!waiting.length) return null
  const names = waiting.map(({ name, email }) => name ?? email ?? say('somebody')).join(', ')
  return <p className="small">{say('people.waiting', { count: waiting.length, names })}</p>
}

export function PersonLine({ person }: { person: ProposalPerson }) {
  const say = useWords()
  return (
    <span className="row person-line">
      <LetterBadge mark={person.campus} small />
      <span>
        {person.name ?? say('somebody')}{' '}
        <span className="small muted">{person.campus?.name ?? person.email ?? ''}</span>{' '}
        {!person.isOpened && <span className="small">{say('people.notOpened')}</span>}
      </span>
    </span>
  )
}

const EMPTY = { name: '', email: '', institutionId: '', affiliation: '' }

function ShareForm({ shown, choices }: { shown: ProposalShown; choices: Choices }) {
  const say = useWords()
  const tell = useTell()
  const refusals = useRefusals()
  const [isOpen, setIsOpen] = useState(false)
  const [isAsked, setIsAsked] = useState(false)
  const [fields, setFields] = useState(EMPTY)
  const share = useSend(addAuthor, { refreshes: [showProposal] })
  const email = EmailAddress.safeParse(fields.email)
  const set = (name: keyof typeof EMPTY) => (value: string) => setFields((now) => ({ ...now, [name]: value }))
  if (!isOpen)
    return (
      <p>
        <ActionButton weight="quiet" size="small" icon="plus" onClick={() => setIsOpen(true)}>
          {say('people.add')}
        </ActionButton>
      </p>
    )
  const onSubmit = (event: SubmitEvent) => {
    event.preventDefault()
    setIsAsked(true)
    const { name, institutionId, affiliation } = fields
    if (!name.trim() || !email.success || !institutionId || !affiliation) return
    const body = {
      name: name.trim(),
      email: email.data,
      institutionId: institutionId as InstitutionId,
      affiliation: affiliation as Affiliation,
    }
    const onSuccess = () => {
      tell({ text: say('people.shared', { name: body.name }) })
      setFields(EMPTY)
      setIsAsked(false)
      setIsOpen(false)
    }
    share.mutate({ params: { proposalId: shown.id }, body }, { onSuccess })
  }
  const needed = (isMissing: boolean) => isAsked && isMissing && { error: say('needed') }
  return (
    <form className="fields-group share" noValidate onSubmit={onSubmit} aria-label={say('people.add')}>
      <div className="two">
        <TextInput
          renderLabel={say('people.name')}
          isRequired
          value={fields.name}
          onChange={(_event, value) => set('name')(value)}
          messages={isAsked && !fields.name.trim() ? [{ type: 'newError', text: say('needed') }] : []}
        />
        <TextInput
          renderLabel={say('people.email')}
          type="email"
          isRequired
          value={fields.email}
          onChange={(_event, value) => set('email')(value)}
          messages={isAsked && !email.success ? [{ type: 'newError', text: say('emailNeeded') }] : []}
        />
        <Choice
          id="share-campus"
          label={say('people.campus')}
          value={fields.institutionId}
          options={[['', say('pick')], ...choices.institutions.map(({ id, name }) => [id, name] as const)]}
          onChange={set('institutionId')}
          {...needed(!fields.institutionId)}
        />
        <Choice
          id="share-affiliation"
          label={say('people.affiliation')}
          value={fields.affiliation}
          options={[['', say('pick')], ...AFFILIATIONS.map((kind) => [kind, say(`affiliation.${kind}`)] as const)]}
          onChange={set('affiliation')}
          {...needed(!fields.affiliation)}
        />
      </div>
      {share.error && <ProblemNotice problem={share.error.problem} sayRefusal={refusals} />}
      <ActionButton type="submit" weight="secondary" isBusy={share.isPending}>
        {say('people.send')}
      </ActionButton>
    </form>
  )
}
