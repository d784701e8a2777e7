import { useState } from 'react'
import { spelt } from '@copractice/core/review'
import type { PublishPreview, ScoreCell } from '@copractice/core/gradebook'
import { DataTable, TextButton, useMedia, useUiWords } from '@copractice/ui'
import { useWords } from './say.ts'

type Row = PublishPreview['rows'][number]

/** More than a cohort has; a large course sees the rest when it asks for it. */
const ROWS_AT_ONCE = 100
const goes = ({ work, reviewing }: Row) => Number(isSent(work) || isSent(reviewing))

/** Each learner's two scores: what the gradebook holds now and what it would hold. Rows as lists on phones. */
export function PublishTable({ preview }: { preview: PublishPreview }) {
  const say = useWords()
  const isPhone = useMedia('(max-width: 40rem)')
  const [isWhole, setIsWhole] = useState(false)
  const { rows } = preview
  // What is sent comes first where not everything is shown.
  const shown =
    isWhole || rows.length <= ROWS_AT_ONCE
      ? preview
      : { ...preview, rows: [...rows].sort((a, b) => goes(b) - goes(a)).slice(0, ROWS_AT_ONCE) }
  return (
    <>
      {isPhone ? <Stacked preview={shown} /> : <Wide preview={shown} />}
      {shown !== preview && (
        <p>
          <TextButton onClick={() => setIsWhole(true)}>{say('publish.more', { count: rows.length })}</TextButton>
        </p>
      )}
    </>
  )
}

function useNowHead({ courses }: PublishPreview): string {
  const say = useWords()
  const kinds = new Set(courses.map(({ profile }) => profile))
  const [only] = kinds
  return kinds.size === 1 && only ? say('publish.now', { lms: say(`lms.${only}`) }) : say('publish.nowAny')
}

function Wide({ preview }: { preview: PublishPreview }) {
  const say = useWords()
  const ui = useUiWords()
  const now = useNowHead(preview)
  const sayWhy = useWhy()
  const caption = say('publish.title')
  // Nothing waits where all is sent: the column would be empty.
  const hasWhy = preview.rows.some((row) => sayWhy(row) !== '')
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- a region that scrolls must be reachable by keyboard
    <div className="scroll" role="region" tabIndex={0} aria-label={ui('wideTable', { caption })}>
      <table className="table pv">
        <caption className="vh">{caption}</caption>
        <thead>
          <tr>
            <th scope="col" rowSpan={2}>
              {say('publish.learner')}
            </th>
            {preview.columns.map(({ column, label, maximum }) => (
              <th key={column} scope="colgroup" colSpan={2}>
                {say('publish.column', { label })} <span className="muted">{say('publish.of', { maximum })}</span>
              </th>
            ))}
            {hasWhy && (
              <th scope="col" rowSpan={2}>
                {say('publish.why')}
              </th>
            )}
          </tr>
          <tr>
            {preview.columns.flatMap(({ column }) => [
              <th key={`${column}-now`} scope="col" className="num">
                {now}
              </th>,
              <th key={`${column}-will`} scope="col" className="num">
                {say('publish.willBe')}
              </th>,
            ])}
          </tr>
        </thead>
        <tbody>
          {preview.rows.map((row) => (
            <tr key={row.courseId + row.personId}>
              <th scope="row">{row.name ?? say('delivery.noName')}</th>
              {preview.columns.flatMap(({ column }) => [
                <td key={`${column}-now`} className="num">
                  <NowText cell={row[column]} />
                </td>,
                <td key={`${column}-will`} className={isSent(row[column]) ? 'num go' : 'num muted'}>
                  <WillText cell={row[column]} />
                </td>,
              ])}
              {hasWhy && <td className="small">{sayWhy(row)}</td>}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

function Stacked({ preview }: { preview: PublishPreview }) {
  const say = useWords()
  const now = useNowHead(preview)
  const sayWhy = useWhy()
  return (
    <DataTable
      caption={say('publish.title')}
      rows={preview.rows}
      rowKey={(row) => row.courseId + row.personId}
      columns={[
        {
          id: 'learner',
          head: say('publish.learner'),
          isHead: true,
          cell: (row) => row.name ?? say('delivery.noName'),
        },
        ...preview.columns.flatMap(({ column }) => [
          {
            id: `${column}-now`,
            head: say('publish.headOf', { head: now, column: say(`column.${column}`) }),
            cell: (row: Row) => nowCell(row[column]),
          },
          {
            id: `${column}-will`,
            head: say('publish.headOf', { head: say('publish.willBe'), column: say(`column.${column}`) }),
            cell: (row: Row) => willCell(row[column]),
          },
        ]),
        ...(preview.rows.some((row) => sayWhy(row) !== '')
          ? [{ id: 'why', head: say('publish.why'), cell: sayWhy }]
          : []),
      ]}
    />
  )
}

const nowCell = (cell: ScoreCell) => <NowText cell={cell} />
const willCell = (cell: ScoreCell) =>
  isSent(cell) ? (
    <strong>
      <WillText cell={cell} />
    </strong>
  ) : (
    <WillText cell={cell} />
  )

const isSent = ({ verdict }: ScoreCell) => verdict === 'new' || verdict === 'changed'

function NowText({ cell: { now, onItsWay } }: { cell: ScoreCell }) {
  const say = useWords()
  if (onItsWay !== null) return say('publish.onItsWay', { score: spelt(onItsWay) })
  return now === null ? <span className="muted">{say('publish.empty')}</span> : spelt(now)
}

function WillText({ cell: { verdict, willBe, now, inLms } }: { cell: ScoreCell }) {
  const say = useWords()
  if (verdict === 'theirs' && inLms === null) return say('publish.theirsUnsaid')
  if (verdict === 'theirs' && inLms !== null)
    return now === null
      ? say('publish.theirsFirst', { score: spelt(inLms) })
      : say('publish.theirs', { score: spelt(inLms), sent: spelt(now) })
  if (verdict === 'waits') return say('publish.stays')
  return verdict === 'same' || willBe === null ? say('publish.same') : spelt(willBe)
}

function useWhy(): (row: Row) => string {
  const say = useWords()
  return ({ work, reviewing }) => {
    const first = work.why && say(`why.${work.why}`)
    const second = reviewing.why && say(`why.${reviewing.why}`)
    if (first && second && first !== second) return say('why.both', { work: first, reviewing: second })
    return first ?? second ?? ''
  }
}
