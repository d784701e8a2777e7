import { listConvenings, type ConveningListed, type MissingTerm } from '@copractice/core/convening'
import { AppLink, ButtonLink, Card, EmptyState, Loaded, Notice, useRoute, useTimes, type Column } from '@copractice/ui'
import { AdminTable } from '../directory/admin-table.tsx'
import { AdminPage } from '../directory/admin-page.tsx'
import { useMe } from '../directory/signed-in.tsx'
import { ListPages, ListSearch } from '../directory/list-parts.tsx'
import { useList } from '../directory/use-list.ts'
import { useWords } from './say.ts'
import { StatusWord } from './status-word.tsx'

/** Every convening of the reader's regions, and those their institutions host, latest first. Hosts plan none. */
export function ConveningsPage() {
  const say = useWords()
  const list = useList()
  const convenings = useRoute(listConvenings, { query: list.query }, { keepPrevious: true })
  const isHost = useMe().reach === 'institution'
  const plan = !isHost && (
    <ButtonLink href="/convenings/new" icon="plus">
      {say('new')}
    </ButtonLink>
  )
  return (
    <AdminPage title={say('list.title')}>
      <Card title={say('list.title')}>
        <Loaded from={convenings} what={say('list.title')} lines={8}>
          {({ items, next, missing }) =>
            items.length || list.search ? (
              <>
                {missing.length > 0 && <Missing terms={missing} />}
                <div className="tools">
                  <ListSearch list={list} label={say('list.search')} />
                  {plan}
                </div>
                {items.length ? (
                  <Convenings rows={items} />
                ) : (
                  <EmptyState title={say('list.noneFound', { text: list.search })} icon="calendar" />
                )}
                <ListPages list={list} next={next} label={say('list.title')} />
              </>
            ) : (
              <EmptyState title={say(isHost ? 'list.noneHosted' : 'list.none')} icon="calendar" action={plan}>
                {say(isHost ? 'list.noneHostedText' : 'list.noneText')}
              </EmptyState>
            )
          }
        </Loaded>
      </Card>
    </AdminPage>
  )
}

/** One convening a term (convening.each_term): those of the year ahead that nobody has planned. */
function Missing({ terms }: { terms: readonly MissingTerm[] }) {
  const say = useWords()
  const names = terms.map(({ term, year }) => say(`term.${term}`, { year })).join(', ')
  return (
    <Notice tone="warn" icon="calendar">
      <strong>{say('missing.title', { names, count: terms.length })}</strong>
      <p>{say('missing.text')}</p>
    </Notice>
  )
}

function Convenings({ rows }: { rows: readonly ConveningListed[] }) {
  const say = useWords()
  const times = useTimes()
  const columns: Column<ConveningListed>[] = [
    {
      id: 'name',
      head: say('name'),
      isHead: true,
      cell: ({ id, name }) => <AppLink href={`/convenings/${id}`}>{name}</AppLink>,
    },
    {
      id: 'when',
      head: say('when'),
      cell: ({ startsAt, timeZone }) => (startsAt ? times.date(startsAt, timeZone) : say('noDates')),
    },
    {
      id: 'where',
      head: say('where'),
      cell: ({ place, joinUrl }) => [place, joinUrl && say('online')].filter(Boolean).join(', '),
    },
    {
      id: 'count',
      head: say('signedUp'),
      isNumber: true,
      cell: ({ counts, capacity }) => (
        <>
          {capacity === null ? counts.registered : say('ofCapacity', { registered: counts.registered, capacity })}
          {counts.waitlisted > 0 && (
            <span className="small muted"> {say('waitlisted', { count: counts.waitlisted })}</span>
          )}
        </>
      ),
    },
    { id: 'status', head: say('registration'), cell: ({ status }) => <StatusWord status={status} /> },
  ]
  return <AdminTable caption={say('list.title')} columns={columns} rows={rows} rowKey={({ id }) => id} />
}
