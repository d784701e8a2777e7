import { useRouterState } from '@tanstack/react-router'
import { listCohorts } from '@copractice/core/cohort'
import { listConvenings } from '@copractice/core/convening'
import { listInstitutions, searchPeople } from '@copractice/core/directory'
import { AppLink, Card, LetterBadge, Loaded, useRoute } from '@copractice/ui'
import { AdminPage } from './admin-page.tsx'
import { PeopleTable } from './people-page.tsx'
import { useWords } from './say.ts'

/** What the search on top finds: people, cohorts, campuses, convenings. */
export function FindPage() {
  const say = useWords()
  const search = useRouterState({ select: ({ location }) => new URLSearchParams(location.searchStr).get('q') ?? '' })
  const query = { search, limit: 10 }
  const people = useRoute(searchPeople, { query })
  const cohorts = useRoute(listCohorts, { query })
  const institutions = useRoute(listInstitutions, { query })
  const convenings = useRoute(listConvenings, { query })
  const none = <p className="muted">{say('noneFound', { text: search })}</p>
  const list = (items: readonly { href: string; name: string; mark?: { letter: string; colour: number } }[]) =>
    items.length ? (
      <ul className="plain stack">
        {items.map(({ href, name, mark }) => (
          <li key={href}>
            <span className="with-badge">
              {mark && <LetterBadge mark={mark} small />}
              <AppLink href={href}>{name}</AppLink>
            </span>
          </li>
        ))}
      </ul>
    ) : (
      none
    )
  return (
    <AdminPage title={search ? say('find.title', { text: search }) : say('find.all')}>
      <div className="two">
        <Card title={say('nav.cohorts')}>
          <Loaded from={cohorts} what={say('nav.cohorts')}>
            {({ items }) =>
              list(items.map(({ id, name, theme }) => ({ href: `/cohorts/${id}`, name: `${name}, ${theme}` })))
            }
          </Loaded>
        </Card>
        <Card title={say('institutions.title')}>
          <Loaded from={institutions} what={say('institutions.title')}>
            {({ items }) => list(items.map((one) => ({ href: `/institutions/${one.id}`, name: one.name, mark: one })))}
          </Loaded>
        </Card>
        <Card title={say('nav.convenings')}>
          <Loaded from={convenings} what={say('nav.convenings')}>
            {({ items }) => list(items.map(({ id, name }) => ({ href: `/convenings/${id}`, name })))}
          </Loaded>
        </Card>
      </div>
      <Card title={say('nav.people')}>
        <Loaded from={people} what={say('nav.people')}>
          {({ items }) => (items.length ? <PeopleTable rows={items} /> : none)}
        </Loaded>
      </Card>
    </AdminPage>
  )
}
