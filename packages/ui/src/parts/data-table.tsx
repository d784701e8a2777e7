import { useSyncExternalStore, type ReactNode } from 'react'
import { Table } from '@instructure/ui/v11_7'
import { useUiWords } from '../words/create-i18n.ts'

export type Column<Row> = Readonly<{
  id: string
  head: string
  cell: (row: Row) => ReactNode
  /** Numbers stand at the end, so that their digits line up. */
  isNumber?: boolean
  /** The column that names the row. */
  isHead?: boolean
}>

/** True while the media query holds. */
export function useMedia(query: string): boolean {
  return useSyncExternalStore(
    (listener) => {
      const list = window.matchMedia?.(query)
      list?.addEventListener('change', listener)
      return () => list?.removeEventListener('change', listener)
    },
    () => window.matchMedia?.(query).matches ?? false,
  )
}

/**
 * A table in a scroll region that the keyboard reaches. On phones each row becomes a short list of label and value,
 * unless `keepsWide` (a matrix must stay one); a value that is empty is left out there with its label.
 */
export function DataTable<Row>(props: {
  caption: string
  columns: readonly Column<Row>[]
  rows: readonly Row[]
  rowKey: (row: Row) => string
  keepsWide?: boolean
}) {
  const { caption, columns, rows, rowKey, keepsWide = false } = props
  const say = useUiWords()
  const isPhone = useMedia('(max-width: 40rem)')
  const layout = isPhone && !keepsWide ? 'stacked' : 'auto'
  const table = (
    <Table caption={caption} layout={layout} hover={false}>
      <Table.Head>
        <Table.Row>
          {columns.map(({ id, head, isNumber }) => (
            <Table.ColHeader key={id} id={id} textAlign={isNumber ? 'end' : 'start'}>
              {head}
            </Table.ColHeader>
          ))}
        </Table.Row>
      </Table.Head>
      <Table.Body>
        {rows.map((row) => (
          <Table.Row key={rowKey(row)}>
            {columns.map(({ id, cell, isNumber, isHead }) => {
              const textAlign = isNumber && layout !== 'stacked' ? 'end' : 'start'
              const content = cell(row)
              if (layout === 'stacked' && (content === '' || content == null)) return <NoCell key={id} />
              return isHead ? (
                <Table.RowHeader key={id} textAlign={textAlign}>
                  {content}
                </Table.RowHeader>
              ) : (
                <Table.Cell key={id} textAlign={textAlign}>
                  {isNumber ? <span className="nowrap">{content}</span> : content}
                </Table.Cell>
              )
            })}
          </Table.Row>
        ))}
      </Table.Body>
    </Table>
  )
  if (layout === 'stacked') return <div className="stacked">{table}</div>
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- a region that scrolls must be reachable by keyboard
    <div className="scroll" role="region" tabIndex={0} aria-label={say('wideTable', { caption })}>
      {table}
    </div>
  )
}

/** Holds the place of a cell with nothing in it, whose label would stand there alone: labels are found by place. */
const NoCell = () => null
