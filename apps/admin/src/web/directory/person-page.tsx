import { useParams } from '@tanstack/react-router'
import { showPerson } from '@copractice/core/directory'
import type { PersonId, RouteOutput } from '@copractice/core/kernel'
import { AppLink, Card, Loaded, useRoute, useTimes } from '@copractice/ui'
import { AdminPage } from './admin-page.tsx'
import { CarePart } from './care-part.tsx'
import { MergePart } from './merge-part.tsx'
import { useWords } from './say.ts'
import { usePeopleRefusals, usePeopleWords } from './say-people.ts'
import { TiesPart } from './ties-part.tsx'

type Person = RouteOutput<typeof showPerson>

/** One person: how they sign in, where they belong, what they administer, where they take part. No grades. */
export function PersonPage() {
  const nav = useWords()
  const say = usePeopleWords()
  const refusals = usePeopleRefusals()
  const personId = useParams({ strict: false }).personId as PersonId
  const person = useRoute(showPerson, { params: { personId } })
  const found = person.data
  return (
    <AdminPage title={found ? (found.name ?? found.email ?? nav('person.noName')) : say('person.title')}>
      <Loaded from={person} what={say('person.title')} lines={8} sayRefusal={refusals}>
        {(shown) => (
          <div className="two-thirds">
            <div>
              <TiesPart key={shown.affiliations.map(({ kind }) => kind).join()} person={shown} />
              <Part title={say('person.cohorts')} items={cohortsOf(shown, say)} />
              <Part title={say('person.convenings')} items={conveningsOf(shown, say)} />
              {shown.mayExport && (
                <>
                  <MergePart personId={shown.id} name={nameOf(shown)} />
                  <CarePart personId={shown.id} name={nameOf(shown)} mayRemove={shown.mayRemove} />
                </>
              )}
            </div>
            <About person={shown} />
          </div>
        )}
      </Loaded>
    </AdminPage>
  )
}

const nameOf = ({ name, email }: Person) => name ?? email ?? '—'

type Say = ReturnType<typeof usePeopleWords>
type Item = Readonly<{ href: string; name: string; more: string }>

const cohortsOf = ({ cohorts }: Person, say: Say): readonly Item[] =>
  cohorts.map(({ id, name, kind, status }) => ({
    href: `/cohorts/${id}`,
    name,
    more: `${say(`seat.${kind as 'participant'}`)}, ${say(`status.${status}`)}`,
  }))
const conveningsOf = ({ convenings }: Person, say: Say): readonly Item[] =>
  convenings.map(({ id, name, status }) => ({
    href: `/convenings/${id}`,
    name,
    more: say(`status.${status as 'registered'}`),
  }))

function Part({ title, items }: { title: string; items: readonly Item[] }) {
  const say = usePeopleWords()
  return (
    <Card title={title}>
      {items.length === 0 && <p className="muted">{say('person.nothing')}</p>}
      <ul className="plain">
        {items.map(({ href, name, more }) => (
          <li key={href}>
            <AppLink href={href}>{name}</AppLink> <span className="small muted">{more}</span>
          </li>
        ))}
      </ul>
    </Card>
  )
}

function About({ person }: { person: Person }) {
  const say = usePeopleWords()
  const times = useTimes()
  const { email, pronouns, since, identities, roles } = person
  return (
    <Card title={say('person.about')}>
      <dl className="detail">
        <dt>{say('person.email')}</dt>
        <dd className="wrap-anywhere">{email ?? '—'}</dd>
        {pronouns && (
          <>
            <dt>{say('person.pronouns')}</dt>
            <dd>{pronouns}</dd>
          </>
        )}
        <dt>{say('person.since')}</dt>
        <dd>{times.date(since)}</dd>
        <dt>{say('person.signsIn')}</dt>
        <dd>
          {identities.length === 0 && say('person.noIdentity')}
          <ul className="plain">
            {identities.map(({ kind, at }) => (
              <li key={`${kind} ${at}`} className="wrap-anywhere">
                {say(`person.identity.${kind}`, { at: at.replace(/^https?:\/\//, '') })}
              </li>
            ))}
          </ul>
        </dd>
        <dt>{say('person.roles')}</dt>
        <dd>
          {roles.length === 0 && say('person.nothing')}
          <ul className="plain">
            {roles.map(({ id, role, region, institution }) => (
              <li key={id}>
                {say('person.roleOf', {
                  role: say(`role.${role}`),
                  place: region?.name ?? institution?.name ?? say('roles.everywhere'),
                })}
              </li>
            ))}
          </ul>
        </dd>
      </dl>
    </Card>
  )
}
