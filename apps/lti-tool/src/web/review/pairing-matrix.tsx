import { useMemo, useRef, useState, type KeyboardEvent } from 'react'
import type { PairingMatrix } from '@copractice/core/review'
import { ActionButton, DataTable, EmptyState, LetterBadge, useUiWords, type Column } from '@copractice/ui'
import { CellMark, PairingKey, type CellState } from './pairing-key.tsx'
import { usePersonName } from './person-name.ts'
import { useWords } from './say.ts'

/** Every review of the round at a glance: reviewers down, authors across; the same as a list on demand. */
export function PairingMatrixPart({ matrix }: { matrix: PairingMatrix }) {
  const say = useWords()
  const [isList, setIsList] = useState(false)
  return (
    <section className="blk" id="pairings" aria-labelledby="h-pairs">
      <h2 id="h-pairs">{say('run.pairings')}</h2>
      <p className="lede">{say('pairs.lede')}</p>
      {matrix.pairs.length === 0 ? (
        <EmptyState title={say('pairs.none')} icon="grid">
          {say('pairs.noneText')}
        </EmptyState>
      ) : (
        <div className="pairs">
          {isList ? <PairList matrix={matrix} /> : <Grid matrix={matrix} />}
          <div>
            <PairingKey />
            <p className="small muted apart">{say('pairs.how')}</p>
            <ActionButton weight="quiet" size="small" pressed={isList} onClick={() => setIsList(!isList)}>
              {say('pairs.asList')}
            </ActionButton>
          </div>
        </div>
      )}
    </section>
  )
}

function useCells({ pairs, closed }: PairingMatrix): (row: number, column: number) => CellState {
  const cells = useMemo(() => {
    const at = new Map<string, CellState>()
    for (const { row, column, why } of closed) at.set(`${row},${column}`, why)
    for (const { row, column, state } of pairs) at.set(`${row},${column}`, state)
    return at
  }, [pairs, closed])
  return (row, column) => cells.get(`${row},${column}`) ?? 'none'
}

const STEPS: Record<string, readonly [number, number]> = {
  ArrowUp: [-1, 0],
  ArrowDown: [1, 0],
  ArrowLeft: [0, -1],
  ArrowRight: [0, 1],
}

/** A grid with one tab stop: arrow keys move, Home and End go to the ends of a row. */
function Grid({ matrix }: { matrix: PairingMatrix }) {
  const say = useWords()
  const ui = useUiWords()
  const nameOf = usePersonName()
  const stateAt = useCells(matrix)
  const table = useRef<HTMLTableElement>(null)
  const [at, setAt] = useState<readonly [number, number]>([0, 0])
  const { rows, columns } = matrix
  const go = (row: number, column: number) => {
    const next = [clamp(row, rows.length), clamp(column, columns.length)] as const
    setAt(next)
    table.current?.querySelector<HTMLElement>(`[data-at="${next.join()}"]`)?.focus()
  }
  const onKeyDown = (event: KeyboardEvent) => {
    const step = STEPS[event.key]
    if (step) go(at[0] + step[0], at[1] + step[1])
    else if (event.key === 'Home') go(at[0], 0)
    else if (event.key === 'End') go(at[0], columns.length - 1)
    else return
    event.preventDefault()
  }
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- a region that scrolls must be reachable by keyboard
    <div className="scroll" role="region" tabIndex={0} aria-label={ui('wideTable', { caption: say('pairs.grid') })}>
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-element-to-interactive-role -- the grid pattern: a table one moves through by arrow keys */}
      <table className="mx" role="grid" ref={table} aria-label={say('pairs.grid')} onKeyDown={onKeyDown}>
        <thead>
          <tr>
            <th className="corner small muted">{say('pairs.corner')}</th>
            {columns.map((author) => (
              <th key={author.key} scope="col" className="vert">
                <span>{nameOf(author)}</span>
              </th>
            ))}
            <th scope="col" className="corner small">
              {say('pairs.has')}
            </th>
          </tr>
        </thead>
        <tbody>
          {rows.map((reviewer, row) => (
            <tr key={reviewer.key}>
              <th scope="row">
                <LetterBadge mark={reviewer.campus} small />
                {nameOf(reviewer)}
              </th>
              {columns.map((author, column) => {
                const state = stateAt(row, column)
                return (
                  <td
                    key={author.key}
                    tabIndex={row === at[0] && column === at[1] ? 0 : -1}
                    data-at={`${row},${column}`}
                    className={`cell-${state}`}
                    aria-label={say('pairs.cell', {
                      reviewer: nameOf(reviewer),
                      author: nameOf(author),
                      state: say(`pairs.state.${state}`),
                    })}
                    onFocus={() => setAt([row, column])}
                  >
                    <CellMark state={state} />
                  </td>
                )
              })}
              <td className="tot num">{reviewer.has}</td>
            </tr>
          ))}
        </tbody>
        <tfoot>
          <tr>
            <th scope="row">{say('pairs.gets')}</th>
            {columns.map((author) => (
              <td key={author.key} className="tot num">
                {author.gets}
              </td>
            ))}
            <td aria-hidden="true" />
          </tr>
        </tfoot>
      </table>
    </div>
  )
}

const clamp = (place: number, count: number) => Math.min(count - 1, Math.max(0, place))

type Pair = PairingMatrix['pairs'][number]

function PairList({ matrix: { rows, columns, pairs } }: { matrix: PairingMatrix }) {
  const say = useWords()
  const nameOf = usePersonName()
  const list: Column<Pair>[] = [
    { id: 'reviewer', head: say('pairs.listReviewer'), isHead: true, cell: ({ row }) => nameOf(rows[row]!) },
    { id: 'author', head: say('pairs.listAuthor'), cell: ({ column }) => nameOf(columns[column]!) },
    { id: 'state', head: say('pairs.listState'), cell: ({ state }) => say(`pairs.state.${state}`) },
  ]
  return (
    <DataTable
      caption={say('run.pairings')}
      columns={list}
      rows={pairs}
      rowKey={({ row, column }) => `${row},${column}`}
    />
  )
}
