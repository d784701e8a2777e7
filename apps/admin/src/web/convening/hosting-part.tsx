import { useDeferredValue, useState, type SubmitEvent } from 'react'
import { TextInput } from '@instructure/ui/v11_7'
import {
  listConvenings,
  listRegistrations,
  setHosting,
  showConvening,
  showHosting,
  type ConveningListed,
} from '@copractice/core/convening'
import { EmailAddress, searchPeople } from '@copractice/core/directory'
import type { InstitutionId, PersonId, RouteOutput } from '@copractice/core/kernel'
import {
  ActionButton,
  Card,
  Loaded,
  ProblemNotice,
  TextButton,
  useRoute,
  useSend,
  useTell,
  useUiWords,
} from '@copractice/ui'
import { useDayWords } from './say-day.ts'
import { useRefusals } from './say.ts'

type Shown = RouteOutput<typeof showHosting>

/** Who hosts, whom to ask, and how many places each campus has at most. */
export function HostingPart({ convening }: { convening: ConveningListed & Readonly<{ mayEdit: boolean }> }) {
  const say = useDayWords()
  const hosting = useRoute(showHosting, { params: { conveningId: convening.id } })
  const [isEdited, setIsEdited] = useState(false)
  return (
    <Card title={say('hosting.title')}>
      <Loaded from={hosting} what={say('hosting.title')} lines={4}>
        {(shown) =>
          isEdited ? (
            <HostingForm convening={convening} shown={shown} onClose={() => setIsEdited(false)} />
          ) : (
            <>
              <dl className="detail">
                <dt>{say('hosting.hosts')}</dt>
                <dd>{shown.hosts.map(({ name }) => name).join(', ') || say('hosting.noHosts')}</dd>
                <dt>{say('hosting.lead')}</dt>
                <dd>
                  {shown.lead?.name ?? say('hosting.noLead')}
                  {shown.contactEmail && (
                    <>
                      <br />
                      {shown.contactEmail}
                    </>
                  )}
                </dd>
                {shown.places.map(({ institutionId, name, places, registered, waitlisted }) => (
                  <div key={institutionId}>
                    <dt>{name}</dt>
                    <dd>
                      {say('hosting.placesOf', { registered, places })}
                      {waitlisted > 0 && `, ${say('sessions.waiting', { count: waitlisted })}`}
                    </dd>
                  </div>
                ))}
              </dl>
              {convening.mayEdit && (
                <p className="after-list">
                  <ActionButton weight="quiet" size="small" icon="pencil" onClick={() => setIsEdited(true)}>
                    {say('hosting.change')}
                  </ActionButton>
                </p>
              )}
            </>
          )
        }
      </Loaded>
    </Card>
  )
}

const isCount = (text: string) => text === '' || /^\d{1,5}$/.test(text)

