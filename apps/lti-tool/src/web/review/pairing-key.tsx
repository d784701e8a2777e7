import type { PairingMatrix } from '@copractice/core/review'
import { useWords } from './say.ts'

export type CellState = PairingMatrix['pairs'][number]['state'] | PairingMatrix['closed'][number]['why'] | 'none'

const DRAWINGS: Partial<Record<CellState, string>> = {
  filed: 'M3 8.5l3.500 3.500 6.500-7.500',
  started: 'M8 3.500a4.500 4.500 0 100 9v-9z',
  not_started: 'M8 3.500a4.500 4.500 0 100 9 4.500 4.500 0 000-9z',
  planned: 'M8 3.500a4.500 4.500 0 100 9 4.500 4.500 0 000-9z',
  conflict: 'M4 4l8 8M12 4l-8 8',
  same_campus: 'M4 4l8 8M12 4l-8 8',
}

/** The mark inside one cell; the cell's label says the same in words. */
export function CellMark({ state }: { state: CellState }) {
  const drawing = DRAWINGS[state]
  if (!drawing) return null
  return (
    <svg viewBox="0 0 16 16" aria-hidden="true" focusable="false">
      <path d={drawing} />
    </svg>
  )
}

const SHOWN: readonly CellState[] = ['filed', 'started', 'not_started', 'conflict', 'same_campus', 'own_work']

/** What the marks of the matrix mean. */
export function PairingKey() {
  const say = useWords()
  return (
    <ul className="key plain" aria-label={say('pairs.key')}>
      {SHOWN.map((state) => (
        <li key={state}>
          <i className={`cell-${state}`}>
            <CellMark state={state} />
          </i>
          {say(`pairs.state.${state}`)}
        </li>
      ))}
    </ul>
  )
}
