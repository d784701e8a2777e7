import type { ReactNode } from 'react'
import { DataTable, useMedia, useUiWords, type Column } from '@copractice/ui'

type Props<Row> = Readonly<{
  caption: string
  columns: readonly Column<Row>[]
  rows: readonly Row[]
  rowKey: (row: Row) => string
  /** Drawn in place of a column's words in the head, such as an axis; the words stay for assistive technology. */
  headDrawing?: Readonly<{ id: string; drawing: ReactNode }>
}>

/** A dense table for a wide screen, in a region the keyboard can scroll; on phones the rows become short lists. */
export function AdminTable<Row>({ caption, columns, rows, rowKey, headDrawing }: Props<Row>) {
  const say = useUiWords()
  const isPhone = useMedia('(max-width: 40rem)')
  if (isPhone) return <DataTable caption={caption} columns={columns} rows={rows} rowKey={rowKey} />
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- a region that scrolls must be reachable by keyboard
    <div className="scroll" role="region" tabIndex={0} aria-label={say('wideTable', { caption })}>
      <table className="table">
        <thead>
          <tr>
            {columns.map(({ id, head, isNumber }) => (
              <th key={id} scope="col" className={isNumber ? 'num' : undefined}>
                {headDrawing?.id === id ? (
                  <>
                    <span className="vh">{head}</span>
                    {headDrawing.drawing}
                  </>
                ) : (
                  head
                )}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={rowKey(row)}>
              {columns.map(({ id, cell, isNumber, isHead }) =>
                isHead ? (
                  <th key={id} scope="row">
                    {cell(row)}
                  </th>
                ) : (
                  <td key={id} className={isNumber ? 'num' : undefined}>
                    {cell(row)}
                  </td>
                ),
              )}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
