import { useRef, useState } from 'react'
import {
  importRegistrantsRoute,
  listConvenings,
  listRegistrations,
  REGISTRANT_COLUMNS,
  showConvening,
  type ConveningListed,
} from '@copractice/core/convening'
import type { RouteOutput } from '@copractice/core/kernel'
import { ActionButton, Card, ProblemNotice, saveFile, useSend, useTell, type Column } from '@copractice/ui'
import { AdminTable } from '../directory/admin-table.tsx'
import { useRefusals, useWords } from './say.ts'

type Told = RouteOutput<typeof importRegistrantsRoute>
type Problem = Told['problems'][number]

/** Registers people from a spreadsheet: first what would happen, with every row's problem, then doing it. */
export function ImportPart({ convening }: { convening: ConveningListed }) {
  const say = useWords()
  const tell = useTell()
  const refusals = useRefusals()
  const input = useRef<HTMLInputElement>(null)
  const [csv, setCsv] = useState<string | null>(null)
  const params = { conveningId: convening.id }
  const look = useSend(importRegistrantsRoute)
  const commit = useSend(importRegistrantsRoute, {
    refreshes: [showConvening, listConvenings, listRegistrations],
    onDone: ({ added }) => {
      tell({ text: say('import.done', { count: added }) })
      setCsv(null)
      look.reset()
    },
  })
  const onFile = async (file: File | undefined) => {
    if (input.current) input.current.value = ''
    if (!file) return
    const text = await file.text()
    setCsv(text)
    commit.reset()
    look.mutate({ params, body: { csv: text, commit: false } })
  }
  const template = () =>
    saveFile(new Blob([`${REGISTRANT_COLUMNS.join(',')}\r\n`], { type: 'text/csv' }), 'registrants.csv')
  const told = csv === null ? undefined : look.data
  const failed = look.error ?? commit.error
  return (
    <Card title={say('import.title')}>
      <div className="stack">
        <p className="muted">{say('import.text')}</p>
        <div className="row">
          <label className="btn btn-quiet file-pick">
            <span>{say(look.isPending ? 'import.reading' : 'import.choose')}</span>
            <input
              ref={input}
              type="file"
              accept=".csv,text/csv"
              disabled={look.isPending}
              onChange={(event) => void onFile(event.target.files?.[0])}
            />
          </label>
          <ActionButton weight="quiet" onClick={template}>
            {say('import.template')}
          </ActionButton>
        </div>
        {failed && <ProblemNotice problem={failed.problem} sayRefusal={refusals} />}
        {told && (
          <>
            <p role="status">{say('import.would', { rows: told.rows, added: told.added, kept: told.kept })}</p>
            {told.waitlisted > 0 && <p>{say('import.wait', { count: told.waitlisted })}</p>}
            {told.problemCount > 0 && <Problems problems={told.problems} count={told.problemCount} />}
            {told.problemCount === 0 && told.added > 0 && (
              <div>
                <ActionButton
                  isBusy={commit.isPending}
                  onClick={() => commit.mutate({ params, body: { csv: csv!, commit: true } })}
                >
                  {say('import.commit', { count: told.added })}
                </ActionButton>
              </div>
            )}
          </>
        )}
      </div>
    </Card>
  )
}

function Problems({ problems, count }: { problems: readonly Problem[]; count: number }) {
  const say = useWords()
  const columns: Column<Problem>[] = [
    { id: 'row', head: say('import.row'), isHead: true, cell: ({ row }) => row },
    { id: 'column', head: say('import.column'), cell: ({ column }) => <code>{column}</code> },
    { id: 'value', head: say('import.value'), cell: ({ value }) => value || say('import.empty') },
    { id: 'problem', head: say('import.problem'), cell: ({ problem }) => say(`import.problem.${problem}`) },
  ]
  return (
    <>
      <p>{say('import.problems', { count })}</p>
      <AdminTable
        caption={say('import.problemsTitle')}
        columns={columns}
        rows={problems}
        rowKey={({ row, column, problem, value }) => `${row} ${column} ${problem} ${value}`}
      />
    </>
  )
}
