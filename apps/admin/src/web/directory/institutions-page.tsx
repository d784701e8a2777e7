import { useState } from 'react'
import { listInstitutions, type InstitutionListed } from '@copractice/core/directory'
import {
  ActionButton,
  AppLink,
  Card,
  EmptyState,
  LetterBadge,
  Loaded,
  useRoute,
  useTimes,
  type Column,
} from '@copractice/ui'
import { AdminTable } from './admin-table.tsx'
import { ConnectionLine } from '../connection/connection-line.tsx'
import { useWords as useConnectionWords } from '../connection/say.ts'
import { AdminPage } from './admin-page.tsx'
import { InstitutionForm } from './institution-form.tsx'
import { ImportList } from './import-list.tsx'
import { ListPages, ListSearch } from './list-parts.tsx'
import { useWords } from './say.ts'
import { useMe } from './signed-in.tsx'
import { useList } from './use-list.ts'

/** Campuses and partner organisations with how their LMS stands. */
export function InstitutionsPage() {
  const say = useWords()
  const lms = useConnectionWords()
  const { reach, isReadOnly } = useMe()
  const list = useList()
  const [isAdding, setIsAdding] = useState(() => new URLSearchParams(window.location.search).has('add'))
  const institutions = useRoute(listInstitutions, { query: list.query }, { keepPrevious: true })
  return (
    <AdminPage title={say('nav.institutions')}>
      {isAdding && (
        <Card title={say('institution.addTitle')}>
          <InstitutionForm onClose={() => setIsAdding(false)} />
        </Card>
      )}
      <Card title={say('institutions.title')}>
        <div className="tools">
          <ListSearch list={list} label={say('institutions.search')} />
          {reach !== 'institution' && !isAdding && !isReadOnly && (
            <ActionButton icon="plus" onClick={() => setIsAdding(true)}>
              {say('institution.add')}
            </ActionButton>
          )}
        </div>
        <Loaded from={institutions} what={say('institutions.title')} lines={8}>
          {({ items, next }) =>
            items.length ? (
              <>
                <Institutions rows={items} />
                <ListPages list={list} next={next} label={say('institutions.title')} />
              </>
            ) : (
              <EmptyState
                title={list.search ? say('noneFound', { text: list.search }) : say('institutions.none')}
                icon="plug"
              >
                {list.search ? undefined : say('institutions.noneText')}
              </EmptyState>
            )
          }
        </Loaded>
      </Card>
      {(reach === 'network' || reach === 'regions') && !isReadOnly && <ImportList what="institutions" />}
      <p className="row">
        <AppLink href="/refusals">{lms('refusal.find')}</AppLink>
        {reach === 'network' && !isReadOnly && <AppLink href="/signing-keys">{lms('keys.link')}</AppLink>}
      </p>
    </AdminPage>
  )
}

function Institutions({ rows }: { rows: readonly InstitutionListed[] }) {
  const say = useWords()
  const times = useTimes()
  const columns: Column<InstitutionListed>[] = [
    {
      id: 'name',
      head: say('institution.name'),
      isHead: true,
      cell: ({ id, name, letter, colour }) => (
        <span className="with-badge">
          <LetterBadge mark={{ letter, colour }} />
          <AppLink href={`/institutions/${id}`}>{name}</AppLink>
        </span>
      ),
    },
    {
      id: 'kind',
      head: say('institution.kind'),
      cell: ({ kind, isMember }) =>
        kind !== 'campus' ? say(`kind.${kind}`) : say(isMember ? 'kind.member' : 'kind.notMember'),
    },
    {
      id: 'region',
      head: say('institution.region'),
      cell: ({ region }) => region?.name ?? say('institution.noRegion'),
    },
    { id: 'people', head: say('institution.people'), isNumber: true, cell: ({ people }) => people },
    {
      id: 'lms',
      head: say('institution.lms'),
      cell: ({ kind, connection }) =>
        kind !== 'campus' && connection.state === 'none' ? (
          <span className="small muted">{say('institution.byMail')}</span>
        ) : (
          <>
            {connection.profiles.map((profile) => say(`profile.${profile}`)).join(', ')}{' '}
            <ConnectionLine connection={connection} />
          </>
        ),
    },
    {
      id: 'launch',
      head: say('institution.lastLaunch'),
      cell: ({ connection }) => (connection.lastLaunchAt ? times.date(connection.lastLaunchAt) : '—'),
    },
  ]
  return <AdminTable caption={say('institutions.title')} columns={columns} rows={rows} rowKey={({ id }) => id} />
}
