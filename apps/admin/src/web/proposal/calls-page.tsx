import { useState } from 'react'
import {
  createCall,
  editCall,
  listCalls,
  setCallStatus,
  type CallDetails,
  type CallListed,
} from '@copractice/core/proposal'
import {
  ActionButton,
  Card,
  EmptyState,
  Loaded,
  ProblemNotice,
  StatusPill,
  TextButton,
  useRoute,
  useSend,
  useTell,
  useTimes,
  type Column,
} from '@copractice/ui'
import { AdminPage } from '../directory/admin-page.tsx'
import { AdminTable } from '../directory/admin-table.tsx'
import { ListPages } from '../directory/list-parts.tsx'
import { useMe } from '../directory/signed-in.tsx'
import { useList } from '../directory/use-list.ts'
import { CallForm } from './call-form.tsx'
import { useRefusals, useWords } from './say.ts'

const TONES = { draft: 'warn', to_open: 'info', open: 'ok', over: 'plain', closed: 'plain' } as const
const refreshes = [listCalls]

/** The calls of the reader's regions: to write, to open, to close. */
export function CallsPage() {
  const say = useWords()
  const tell = useTell()
  const list = useList()
  const refusals = useRefusals()
  const { isReadOnly } = useMe()
  const calls = useRoute(listCalls, { query: list.query }, { keepPrevious: true })
  const [editing, setEditing] = useState<CallListed | 'new' | null>(null)
  const done = () => setEditing(null)
  const create = useSend(createCall, { refreshes, onDone: done })
  const edit = useSend(editCall, { refreshes, onDone: done })
  const onSave = (body: CallDetails) => {
    const said = { onSuccess: () => tell({ text: say('calls.saved', { title: body.title }) }) }
    if (editing && editing !== 'new') edit.mutate({ params: { callId: editing.id }, body }, said)
    else create.mutate({ body }, said)
  }
  const turn = useSend(setCallStatus, { refreshes })
  const setStatus = ({ id, title }: CallListed, status: 'open' | 'closed') =>
    turn.mutate(
      { params: { callId: id }, body: { status } },
      { onSuccess: () => tell({ text: say(status === 'open' ? 'calls.opened' : 'calls.closed', { title }) }) },
    )
  const write = !isReadOnly && (
    <ActionButton icon="plus" onClick={() => setEditing('new')}>
      {say('calls.new')}
    </ActionButton>
  )
  return (
    <AdminPage title={say('calls.title')}>
      {editing && (
        <Card title={say(editing === 'new' ? 'calls.new' : 'calls.edit')}>
          <CallForm
            key={editing === 'new' ? 'new' : editing.id}
            {...(editing !== 'new' && { existing: editing })}
            problem={create.error?.problem ?? edit.error?.problem}
            isBusy={create.isPending || edit.isPending}
            onSave={onSave}
            onCancel={done}
          />
        </Card>
      )}
      <Card title={say('calls.title')}>
        {turn.error && <ProblemNotice problem={turn.error.problem} sayRefusal={refusals} />}
        <Loaded from={calls} what={say('calls.title')} lines={5}>
          {({ items, next }) =>
            items.length ? (
              <>
                {!editing && <div className="tools">{write}</div>}
                <Calls rows={items} onEdit={setEditing} onStatus={setStatus} />
                <ListPages list={list} next={next} label={say('calls.title')} />
              </>
            ) : (
              <EmptyState title={say('calls.none')} icon="bell" {...(!editing && { action: write })}>
                {say('calls.noneText')}
              </EmptyState>
            )
          }
        </Loaded>
      </Card>
    </AdminPage>
  )
}

function Calls(props: {
  rows: readonly CallListed[]
  onEdit: (call: CallListed) => void
  onStatus: (call: CallListed, status: 'open' | 'closed') => void
}) {
  const say = useWords()
  const times = useTimes()
  const { isReadOnly } = useMe()
  const { rows, onEdit, onStatus } = props
  const columns: Column<CallListed>[] = [
    {
      id: 'title',
      head: say('calls.col.title'),
      isHead: true,
      cell: ({ title, region }) => (
        <>
          {title}
          <br />
          <span className="small muted">{region?.name ?? say('calls.whole')}</span>
        </>
      ),
    },
    {
      id: 'open',
      head: say('calls.col.open'),
      cell: ({ opensAt, closesAt }) => say('read.between', { from: times.date(opensAt), until: times.date(closesAt) }),
    },
    {
      id: 'about',
      head: say('calls.col.about'),
      cell: ({ credential, enrolmentDeadline }) => (
        <>
          {credential?.name}
          {enrolmentDeadline && (
            <span className="small muted">
              {' '}
              {say('calls.deadline', { date: times.date(new Date(`${enrolmentDeadline}T12:00:00Z`), 'UTC') })}
            </span>
          )}
        </>
      ),
    },
    { id: 'counts', head: say('calls.col.counts'), cell: ({ counts }) => say('calls.counts', counts) },
    {
      id: 'state',
      head: say('calls.col.state'),
      cell: (call) => (
        <span className="acts">
          <StatusPill tone={TONES[call.state]}>{say(`state.${call.state}`)}</StatusPill>
          {call.mayKeep && !isReadOnly && (
            <span className="row">
              {(call.state === 'draft' || call.state === 'closed') && (
                <TextButton about={call.title} onClick={() => onStatus(call, 'open')}>
                  {say('calls.open')}
                </TextButton>
              )}
              {(call.state === 'open' || call.state === 'to_open') && (
                <TextButton about={call.title} onClick={() => onStatus(call, 'closed')}>
                  {say('calls.close')}
                </TextButton>
              )}
              <TextButton about={call.title} onClick={() => onEdit(call)}>
                {say('calls.edit')}
              </TextButton>
            </span>
          )}
        </span>
      ),
    },
  ]
  return <AdminTable caption={say('calls.title')} columns={columns} rows={rows} rowKey={({ id }) => id} />
}
