import { useRef, useState } from 'react'
import {
  importInstitutions,
  importPeople,
  INSTITUTION_COLUMNS,
  listInstitutions,
  PEOPLE_COLUMNS,
  searchPeople,
  showInstitution,
  showPerson,
} from '@copractice/core/directory'
import type { RouteOutput } from '@copractice/core/kernel'
import { ActionButton, Card, ProblemNotice, saveFile, useSend, useTell, type Column } from '@copractice/ui'
import { AdminTable } from './admin-table.tsx'
import { usePeopleRefusals, usePeopleWords } from './say-people.ts'

type Told = RouteOutput<typeof importPeople>
type Problem = Told['problems'][number]
const OF = {
  institutions: { route: importInstitutions, columns: INSTITUTION_COLUMNS, file: 'institutions.csv' },
  people: { route: importPeople, columns: PEOPLE_COLUMNS, file: 'people.csv' },
} as const
const refreshes = [listInstitutions, showInstitution, searchPeople, showPerson]

/** Takes institutions or people from a spreadsheet: first what would happen, with every row's problem, then doing it. */
export function ImportList({ what }: { what: keyof typeof OF }) {
  const say = usePeopleWords()
  const tell = useTell()
  const refusals = usePeopleRefusals()
  const input = useRef<HTMLInputElement>(null)
  const [csv, setCsv] = useState<string | null>(null)
  const { route, columns, file } = OF[what]
  const look = useSend(route as typeof importPeople)
  const commit = useSend(route as typeof importPeople, {
    refreshes,
    onDone: ({ added, changed }) => {
      tell({ text: say('import.done', { added, changed }) })
      setCsv(null)
      look.reset()
    },
  })
  const onFile = async (chosen: File | undefined) => {
    if (input.current) input.current.value = ''
    if (!chosen) return
    const text = await chosen.text()
    setCsv(text)
    commit.reset()
    look.mutate({ body: { csv: text, commit: false } })
  }
  const template = () => saveFile(new Blob([`${columns.join(',')}\r\n`], { type: 'text/csv' }), file)
  const told = csv === null ? undefined : look.data
  const failed = look.error ?? commit.error
  return (
    <Card title={say(`import.${what}.title`)}>
      <div className="stack">
        <p className="muted">{say(`import.${what}.text`)}</p>
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
            <p role="status">{say(`import.${what}.would`, { ...told, problems: told.problemCount })}</p>
            {told.problemCount > 0 && <Problems problems={told.problems} count={told.problemCount} />}
            {told.problemCount === 0 && told.added + told.changed > 0 && (
              <div>
                <ActionButton
                  isBusy={commit.isPending}
                  onClick={() => commit.mutate({ body: { csv: csv!, commit: true } })}
                >
                  {say('import.commit')}
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
  const say = usePeopleWords()
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
        rowKey={({ row, column, problem }) => `${row} ${column} ${problem}`}
      />
    </>
  )
}
