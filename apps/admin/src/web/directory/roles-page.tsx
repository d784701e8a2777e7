import { useState } from 'react'
import { listRegionsKept, listRoles, revokeRole, type RoleHeld } from '@copractice/core/directory'
import {
  ActionButton,
  AppLink,
  Card,
  ConfirmModal,
  EmptyState,
  Loaded,
  ProblemNotice,
  useRoute,
  useSend,
  useTell,
  useTimes,
  type Column,
} from '@copractice/ui'
import { AdminPage } from './admin-page.tsx'
import { AdminTable } from './admin-table.tsx'
import { GrantForm } from './grant-form.tsx'
import { ListPages, ListSearch } from './list-parts.tsx'
import { RegionsPart } from './regions-part.tsx'
import { useWords } from './say.ts'
import { usePeopleRefusals, usePeopleWords } from './say-people.ts'
import { useMe } from './signed-in.tsx'
import { useList } from './use-list.ts'

/** Who administers what, giving and taking it, and the regions. */
export function RolesPage() {
  const nav = useWords()
  const say = usePeopleWords()
  const list = useList()
  const { reach, isReadOnly } = useMe()
  const roles = useRoute(listRoles, { query: list.query }, { keepPrevious: true })
  return (
    <AdminPage title={nav('nav.roles')}>
      {!isReadOnly && (
        <Card title={say('give.title')}>
          <GrantForm />
        </Card>
      )}
      <Card title={say('roles.title')}>
        <div className="tools">
          <ListSearch list={list} label={say('roles.search')} />
        </div>
        <Loaded from={roles} what={say('roles.title')} lines={6}>
          {({ items, next }) =>
            items.length ? (
              <>
                <Roles rows={items} />
                <ListPages list={list} next={next} label={say('roles.title')} />
              </>
            ) : (
              <EmptyState title={say('roles.none')} icon="people" />
            )
          }
        </Loaded>
      </Card>
      {reach !== 'institution' && <RegionsPart />}
    </AdminPage>
  )
}

const nameOf = ({ person }: RoleHeld) => person.name ?? person.email ?? '—'

function Roles({ rows }: { rows: readonly RoleHeld[] }) {
  const say = usePeopleWords()
  const times = useTimes()
  const [asked, setAsked] = useState<RoleHeld | null>(null)
  const placeOf = ({ region, institution }: RoleHeld) => region?.name ?? institution?.name ?? say('roles.everywhere')
  const columns: Column<RoleHeld>[] = [
    {
      id: 'who',
      head: say('roles.who'),
      isHead: true,
      cell: (role) => (
        <>
          <AppLink href={`/people/${role.person.id}`}>{nameOf(role)}</AppLink>
          {role.person.name && role.person.email && <span className="small muted block">{role.person.email}</span>}
        </>
      ),
    },
    { id: 'role', head: say('roles.role'), cell: ({ role }) => say(`role.${role}`) },
    { id: 'place', head: say('roles.place'), cell: placeOf },
    { id: 'since', head: say('roles.since'), cell: ({ grantedAt }) => times.date(grantedAt) },
    { id: 'by', head: say('roles.by'), cell: ({ grantedByName }) => grantedByName ?? say('roles.commandLine') },
    {
      id: 'act',
      head: say('roles.revoke'),
      cell: (role) =>
        role.mayRevoke && (
          <ActionButton weight="quiet" size="small" onClick={() => setAsked(role)}>
            {say('roles.revoke')}
            <span className="vh"> {say('roles.revokeOf', { role: say(`role.${role.role}`), name: nameOf(role) })}</span>
          </ActionButton>
        ),
    },
  ]
  return (
    <>
      <AdminTable caption={say('roles.title')} columns={columns} rows={rows} rowKey={({ id }) => id} />
      {asked && <Revoke role={asked} place={placeOf(asked)} onClose={() => setAsked(null)} />}
    </>
  )
}

function Revoke({ role, place, onClose }: { role: RoleHeld; place: string; onClose: () => void }) {
  const say = usePeopleWords()
  const refusals = usePeopleRefusals()
  const tell = useTell()
  const name = nameOf(role)
  const revoke = useSend(revokeRole, {
    refreshes: [listRoles, listRegionsKept],
    onDone: () => {
      tell({ text: say('roles.revoked', { name }) })
      onClose()
    },
  })
  return (
    <ConfirmModal
      isOpen
      title={say('roles.revokeTitle')}
      confirm={say('roles.revoke')}
      isBusy={revoke.isPending}
      onConfirm={() => revoke.mutate({ params: { grantId: role.id } })}
      onClose={onClose}
    >
      <p>{say('roles.revokeText', { name, place, role: say(`role.${role.role}`) })}</p>
      {revoke.error && <ProblemNotice problem={revoke.error.problem} sayRefusal={refusals} />}
    </ConfirmModal>
  )
}
