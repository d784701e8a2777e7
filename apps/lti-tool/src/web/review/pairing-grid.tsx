import { useEffect, useRef, useState, type KeyboardEvent, type PointerEvent } from 'react'
import type { PairingMatrix } from '@copractice/core/review'
import { LetterBadge, Spoken, useUiWords } from '@copractice/ui'
import { CellMark } from './pairing-key.tsx'
import { PairingPanel } from './pairing-panel.tsx'
import { useColumnName, useRowName, type CellAt } from './pairing-names.ts'
import type { PairingChanges } from './use-pairing-changes.ts'
import { useWindow } from './use-window.ts'
import { useWords } from './say.ts'
import { usePairingWords, useVerdict } from './say-pairings.ts'

/** Pixels; the width and height of a cell in round.css. */
const CELL = 36
/** Up to so many cells all are drawn. */
const ALL_DRAWN = 1600

const STEPS: Record<string, readonly [number, number]> = {
  ArrowUp: [-1, 0],
  ArrowDown: [1, 0],
  ArrowLeft: [0, -1],
  ArrowRight: [0, 1],
}

type Props = Readonly<{
  matrix: PairingMatrix
  cellAt: CellAt
  /** Rows to show, by position. */
  shown: readonly number[]
  /** Null where pairings cannot change. */
  changes: PairingChanges | null
}>

/**
 * A grid with one tab stop: arrow keys move, Home and End go to the ends of a row. A review is carried within its column,
 * by keys or by pointer, and every row says whether it may be put down there. Large grids draw what is in sight.
 */
