import { useState } from 'react'
import {
  cancelRegistration,
  listConvenings,
  listRegistrations,
  restoreRegistration,
  showConvening,
  type ConveningListed,
  type RegistrationListed,
} from '@copractice/core/convening'
import { showAdminHome } from '@copractice/core/directory'
import {
  ButtonLink,
  Card,
  EmptyState,
  Loaded,
  ProblemNotice,
  TextButton,
  useRoute,
  useSend,
  useTell,
  type Column,
} from '@copractice/ui'
import { AdminTable } from '../directory/admin-table.tsx'
import { CampusName } from '../directory/campus-name.tsx'
import { Choice } from '../directory/choice.tsx'
import { ListPages, ListSearch } from '../directory/list-parts.tsx'
import { useList } from '../directory/use-list.ts'
import { useWords as usePlacementWords } from './board/say.ts'
import { useRefusals, useWords } from './say.ts'

type Status = RegistrationListed['status']

/** Who signed up, in order; a cancellation can be undone. */
export function Registrations({ convening }: { convening: ConveningListed }) {
  const say = useWords()
  const placement = usePlacementWords()
  const list = useList()
  const [status, setStatus] = useState<Status | ''>('')
  const params = { conveningId: convening.id }
  const query = { ...list.query, ...(status && { status }) }
  const registrations = useRoute(listRegistrations, { params, query }, { keepPrevious: true })
  const filter = (
    <Choice
      id="status"
      label={say('people.status')}
      value={status}
      options={[
        ['', say('people.all')],
        ['registered', say('state.registered')],
        ['waitlisted', say('state.waitlistedShort')],
        ['cancelled', say('state.cancelled')],
      ]}
      onChange={(value) => {
        setStatus(value as Status | '')
        list.startAgain()
      }}
    />
  )
  const isNarrowed = list.search !== '' || status !== ''
  return (
    <Card title={say('people.title')}>
      <Loaded from={registrations} what={say('people.title')} lines={6}>
        {({ items, next }) =>
          items.length || isNarrowed ? (
            <>
              <div className="tools">
                <div className="row">
                  <ListSearch list={list} label={say('people.search')} />
                  {filter}
                </div>
                <div className="row">
                  <ButtonLink href={`/convenings/${convening.id}/placement`} icon="grid">
                    {placement('open')}
                  </ButtonLink>
                  <ButtonLink href={`/cohorts/new?convening=${convening.id}`} weight="secondary" icon="people">
                    {say('compose')}
                  </ButtonLink>
                  <a className="btn btn-quiet" href={`/api/convenings/${convening.id}/registrations.csv`} download>
                    {say('people.export')}
                  </a>
                </div>
              </div>
              {items.length ? (
                <Rows convening={convening} rows={items} />
              ) : (
                <EmptyState title={say('people.noneFound')} />
              )}
              <ListPages list={list} next={next} label={say('people.title')} />
            </>
          ) : (
            <EmptyState title={say('people.none')} icon="people">
              {say('people.noneText')}
            </EmptyState>
          )
        }
      </Loaded>
    </Card>
  )
}

function Rows({ convening, rows }: { convening: ConveningListed; rows: readonly RegistrationListed[] }) {
  const say = useWords()
  const tell = useTell()
  const refusals = useRefusals()
  const refreshes = [listRegistrations, showConvening, listConvenings, showAdminHome]
  const cancel = useSend(cancelRegistration, { refreshes })
  const restore = useSend(restoreRegistration, { refreshes })
  const nameOf = ({ person }: RegistrationListed) => person.name ?? person.email ?? ''
  const paramsOf = ({ id }: RegistrationListed) => ({ conveningId: convening.id, registrationId: id })
  const takeBack = (row: RegistrationListed) =>
    restore.mutate(
      { params: paramsOf(row) },
      { onSuccess: ({ status }) => tell({ text: say(`restored.${status}`, { name: nameOf(row) }) }) },
    )
  const callOff = (row: RegistrationListed) =>
    cancel.mutate(
      { params: paramsOf(row) },
      { onSuccess: () => tell({ text: say('cancelled', { name: nameOf(row) }), undo: () => takeBack(row) }) },
    )
  const problem = (cancel.error ?? restore.error)?.problem
  const columns: Column<RegistrationListed>[] = [
    {
      id: 'name',
      head: say('people.name'),
      isHead: true,
      cell: ({ person }) => (
        <>
          {person.name}
          <br />
          <span className="small muted">{person.email}</span>
        </>
      ),
    },
    {
      id: 'campus',
      head: say('people.campus'),
      cell: ({ institution }) => <CampusName institution={institution} />,
    },
    {
      id: 'interests',
      head: say('people.interests'),
      cell: ({ interests }) => <span className="voice">{interests}</span>,
    },
    {
      id: 'state',
      head: say('people.state'),
      cell: ({ status, waitlistPlace }) => say(`state.${status}`, { place: waitlistPlace ?? 0 }),
    },
    {
      id: 'act',
      head: say('people.act'),
      cell: (row) =>
        row.status === 'cancelled' ? (
          <TextButton about={nameOf(row)} onClick={() => takeBack(row)}>
            {say('restore')}
          </TextButton>
        ) : (
          <TextButton about={nameOf(row)} onClick={() => callOff(row)}>
            {say('cancel')}
          </TextButton>
        ),
    },
  ]
  return (
    <>
      {problem && <ProblemNotice problem={problem} sayRefusal={refusals} />}
      <AdminTable caption={say('people.title')} columns={columns} rows={rows} rowKey={({ id }) => id} />
    </>
  )
}
