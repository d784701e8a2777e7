import { useEffect, useId, useRef, useState } from 'react'
import { MatrixSort } from '@copractice/core/review'
import { Pager } from './pager.tsx'
import type { ProgressAsked } from './progress-asked.ts'
import { usePairingWords } from './say-pairings.ts'

const WAIT_MS = 300

/** Finds its way through a matrix too large to show whole: by name, in another order, page by page. */
export function PairingFinder(props: {
  part: Readonly<{ page: number; pages: number; found: number }>
  asked: ProgressAsked
  onAsk: (change: Partial<ProgressAsked>) => void
}) {
  const { part, asked, onAsk } = props
  const say = usePairingWords()
  const id = useId()
  const [typed, setTyped] = useState(asked.search)
  const ask = useRef(onAsk)
  useEffect(() => {
    ask.current = onAsk
  })
  useEffect(() => {
    if (typed === asked.search) return
    const timer = setTimeout(() => ask.current({ search: typed, page: 1 }), WAIT_MS)
    return () => clearTimeout(timer)
  }, [typed, asked.search])
  return (
    <div className="stack pair-find">
      <div className="two">
        <div className="field">
          <label htmlFor={`${id}-find`}>{say('part.find')}</label>
          <input
            id={`${id}-find`}
            className="input"
            type="search"
            maxLength={200}
            value={typed}
            aria-describedby={`${id}-hint`}
            onChange={(event) => setTyped(event.target.value)}
          />
          <p className="hint" id={`${id}-hint`}>
            {say('part.findHint')}
          </p>
        </div>
        <div className="field">
          <label htmlFor={`${id}-sort`}>{say('part.sort')}</label>
          <select
            id={`${id}-sort`}
            className="input"
            value={asked.sort}
            onChange={(event) => onAsk({ sort: MatrixSort.parse(event.target.value), page: 1 })}
          >
            {MatrixSort.options.map((sort) => (
              <option key={sort} value={sort}>
                {say(`part.sort.${sort}`)}
              </option>
            ))}
          </select>
        </div>
      </div>
      <p className="small muted" role="status">
        {say('found', { count: part.found })}
      </p>
      <Pager {...part} label={say('part.pages')} onPage={(page) => onAsk({ page })} />
    </div>
  )
}