export function PairingGrid({ matrix, cellAt, shown, changes }: Props) {
  const say = useWords()
  const sayPairing = usePairingWords()
  const verdictOf = useVerdict()
  const ui = useUiWords()
  const rowName = useRowName()
  const columnName = useColumnName()
  const region = useRef<HTMLDivElement>(null)
  const [at, setAt] = useState<readonly [number, number]>([shown[0] ?? 0, 0])
  const wantsFocus = useRef(false)
  const drag = useRef<{ row: number; column: number; x: number; y: number; isOn: boolean } | null>(null)
  const { rows, columns } = matrix
  const isSmall = shown.length * columns.length <= ALL_DRAWN
  const seen = useWindow(region, { rows: shown.length, columns: columns.length, cell: CELL, isSmall })
  const carried = changes?.carried ?? null
  const [atRow, column] = carried ? ([carried.to, carried.column] as const) : at
  const row = shown.includes(atRow) ? atRow : (shown[0] ?? 0)

  useEffect(() => {
    if (!wantsFocus.current) return
    const cell = region.current?.querySelector<HTMLElement>(`[data-at="${row},${column}"]`)
    if (!cell) return
    wantsFocus.current = false
    cell.focus({ preventScroll: !isSmall })
  })

  const go = (toShown: number, toColumn: number) => {
    const next = [shown[clamp(toShown, shown.length)]!, clamp(toColumn, columns.length)] as const
    wantsFocus.current = true
    setAt(next)
    if (carried) changes?.carryTo(next[0])
    if (!isSmall) reveal(region.current, clamp(toShown, shown.length), next[1])
  }
  const onKeyDown = (event: KeyboardEvent) => {
    const [place, step] = [shown.indexOf(row), STEPS[event.key]]
    if (step) go(place + step[0], carried ? column : column + step[1])
    else if (event.key === 'Home' && !carried) go(place, 0)
    else if (event.key === 'End' && !carried) go(place, columns.length - 1)
    else if (event.key === 'Escape' && carried) {
      go(shown.indexOf(carried.from), carried.column)
      changes?.leave()
    } else if (event.key === 'Enter' && changes) {
      if (carried) changes.putDown(row)
      else if (isPair(cellAt(row, column))) changes.pickUp(row, column)
      else changes.change({ kind: 'add', row, column })
    } else if (event.key === 'Delete' && changes && !carried) changes.change({ kind: 'remove', row, column })
    else return
    event.preventDefault()
  }

  const placeOf = (element: Element | null): readonly [number, number] | null => {
    const [row, column] = element?.closest('[data-at]')?.getAttribute('data-at')?.split(',').map(Number) ?? []
    return row === undefined || column === undefined ? null : [row, column]
  }
  const onPointerDown = (event: PointerEvent) => {
    const place = event.pointerType === 'touch' || event.button !== 0 ? null : placeOf(event.target as Element)
    drag.current = place && { row: place[0], column: place[1], x: event.clientX, y: event.clientY, isOn: false }
  }
  const onPointerMove = (event: PointerEvent) => {
    const held = drag.current
    if (!held || !changes || event.buttons === 0) return
    if (!held.isOn) {
      if (Math.hypot(event.clientX - held.x, event.clientY - held.y) < 6) return
      if (!changes.judge({ kind: 'remove', row: held.row, column: held.column }).may) return
      held.isOn = true
      changes.pickUp(held.row, held.column)
      return
    }
    const over = placeOf(document.elementFromPoint(event.clientX, event.clientY))
    if (over) changes.carryTo(over[0])
  }
  const onPointerUp = (event: PointerEvent) => {
    const held = drag.current
    drag.current = null
    if (!held?.isOn || !changes) return
    const over = placeOf(document.elementFromPoint(event.clientX, event.clientY))
    if (over) changes.putDown(over[0])
    else changes.leave()
  }

  const drawnColumns = columns.slice(seen.left, seen.right).map((author, i) => [author, seen.left + i] as const)
  const drawnRows = shown.slice(seen.top, seen.bottom)
  const [before, after] = [seen.left * CELL, (columns.length - seen.right) * CELL]
  return (
    <>
      {/* oxlint-disable jsx-a11y/no-noninteractive-tabindex, jsx-a11y/no-noninteractive-element-to-interactive-role -- a region that scrolls must be reachable by keyboard; the grid pattern: a table one moves through by arrow keys */}
      <div
        className={isSmall ? 'scroll' : 'scroll mx-large'}
        role="region"
        tabIndex={0}
        ref={region}
        aria-label={ui('wideTable', { caption: say('pairs.grid') })}
      >
        <table
          className={carried ? 'mx mx-carrying' : 'mx'}
          role="grid"
          aria-label={say('pairs.grid')}
          aria-rowcount={shown.length + 2}
          aria-colcount={columns.length + 2}
          onKeyDown={onKeyDown}
          onPointerDown={onPointerDown}
          onPointerMove={onPointerMove}
          onPointerUp={onPointerUp}
        >
          <thead>
            <tr aria-rowindex={1}>
              <th className="corner small muted">{say('pairs.corner')}</th>
              {before > 0 && <Blank width={before} />}
              {drawnColumns.map(([author, place]) => (
                <th key={author.key} scope="col" className="vert" aria-colindex={place + 2}>
                  <span>{columnName(author)}</span>
                </th>
              ))}
              {after > 0 && <Blank width={after} />}
              <th scope="col" className="corner small">
                {say('pairs.has')}
              </th>
            </tr>
          </thead>
          <tbody>
            {seen.top > 0 && <tr aria-hidden="true" style={{ blockSize: seen.top * CELL }} />}
            {drawnRows.map((place, index) => {
              const reviewer = rows[place]!
              return (
                <tr
                  key={reviewer.key}
                  aria-rowindex={seen.top + index + 2}
                  className={reviewer.away ? 'is-away' : undefined}
                >
                  <th scope="row">
                    <LetterBadge mark={reviewer.campus} small />
                    {rowName(reviewer)}
                  </th>
                  {before > 0 && <Blank width={before} />}
                  {drawnColumns.map(([author, columnPlace]) => {
                    const state = cellAt(place, columnPlace)
                    const isCarried = carried?.column === columnPlace
                    const verdict =
                      isCarried && place !== carried.from
                        ? changes?.judge({ kind: 'move', column: columnPlace, from: carried.from, to: place })
                        : undefined
                    const names = { reviewer: rowName(reviewer), author: columnName(author) }
                    const label = say('pairs.cell', { ...names, state: say(`pairs.state.${state}`) })
                    return (
                      <td
                        key={author.key}
                        tabIndex={place === row && columnPlace === column ? 0 : -1}
                        data-at={`${place},${columnPlace}`}
                        aria-colindex={columnPlace + 2}
                        className={[
                          `cell-${state}`,
                          isCarried && place === carried.from && 'lifted',
                          verdict && (verdict.may ? 'may' : 'may-not'),
                          isCarried && place === carried.to && place !== carried.from && 'target',
                        ]
                          .filter(Boolean)
                          .join(' ')}
                        aria-label={verdict ? `${label}. ${verdictOf(verdict)}` : label}
                        title={verdict ? verdictOf(verdict) : undefined}
                        onFocus={() => setAt([place, columnPlace])}
                      >
                        <CellMark state={state} />
                      </td>
                    )
                  })}
                  {after > 0 && <Blank width={after} />}
                  <td className="tot num">{reviewer.has}</td>
                </tr>
              )
            })}
            {seen.bottom < shown.length && (
              <tr aria-hidden="true" style={{ blockSize: (shown.length - seen.bottom) * CELL }} />
            )}
          </tbody>
          <tfoot>
            <tr>
              <th scope="row">{say('pairs.gets')}</th>
              {before > 0 && <Blank width={before} />}
              {drawnColumns.map(([author]) => (
                <td key={author.key} className="tot num">
                  {author.gets}
                </td>
              ))}
              {after > 0 && <Blank width={after} />}
              <td aria-hidden="true" />
            </tr>
          </tfoot>
        </table>
      </div>
      {changes && (
        <>
          <PairingPanel matrix={matrix} at={[row, column]} state={cellAt(row, column)} changes={changes} />
          <Spoken>{changes.said}</Spoken>
          <p className="small muted apart">{sayPairing('howMove')}</p>
        </>
      )}
    </>
  )
}

const Blank = ({ width }: { width: number }) => (
  <td aria-hidden="true" style={{ minInlineSize: width, inlineSize: width }} />
)

const clamp = (place: number, count: number) => Math.min(count - 1, Math.max(0, place))
const isPair = (state: string) => ['filed', 'started', 'not_started', 'planned'].includes(state)

/** Names stand before the cells and above them, and stay in sight. */
const NAMES_BESIDE = 208
const NAMES_ABOVE = 148

function reveal(region: HTMLElement | null, place: number, column: number): void {
  if (!region) return
  const [top, start] = [place * CELL, column * CELL]
  const height = region.clientHeight - NAMES_ABOVE - 2 * CELL
  const width = region.clientWidth - NAMES_BESIDE - 2 * CELL
  if (top < region.scrollTop) region.scrollTop = top
  else if (top > region.scrollTop + height) region.scrollTop = top - height
  const turn = getComputedStyle(region).direction === 'rtl' ? -1 : 1
  const left = turn * region.scrollLeft
  if (start < left) region.scrollLeft = turn * start
  else if (start > left + width) region.scrollLeft = turn * (start - width)
}
