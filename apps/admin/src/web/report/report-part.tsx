import type { ReactNode } from 'react'
import type { ReportAsked, ReportPart } from '@copractice/core/report'
import { Card, type Column } from '@copractice/ui'
import { AdminTable } from '../directory/admin-table.tsx'
import { Bars, type Bar } from './bars.tsx'
import { useWords } from './say.ts'

type Props<Row> = Readonly<{
  part: ReportPart
  asked: ReportAsked
  title: string
  summary: string
  bars: readonly Bar[]
  note?: ReactNode
  columns: readonly Column<Row>[]
  rows: readonly Row[]
  rowKey: (row: Row) => string
}>

/** One part: what it says in a sentence, drawn, as a table, and as CSV. */
export function ReportPartCard<Row>(props: Props<Row>) {
  const { part, asked, title, summary, bars, note, columns, rows, rowKey } = props
  const say = useWords()
  const given = Object.entries(asked).filter(([, value]) => value !== undefined)
  const query = new URLSearchParams(given).toString()
  return (
    <Card title={title}>
      <div className="stack report-part">
        <p>{summary}</p>
        {bars.length > 0 && <Bars bars={bars} summary={`${title}. ${summary}`} />}
        {note}
        {rows.length > 0 && (
          <>
            <details>
              <summary>
                {say('asTable')}
                <span className="vh">: {title}</span>
              </summary>
              <AdminTable caption={title} columns={columns} rows={rows} rowKey={rowKey} />
            </details>
            <p className="no-print">
              <a className="btn btn-quiet" href={`/api/reports/csv/${part}${query && `?${query}`}`} download>
                {say('csv')}
                <span className="vh">: {title}</span>
              </a>
            </p>
          </>
        )}
      </div>
    </Card>
  )
}
