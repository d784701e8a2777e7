import { useId, useState } from 'react'
import type { PairingMatrix, PairingVerdict } from '@copractice/core/review'
import { ActionButton, Icon, LetterBadge, TextButton } from '@copractice/ui'
import type { CellState } from './pairing-key.tsx'
import { useColumnName, useRowName, type CellAt } from './pairing-names.ts'
import type { PairingChanges } from './use-pairing-changes.ts'
import { useWords } from './say.ts'
import { usePairingWords, useVerdict } from './say-pairings.ts'

type Props = Readonly<{ matrix: PairingMatrix; cellAt: CellAt; changes: PairingChanges | null }>

/** The same as the grid, work by work: each with its reviewers, and a choice of who else could have the review. */
export function PairingList({ matrix, cellAt, changes }: Props) {
  const say = usePairingWords()
  const columnName = useColumnName()
  const [open, setOpen] = useState<ReadonlySet<string>>(new Set())
  return (
    <ul className="pair-works plain">
      {matrix.columns.map((author, column) => (
        <li key={author.key}>
          <details
            className="fold-out"
            onToggle={({ currentTarget: { open: isOpen } }) =>
              setOpen((before) => {
                const next = new Set(before)
                if (isOpen) next.add(author.key)
                else next.delete(author.key)
                return next
              })
            }
          >
            <summary>
              <Icon name="chevron" small />
              <LetterBadge mark={author.campus} small />
              <span>{columnName(author)}</span>
              <span className="num muted">
                {say('list.count', { gets: author.gets, needed: matrix.reviewsPerSubmission })}
              </span>
            </summary>
            {open.has(author.key) && <Work matrix={matrix} column={column} cellAt={cellAt} changes={changes} />}
          </details>
        </li>
      ))}
    </ul>
  )
}

function Work({ matrix, column, cellAt, changes }: Props & { column: number }) {
  const say = usePairingWords()
  const words = useWords()
  const rowName = useRowName()
  const columnName = useColumnName()
  const author = columnName(matrix.columns[column]!)
  const has = matrix.pairs.filter((pair) => pair.column === column)
  return (
    <>
      {has.length === 0 ? (
        <p className="muted">{say('list.none')}</p>
      ) : (
        <ul className="plain" aria-label={say('list.work', { author })}>
          {has.map(({ row }) => {
            const reviewer = rowName(matrix.rows[row]!)
            const state: CellState = cellAt(row, column)
            const mayGo = changes?.judge({ kind: 'remove', row, column }).may ?? false
            return (
              <li key={matrix.rows[row]!.key} className="pair-line">
                <span className="who-cell">
                  <LetterBadge mark={matrix.rows[row]!.campus} small />
                  {reviewer}
                </span>
                <span className="muted">{words(`pairs.state.${state}`)}</span>
                {changes && mayGo && (
                  <>
                    <Choice
                      label={say('list.giveToFor', { reviewer, author })}
                      matrix={matrix}
                      not={row}
                      judge={(to) => changes.judge({ kind: 'move', column, from: row, to })}
                      onChoose={(to) => changes.change({ kind: 'move', column, from: row, to })}
                    />
                    <TextButton
                      about={say('list.takeFrom', { reviewer })}
                      onClick={() => changes.change({ kind: 'remove', column, row })}
                    >
                      {say('list.take')}
                    </TextButton>
                  </>
                )}
              </li>
            )
          })}
        </ul>
      )}
      {changes && (
        <Choice
          label={say('list.add', { author })}
          isShown
          matrix={matrix}
          judge={(row) => changes.judge({ kind: 'add', column, row })}
          onChoose={(row) => changes.change({ kind: 'add', column, row })}
        />
      )}
    </>
  )
}

/** Everybody, those who may not be chosen with why. Nothing happens before the button is pressed. */
function Choice(props: {
  label: string
  isShown?: boolean
  matrix: PairingMatrix
  not?: number
  judge: (row: number) => PairingVerdict
  onChoose: (row: number) => void
}) {
  const { label, isShown = false, matrix, not, judge, onChoose } = props
  const say = usePairingWords()
  const id = useId()
  const verdictOf = useVerdict()
  const rowName = useRowName()
  const [chosen, setChosen] = useState('')
  const verdict = chosen === '' ? null : judge(Number(chosen))
  return (
    <div className="field pair-choice">
      <label htmlFor={id} className={isShown ? undefined : 'vh'}>
        {label}
      </label>
      <div className="row">
        <select id={id} className="input" value={chosen} onChange={(event) => setChosen(event.target.value)}>
          <option value="">{isShown ? say('list.choose') : say('list.giveTo')}</option>
          {matrix.rows.map((row, place) => {
            if (place === not) return null
            const verdict = judge(place)
            return (
              <option key={row.key} value={place} disabled={!verdict.may}>
                {verdict.may
                  ? say('list.option', { name: rowName(row), has: row.has })
                  : say('list.optionNo', { name: rowName(row), why: verdictOf(verdict) })}
              </option>
            )
          })}
        </select>
        {verdict?.may && (
          <ActionButton
            size="small"
            weight="secondary"
            onClick={() => {
              setChosen('')
              onChoose(Number(chosen))
            }}
          >
            {say('list.give')}
          </ActionButton>
        )}
      </div>
      {verdict?.may && verdict.notes.length > 0 && (
        <p className="small muted" role="status">
          {verdictOf(verdict)}
        </p>
      )}
    </div>
  )
}
