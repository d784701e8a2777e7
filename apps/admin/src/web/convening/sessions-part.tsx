import { useState } from 'react'
import {
  addSession,
  changeSession,
  fillSession,
  freePlaces,
  listExpected,
  listSessions,
  removeSession,
  type ConveningListed,
  type SessionListed,
  type SessionPlan,
} from '@copractice/core/convening'
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
import { AdminTable } from '../directory/admin-table.tsx'
import { useDayWords } from './say-day.ts'
import { useRefusals } from './say.ts'
import { SessionForm } from './session-form.tsx'

type Kept = ConveningListed & Readonly<{ mayEdit: boolean }>

/** What happens when and where at a convening, and who chose it. */
export function SessionsPart({ convening }: { convening: Kept }) {
  const say = useDayWords()
  const tell = useTell()
  const params = { conveningId: convening.id }
  const sessions = useRoute(listSessions, { params })
  const [edited, setEdited] = useState<SessionListed | 'new' | null>(null)
  const refreshes = [listSessions]
  const saved = (plan: SessionPlan) => {
    setEdited(null)
    tell({ text: say('sessions.saved', { title: plan.title }) })
  }
  const create = useSend(addSession, { refreshes, onDone: (_id, { body }) => saved(body) })
  const change = useSend(changeSession, { refreshes, onDone: (_none, { body }) => saved(body) })
  const { startsAt, timeZone, mayEdit } = convening
  const add = !mayEdit ? null : startsAt ? (
    <ActionButton
      icon="plus"
      weight="secondary"
      onClick={() => {
        create.reset()
        setEdited('new')
      }}
    >
      {say('sessions.add')}
    </ActionButton>
  ) : (
    <p className="muted">{say('sessions.noDates')}</p>
  )
  return (
    <Card title={say('sessions.title')}>
      {edited && startsAt ? (
        <SessionForm
          key={edited === 'new' ? 'new' : edited.id}
          existing={edited === 'new' ? undefined : edited}
          startsAt={startsAt}
          timeZone={timeZone}
          problem={(edited === 'new' ? create : change).error?.problem}
          isBusy={create.isPending || change.isPending}
          onClose={() => setEdited(null)}
          onSave={(body) =>
            edited === 'new'
              ? create.mutate({ params, body })
              : change.mutate({ params: { ...params, sessionId: edited.id }, body })
          }
        />
      ) : (
        <Loaded from={sessions} what={say('sessions.title')} lines={4}>
          {({ items }) =>
            items.length ? (
              <>
                <Rows
                  convening={convening}
                  rows={items}
                  onEdit={(session) => {
                    change.reset()
                    setEdited(session)
                  }}
                />
                {add && <div className="after-list">{add}</div>}
              </>
            ) : (
              <EmptyState title={say('sessions.none')} icon="calendar" action={add}>
                {mayEdit && say('sessions.noneText')}
              </EmptyState>
            )
          }
        </Loaded>
      )}
    </Card>
  )
}

type RowsProps = Readonly<{
  convening: Kept
  rows: readonly SessionListed[]
  onEdit: (session: SessionListed) => void
}>

function Rows({ convening, rows, onEdit }: RowsProps) {
  const say = useDayWords()
  const tell = useTell()
  const times = useTimes()
  const refusals = useRefusals()
  const { timeZone, id: conveningId, mayEdit } = convening
  const remove = useSend(removeSession, { refreshes: [listSessions] })
  const fill = useSend(fillSession, {
    refreshes: [listSessions, listExpected],
    onDone: ({ given }) => tell({ text: say('sessions.given', { count: given }) }),
  })
  const problem = (remove.error ?? fill.error)?.problem
  const shown: Column<SessionListed>[] = [
    {
      id: 'what',
      head: say('sessions.what'),
      isHead: true,
      cell: ({ title, track, kind }) => (
        <>
          {title} {kind === 'side_event' && <StatusPill tone="plain">{say('session.kind.side_event')}</StatusPill>}
          {track && (
            <>
              <br />
              <span className="small muted">{track}</span>
            </>
          )}
        </>
      ),
    },
    {
      id: 'when',
      head: say('sessions.when'),
      cell: ({ startsAt, endsAt }) => (
        <>
          {times.date(startsAt, timeZone)}
          <br />
          <span className="small muted">{times.range(startsAt, endsAt, timeZone)}</span>
        </>
      ),
    },
    {
      id: 'where',
      head: say('sessions.where'),
      cell: ({ place, joinUrl }) => [place, joinUrl && say('sessions.online')].filter(Boolean).join(', '),
    },
    {
      id: 'people',
      head: say('sessions.people'),
      isNumber: true,
      cell: ({ chosen, capacity, waitlisted }) => (
        <>
          {capacity === null ? chosen : say('sessions.ofCapacity', { chosen, capacity })}
          {waitlisted > 0 && <span className="small muted"> {say('sessions.waiting', { count: waitlisted })}</span>}
        </>
      ),
    },
  ]
  const changing: Column<SessionListed>[] = [
    {
      id: 'act',
      head: say('sessions.act'),
      cell: (session) => {
        const { id: sessionId, title, capacity, chosen, waitlisted } = session
        const params = { conveningId, sessionId }
        const isFree = waitlisted > 0 && freePlaces({ capacity, registered: chosen, waitlisted }) > 0
        return (
          <span className="row">
            <TextButton about={title} onClick={() => onEdit(session)}>
              {say('sessions.edit')}
            </TextButton>
            {isFree && (
              <TextButton about={title} onClick={() => fill.mutate({ params })}>
                {say('sessions.fill')}
              </TextButton>
            )}
            {chosen + waitlisted === 0 && (
              <TextButton
                about={title}
                onClick={() =>
                  remove.mutate({ params }, { onSuccess: () => tell({ text: say('sessions.removed', { title }) }) })
                }
              >
                {say('sessions.remove')}
              </TextButton>
            )}
          </span>
        )
      },
    },
  ]
  return (
    <>
      {problem && <ProblemNotice problem={problem} sayRefusal={refusals} />}
      <AdminTable
        caption={say('sessions.title')}
        columns={mayEdit ? [...shown, ...changing] : shown}
        rows={rows}
        rowKey={({ id }) => id}
      />
    </>
  )
}
