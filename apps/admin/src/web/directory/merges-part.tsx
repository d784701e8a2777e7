import { listMerges, searchPeople, showPerson, undoMerge } from '@copractice/core/directory'
import type { RouteOutput } from '@copractice/core/kernel'
import {
  ActionButton,
  AppLink,
  Card,
  Loaded,
  ProblemNotice,
  useRoute,
  useSend,
  useTell,
  useTimes,
  type Column,
} from '@copractice/ui'
import { AdminTable } from './admin-table.tsx'
import { usePeopleRefusals, usePeopleWords } from './say-people.ts'

type Merge = RouteOutput<typeof listMerges>['items'][number]
const nameOf = ({ name, email }: Merge['kept']) => name ?? email ?? '—'

/** The latest merges of two persons into one, and taking one apart again. */
export function MergesPart() {
  const say = usePeopleWords()
  const times = useTimes()
  const tell = useTell()
  const refusals = usePeopleRefusals()
  const merges = useRoute(listMerges, { query: { limit: 20 } })
  const undo = useSend(undoMerge, {
    refreshes: [listMerges, searchPeople, showPerson],
    onDone: () => tell({ text: say('merges.undone') }),
  })
  const columns: Column<Merge>[] = [
    {
      id: 'kept',
      head: say('merges.kept'),
      isHead: true,
      cell: ({ kept }) => <AppLink href={`/people/${kept.id}`}>{nameOf(kept)}</AppLink>,
    },
    { id: 'gone', head: say('merges.gone'), cell: ({ gone }) => nameOf(gone) },
    { id: 'at', head: say('merges.at'), cell: ({ at }) => times.dateTime(at) },
    { id: 'by', head: say('merges.by'), cell: ({ byName }) => byName ?? '—' },
    {
      id: 'undo',
      head: say('merges.undo'),
      cell: ({ id, mayUndo, undoneAt, undoUntil, kept }) =>
        mayUndo ? (
          <>
            <ActionButton
              weight="quiet"
              size="small"
              isBusy={undo.isPending}
              onClick={() => undo.mutate({ params: { mergeId: id } })}
            >
              {say('merges.undo')}
              <span className="vh"> {nameOf(kept)}</span>
            </ActionButton>{' '}
            <span className="small muted">{say('merges.until', { day: times.date(undoUntil) })}</span>
          </>
        ) : (
          undoneAt && say('merges.undoneAt', { day: times.date(undoneAt) })
        ),
    },
  ]
  if (merges.data?.items.length === 0) return null
  return (
    <Card title={say('merges.title')}>
      <Loaded from={merges} what={say('merges.title')} lines={3} sayRefusal={refusals}>
        {({ items }) => (
          <AdminTable caption={say('merges.title')} columns={columns} rows={items} rowKey={({ id }) => id} />
        )}
      </Loaded>
      {undo.error && <ProblemNotice problem={undo.error.problem} sayRefusal={refusals} />}
    </Card>
  )
}
