import { searchPeople, type PersonListed } from '@copractice/core/directory'
import { AppLink, Card, EmptyState, LetterBadge, Loaded, useRoute, type Column } from '@copractice/ui'
import { AdminTable } from './admin-table.tsx'
import { AdminPage } from './admin-page.tsx'
import { ImportList } from './import-list.tsx'
import { MergesPart } from './merges-part.tsx'
import { ListPages, ListSearch } from './list-parts.tsx'
import { useWords } from './say.ts'
import { useMe } from './signed-in.tsx'
import { useList } from './use-list.ts'

/** Everyone of the campuses and organisations, with where they belong. No grades. */
export function PeoplePage() {
  const say = useWords()
  const list = useList()
  const { isReadOnly, reach } = useMe()
  const people = useRoute(searchPeople, { query: list.query }, { keepPrevious: true })
  return (
    <AdminPage title={say('nav.people')}>
      <Card title={say('people.title')}>
        <div className="tools">
          <ListSearch list={list} label={say('people.search')} />
        </div>
        <Loaded from={people} what={say('people.title')} lines={8}>
          {({ items, next }) =>
            items.length ? (
              <>
                <PeopleTable rows={items} />
                <ListPages list={list} next={next} label={say('people.title')} />
              </>
            ) : (
              <EmptyState
                title={list.search ? say('noneFound', { text: list.search }) : say('people.none')}
                icon="people"
              >
                {list.search ? undefined : say('people.noneText')}
              </EmptyState>
            )
          }
        </Loaded>
      </Card>
      {reach === 'network' && <MergesPart />}
      {!isReadOnly && <ImportList what="people" />}
    </AdminPage>
  )
}

export function PeopleTable({ rows }: { rows: readonly PersonListed[] }) {
  const say = useWords()
  const columns: Column<PersonListed>[] = [
    {
      id: 'name',
      head: say('person.name'),
      isHead: true,
      cell: ({ id, name }) => <AppLink href={`/people/${id}`}>{name ?? say('person.noName')}</AppLink>,
    },
    {
      id: 'email',
      head: say('person.email'),
      cell: ({ email }) => <span className="wrap-anywhere">{email ?? '—'}</span>,
    },
    {
      id: 'affiliation',
      head: say('person.affiliation'),
      cell: ({ affiliations }) => (
        <ul className="plain">
          {affiliations.map(({ institution, kind }) => (
            <li key={institution.id} className="with-badge">
              <LetterBadge mark={institution} small />
              {say('person.tie', { institution: institution.name, kind: say(`affiliation.${kind}`) })}
            </li>
          ))}
        </ul>
      ),
    },
    {
      id: 'cohorts',
      head: say('person.cohorts'),
      cell: ({ cohorts }) =>
        cohorts.map(({ id, name }, at) => (
          <span key={id}>
            {at > 0 && ', '}
            <AppLink href={`/cohorts/${id}`}>{name}</AppLink>
          </span>
        )),
    },
  ]
  return <AdminTable caption={say('people.title')} columns={columns} rows={rows} rowKey={({ id }) => id} />
}
