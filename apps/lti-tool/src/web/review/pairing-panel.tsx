import type { PairingMatrix } from '@copractice/core/review'
import { ActionButton, Icon } from '@copractice/ui'
import type { CellState } from './pairing-key.tsx'
import { useColumnName, useRowName } from './pairing-names.ts'
import type { PairingChanges } from './use-pairing-changes.ts'
import { usePairingWords, useVerdict } from './say-pairings.ts'

type Props = Readonly<{
  matrix: PairingMatrix
  at: readonly [row: number, column: number]
  state: CellState
  changes: PairingChanges
}>

/** The cell one is at, with what can be done there; or the review being carried, with the verdict of where it is. */
export function PairingPanel({ matrix, at: [row, column], state, changes }: Props) {
  const say = usePairingWords()
  const verdictOf = useVerdict()
  const rowName = useRowName()
  const columnName = useColumnName()
  const { carried, judge, isBusy } = changes
  if (carried) {
    const isMoved = carried.to !== carried.from
    const verdict = isMoved ? judge({ kind: 'move', ...carried }) : null
    const [author, from] = [columnName(matrix.columns[carried.column]!), rowName(matrix.rows[carried.from]!)]
    return (
      <div className="moving">
        <h3>{say('panel.title')}</h3>
        <p>{say('panel.moving', { author, from })}</p>
        {verdict ? (
          <>
            <p>
              <strong>{say('panel.to', { to: rowName(matrix.rows[carried.to]!) })}</strong>
            </p>
            <p className={`row verdict ${verdict.may ? (verdict.notes.length > 0 ? 'hm' : 'ok') : 'no'}`}>
              <Icon name={verdict.may ? (verdict.notes.length > 0 ? 'warn' : 'check') : 'cross'} small />
              {verdictOf(verdict)}
            </p>
          </>
        ) : (
          <p>{say('panel.choose')}</p>
        )}
        <div className="row">
          {verdict?.may && (
            <ActionButton size="small" onClick={() => changes.putDown()}>
              {say('panel.drop')}
            </ActionButton>
          )}
          <ActionButton size="small" weight="quiet" onClick={changes.leave}>
            {say('panel.cancel')}
          </ActionButton>
        </div>
      </div>
    )
  }
  const [reviewer, author] = [matrix.rows[row], matrix.columns[column]]
  if (!reviewer || !author) return null
  const isReview = ['started', 'not_started', 'filed', 'planned'].includes(state)
  const verdict = judge({ kind: isReview ? 'remove' : 'add', row, column })
  return (
    <div className="moving moving-at">
      <p>
        <strong>{say('panel.at', { reviewer: rowName(reviewer), author: columnName(author) })}</strong>
      </p>
      {!verdict.may && <p>{verdictOf(verdict)}</p>}
      {verdict.may && (
        <div className="row">
          {isReview ? (
            <>
              <ActionButton size="small" weight="secondary" onClick={() => changes.pickUp(row, column)}>
                {say('panel.pickUp')}
              </ActionButton>
              <ActionButton
                size="small"
                weight="quiet"
                isBusy={isBusy}
                onClick={() => changes.change({ kind: 'remove', row, column })}
              >
                {say('panel.take')}
              </ActionButton>
            </>
          ) : (
            <ActionButton
              size="small"
              weight="secondary"
              isBusy={isBusy}
              onClick={() => changes.change({ kind: 'add', row, column })}
            >
              {say('panel.give', { reviewer: rowName(reviewer) })}
            </ActionButton>
          )}
        </div>
      )}
      {verdict.may && verdict.notes.length > 0 && <p className="small muted">{verdictOf(verdict)}</p>}
    </div>
  )
}
