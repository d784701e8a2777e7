import { useRef, useState, type ReactNode } from 'react'
import {
  ActionButton,
  Card,
  Notice,
  ProblemNotice,
  saveFile,
  type CallProblem,
  type Column,
  type SayRefusal,
} from '@copractice/ui'
import { AdminTable } from './admin-table.tsx'
import { readListFile, type ListRead } from './read-list-file.ts'
import { usePeopleWords } from './say-people.ts'

type Problem = Readonly<{ row: number; column: string; value: string; problem: string }>
type Told = Readonly<{ problems: readonly Problem[]; problemCount: number }>
type ProblemOf<T extends Told> = T['problems'][number]
type Sent = Readonly<{ isPending: boolean; error: Readonly<{ problem: CallProblem }> | null }>

type Props<T extends Told> = Readonly<{
  title: string
  text: string
  /** The headings of an empty list, and what it is saved as. */
  columns: readonly string[]
  file: string
  look: Sent & Readonly<{ data: T | undefined }>
  commit: Sent
  onLook: (csv: string) => void
  onCommit: (csv: string) => void
  /** What would happen, and the words to do it by; without them there is nothing to do. */
  would: (told: T) => ReactNode
  commitWords: (told: T) => string | undefined
  sayProblem: (problem: ProblemOf<T>['problem']) => string
  sayRefusal: SayRefusal
}>

/** Takes a list from a spreadsheet: first what would happen, with every row's problem, then doing it. */
export function ImportCard<T extends Told>(props: Props<T>) {
  const say = usePeopleWords()
  const { title, text, columns, file, look, commit, onLook, onCommit, would, commitWords, sayRefusal } = props
  const input = useRef<HTMLInputElement>(null)
  const [csv, setCsv] = useState('')
  const [fault, setFault] = useState<ListRead['fault']>()
  const onFile = async (chosen: File | undefined) => {
    if (input.current) input.current.value = ''
    if (!chosen) return
    const read = await readListFile(chosen)
    setFault(read.fault)
    if (read.fault) return
    setCsv(read.text)
    onLook(read.text)
  }
  const template = () => saveFile(new Blob([`${columns.join(',')}\r\n`], { type: 'text/csv' }), file)
  const told = fault ? undefined : look.data
  const toDo = told && told.problemCount === 0 ? commitWords(told) : undefined
  const failed = fault ? null : (look.error ?? commit.error)
  return (
    <Card title={title}>
      <div className="stack">
        <p className="muted">{text}</p>
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
        {fault && (
          <Notice tone="warn" live>
            {say(`import.fault.${fault}`)}
          </Notice>
        )}
        {failed && <ProblemNotice problem={failed.problem} sayRefusal={sayRefusal} />}
        {told && (
          <>
            {would(told)}
            {told.problemCount > 0 && <Problems told={told} sayProblem={props.sayProblem} />}
            {toDo && (
              <div>
                <ActionButton isBusy={commit.isPending} onClick={() => onCommit(csv)}>
                  {toDo}
                </ActionButton>
              </div>
            )}
          </>
        )}
      </div>
    </Card>
  )
}

function Problems<T extends Told>(props: Pick<Props<T>, 'sayProblem'> & { told: T }) {
  const say = usePeopleWords()
  const { told, sayProblem } = props
  const columns: Column<ProblemOf<T>>[] = [
    { id: 'row', head: say('import.row'), cell: ({ row }) => row },
    { id: 'column', head: say('import.column'), cell: ({ column }) => <code>{column}</code> },
    {
      id: 'value',
      head: say('import.value'),
      cell: ({ value }) => <span className="any-wrap">{value || say('import.empty')}</span>,
    },
    { id: 'problem', head: say('import.problem'), cell: ({ problem }) => sayProblem(problem) },
  ]
  return (
    <>
      <p>{say('import.problems', { count: told.problemCount })}</p>
      <AdminTable
        caption={say('import.problemsTitle')}
        columns={columns}
        rows={told.problems}
        rowKey={({ row, column, problem, value }) => `${row} ${column} ${problem} ${value}`}
      />
    </>
  )
}