function HostingForm(props: { convening: ConveningListed; shown: Shown; onClose: () => void }) {
  const { convening, shown, onClose } = props
  const say = useDayWords()
  const ui = useUiWords()
  const tell = useTell()
  const refusals = useRefusals()
  const [hosts, setHosts] = useState<ReadonlySet<InstitutionId>>(new Set(shown.hosts.map(({ id }) => id)))
  const [lead, setLead] = useState(shown.lead)
  const [contact, setContact] = useState(shown.contactEmail ?? '')
  const [counts, setCounts] = useState<Readonly<Record<string, string>>>(
    Object.fromEntries(shown.places.map(({ institutionId, places }) => [institutionId, String(places)])),
  )
  const [isAsked, setIsAsked] = useState(false)
  const save = useSend(setHosting, {
    refreshes: [showHosting, showConvening, listConvenings, listRegistrations],
    onDone: () => {
      tell({ text: say('hosting.saved') })
      onClose()
    },
  })
  const isContact = contact.trim() === '' || EmailAddress.safeParse(contact).success
  const onSubmit = (event: SubmitEvent) => {
    event.preventDefault()
    setIsAsked(true)
    if (!isContact || !Object.values(counts).every((text) => isCount(text.trim()))) return
    const places = shown.institutions.flatMap(({ id }) => {
      const text = counts[id]?.trim()
      return text ? [{ institutionId: id, places: Number(text) }] : []
    })
    const contactEmail = contact.trim() || null
    const body = { hosts: [...hosts], places, leadFacilitatorId: lead?.id ?? null, contactEmail }
    save.mutate({ params: { conveningId: convening.id }, body })
  }
  return (
    <form className="fields-group" noValidate onSubmit={onSubmit} aria-label={say('hosting.title')}>
      <fieldset>
        <legend>{say('hosting.hosts')}</legend>
        <div className="tall-list">
          {shown.institutions.map(({ id, name }) => (
            <label key={id} className="row">
              <input
                type="checkbox"
                checked={hosts.has(id)}
                onChange={({ target }) => {
                  const next = new Set(hosts)
                  if (target.checked) next.add(id)
                  else next.delete(id)
                  setHosts(next)
                }}
              />
              {name}
            </label>
          ))}
        </div>
      </fieldset>
      <LeadChoice lead={lead} onChange={setLead} />
      <TextInput
        renderLabel={say('hosting.contact')}
        type="email"
        value={contact}
        onChange={(_event, value) => setContact(value)}
        messages={
          isAsked && !isContact
            ? [{ type: 'newError', text: say('hosting.contactWrong') }]
            : [{ type: 'hint', text: say('hosting.contactHint') }]
        }
      />
      <fieldset>
        <legend>{say('hosting.places')}</legend>
        <p className="hint">{say('hosting.placesText')}</p>
        <div className="tall-list">
          {shown.institutions.map(({ id, name }) => (
            <TextInput
              key={id}
              renderLabel={name}
              inputMode="numeric"
              value={counts[id] ?? ''}
              onChange={(_event, value) => setCounts({ ...counts, [id]: value })}
              messages={
                isAsked && !isCount((counts[id] ?? '').trim())
                  ? [{ type: 'newError', text: say('hosting.placesWrong') }]
                  : []
              }
            />
          ))}
        </div>
      </fieldset>
      {save.error && <ProblemNotice problem={save.error.problem} sayRefusal={refusals} />}
      <div className="row">
        <ActionButton type="submit" isBusy={save.isPending}>
          {say('save')}
        </ActionButton>
        <ActionButton weight="quiet" onClick={onClose}>
          {ui('cancel')}
        </ActionButton>
      </div>
    </form>
  )
}

type Lead = Readonly<{ id: PersonId; name: string | null }> | null

function LeadChoice({ lead, onChange }: { lead: Lead; onChange: (lead: Lead) => void }) {
  const say = useDayWords()
  const [text, setText] = useState('')
  const search = useDeferredValue(text.trim())
  const people = useRoute(searchPeople, { query: { limit: 5, search } }, { enabled: search.length > 1 })
  return (
    <div className="stack">
      <p>
        {say('hosting.lead')}: <strong>{lead?.name ?? say('hosting.noLead')}</strong>{' '}
        {lead && <TextButton onClick={() => onChange(null)}>{say('hosting.removeLead')}</TextButton>}
      </p>
      <TextInput
        renderLabel={say('hosting.find')}
        type="search"
        value={text}
        onChange={(_event, value) => setText(value)}
      />
      {search.length > 1 && (
        <ul className="plain">
          {(people.data?.items ?? []).map(({ id, name, email }) => (
            <li key={id}>
              {name ?? email}{' '}
              <TextButton
                about={name ?? email ?? ''}
                onClick={() => {
                  onChange({ id, name })
                  setText('')
                }}
              >
                {say('hosting.choose')}
              </TextButton>
            </li>
          ))}
        </ul>
      )}
    </div>
  )
}
