import { useDeferredValue, useState } from 'react'
import { TextInput } from '@instructure/ui/v11_7'
import { listMerges, mergePeople, previewMerge, searchPeople, showPerson } from '@copractice/core/directory'
import type { PersonId, RouteOutput } from '@copractice/core/kernel'
import { ActionButton, Card, Loaded, ProblemNotice, TextButton, useRoute, useSend, useTell } from '@copractice/ui'
import { usePeopleRefusals, usePeopleWords } from './say-people.ts'

type Preview = RouteOutput<typeof previewMerge>
type Table = Preview['moves'][number]

/** Finds the other of two persons who are one, and shows everything that would move before it does. */
export function MergePart({ personId, name }: { personId: PersonId; name: string }) {
  const say = usePeopleWords()
  const [text, setText] = useState('')
  const [goneId, setGoneId] = useState<PersonId | null>(null)
  const search = useDeferredValue(text.trim())
  const found = useRoute(searchPeople, { query: { search, limit: 10 } }, { enabled: search.length > 1 })
  const others = search.length > 1 ? (found.data?.items ?? []).filter(({ id }) => id !== personId) : []
  return (
    <Card title={say('merge.title')}>
      <div className="stack">
        <p className="muted">{say('merge.text', { name })}</p>
        <TextInput
          renderLabel={say('merge.search')}
          type="search"
          value={text}
          onChange={(_event, value) => {
            setText(value)
            setGoneId(null)
          }}
        />
        {goneId === null && (
          <ul className="plain">
            {others.map((other) => (
              <li key={other.id}>
                <TextButton onClick={() => setGoneId(other.id)}>
                  {[other.name, other.email].filter(Boolean).join(', ') || '—'}
                </TextButton>{' '}
                <span className="small muted">
                  {other.affiliations.map(({ institution }) => institution.name).join(', ')}
                </span>
              </li>
            ))}
          </ul>
        )}
        {goneId && <Look personId={personId} goneId={goneId} onDone={() => setText('')} />}
      </div>
    </Card>
  )
}

function Look({ personId, goneId, onDone }: { personId: PersonId; goneId: PersonId; onDone: () => void }) {
  const say = usePeopleWords()
  const refusals = usePeopleRefusals()
  const tell = useTell()
  const params = { personId, goneId }
  const preview = useRoute(previewMerge, { params })
  const merge = useSend(mergePeople, {
    refreshes: [showPerson, searchPeople, listMerges],
    onDone: () => {
      tell({ text: say('merge.done') })
      onDone()
    },
  })
  return (
    <Loaded from={preview} what={say('merge.looking')} lines={4} sayRefusal={refusals}>
      {({ kept, gone, moves, putAway, refused, reviewsOfEachOther }) => (
        <div className="stack">
          <p>{say('merge.would', { kept: kept.name ?? kept.email ?? '—', gone: gone.name ?? gone.email ?? '—' })}</p>
          <Tables title={say('merge.moves')} rows={moves} />
          <Tables title={say('merge.putAway')} rows={putAway} />
          <Tables title={say('merge.refused')} rows={refused} />
          {reviewsOfEachOther > 0 && <p>{say('merge.reviews')}</p>}
          {merge.error && <ProblemNotice problem={merge.error.problem} sayRefusal={refusals} />}
          {refused.length === 0 && reviewsOfEachOther === 0 && (
            <div>
              <ActionButton isBusy={merge.isPending} onClick={() => merge.mutate({ params })}>
                {say('merge.do')}
              </ActionButton>
            </div>
          )}
        </div>
      )}
    </Loaded>
  )
}

function Tables({ title, rows }: { title: string; rows: readonly Table[] }) {
  const of = useTableWords()
  if (!rows.length) return null
  return (
    <div>
      <h3>{title}</h3>
      <ul className="plain">
        {rows.map(({ table, rows: count }) => (
          <li key={table}>
            {of(table)}: {count}
          </li>
        ))}
      </ul>
    </div>
  )
}

const NAMED = [
  'affiliation',
  'identity',
  'role_grant',
  'seat',
  'registration',
  'submission',
  'course_member',
  'review_assignment',
  'post',
  'meeting_answer',
  'attendance',
  'upload',
  'score_delivery',
  'proposal_author',
  'facilitator',
] as const
const isNamed = (table: string): table is (typeof NAMED)[number] => (NAMED as readonly string[]).includes(table)

/** What the rows of a table are to people; the rest by the table's own name. */
function useTableWords(): (table: string) => string {
  const say = usePeopleWords()
  return (table) => (isNamed(table) ? say(`of.${table}`) : table.replaceAll('_', ' '))
}
