import { useState } from 'react'
import { listSigningKeys, rotateSigningKeys } from '@copractice/core/connection'
import type { RouteOutput } from '@copractice/core/kernel'
import {
  ActionButton,
  Card,
  ConfirmModal,
  Loaded,
  ProblemNotice,
  StatusPill,
  useRoute,
  useSend,
  useTell,
  useTimes,
  type Column,
} from '@copractice/ui'
import { AdminPage } from '../directory/admin-page.tsx'
import { AdminTable } from '../directory/admin-table.tsx'
import './connection.css'
import { useRefusals, useWords } from './say.ts'

type Key = RouteOutput<typeof listSigningKeys>['keys'][number]

/** The tool's signing keys: which signs, which is next, which are listed still. */
export function KeysPage() {
  const say = useWords()
  const refusals = useRefusals()
  const keys = useRoute(listSigningKeys, {})
  return (
    <AdminPage title={say('keys.title')}>
      <Card title={say('keys.title')}>
        <Loaded from={keys} what={say('keys.title')} lines={4} sayRefusal={refusals}>
          {(found) => (
            <div className="stack">
              <p className="muted">{say('keys.lede', { url: found.jwksUrl })}</p>
              {found.keys.length > 0 && <Keys rows={found.keys} />}
              <p>
                {found.rotatesEveryDays === null
                  ? say('keys.byHand')
                  : say('keys.every', { count: found.rotatesEveryDays })}
              </p>
              <Rotate />
            </div>
          )}
        </Loaded>
      </Card>
    </AdminPage>
  )
}

const TONE = { current: 'ok', next: 'info', retired: 'plain' } as const

function Keys({ rows }: { rows: readonly Key[] }) {
  const say = useWords()
  const times = useTimes()
  const columns: Column<Key>[] = [
    { id: 'kid', head: say('keys.kid'), isHead: true, cell: ({ kid }) => <code className="breaks">{kid}</code> },
    {
      id: 'state',
      head: say('keys.state'),
      cell: ({ state }) => <StatusPill tone={TONE[state]}>{say(`keys.${state}`)}</StatusPill>,
    },
    { id: 'made', head: say('keys.created'), cell: ({ createdAt }) => times.dateTime(createdAt) },
    { id: 'from', head: say('keys.from'), cell: ({ signsFrom }) => (signsFrom ? times.dateTime(signsFrom) : '') },
    {
      id: 'until',
      head: say('keys.until'),
      cell: ({ listedUntil }) => (listedUntil ? times.dateTime(listedUntil) : say('keys.forGood')),
    },
  ]
  return <AdminTable caption={say('keys.title')} columns={columns} rows={rows} rowKey={({ kid }) => kid} />
}

function Rotate() {
  const say = useWords()
  const tell = useTell()
  const refusals = useRefusals()
  const [isAsked, setIsAsked] = useState(false)
  const rotate = useSend(rotateSigningKeys, {
    refreshes: [listSigningKeys],
    onDone: () => tell({ text: say('keys.rotated') }),
  })
  return (
    <>
      {rotate.error && <ProblemNotice problem={rotate.error.problem} sayRefusal={refusals} />}
      <div>
        <ActionButton weight="secondary" icon="lock" isBusy={rotate.isPending} onClick={() => setIsAsked(true)}>
          {say('keys.rotate')}
        </ActionButton>
      </div>
      <ConfirmModal
        isOpen={isAsked}
        title={say('keys.rotate.title')}
        confirm={say('keys.rotate')}
        isBusy={rotate.isPending}
        onClose={() => setIsAsked(false)}
        onConfirm={() => rotate.mutate({}, { onSettled: () => setIsAsked(false) })}
      >
        <p>{say('keys.rotate.text')}</p>
        <p>{say('keys.rotate.why')}</p>
      </ConfirmModal>
    </>
  )
}
