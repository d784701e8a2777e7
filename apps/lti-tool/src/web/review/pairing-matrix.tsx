import { useId, useState, type ReactNode } from 'react'
import { Checkbox } from '@instructure/ui/v11_7'
import type { RoundId } from '@copractice/core/kernel'
import type { PairingMatrix, Phase } from '@copractice/core/review'
import { ActionButton, EmptyState, Spoken, useMedia } from '@copractice/ui'
import { AttendancePart } from './attendance-part.tsx'
import { PairingGrid } from './pairing-grid.tsx'
import { PairingKey } from './pairing-key.tsx'
import { PairingList } from './pairing-list.tsx'
import { useCells, useRowName } from './pairing-names.ts'
import { useWords } from './say.ts'
import { usePairingWords, useVerdict } from './say-pairings.ts'
import { usePairingChanges } from './use-pairing-changes.ts'
import './pairings.css'

type Props = Readonly<{
  roundId: RoundId
  phase: Phase
  matrix: PairingMatrix
  /** Where the matrix is a part of a large round: what finds other parts. */
  finder?: ReactNode
}>

/** From so many reviewers on, a search saves the scrolling. */
const SEARCH_FROM = 30

/** Every review of the round at a glance, as a grid or a list; while reviews are written, with all that can change. */
export function PairingMatrixPart({ roundId, phase, matrix, finder = null }: Props) {
  const say = useWords()
  const sayPairing = usePairingWords()
  return (
    <section className="blk in-order" id="pairings" aria-labelledby="h-pairs">
      <h2 id="h-pairs">{say('run.pairings')}</h2>
      <p className="lede">{sayPairing('lede')}</p>
      {matrix.pairs.length === 0 && phase !== 'review' && !finder ? (
        <EmptyState title={say(matrix.setAside > 0 ? 'pairs.aside' : 'pairs.none')} icon="grid">
          {say(matrix.setAside > 0 ? 'pairs.asideText' : 'pairs.noneText')}
        </EmptyState>
      ) : (
        <>
          {phase === 'review' && <AttendancePart roundId={roundId} matrix={matrix} />}
          {finder}
          {/* What is carried belongs to these rows. */}
          <Pairings key={finder ? matrix.rows[0]?.key : 'whole'} {...{ roundId, phase, matrix, finder }} />
        </>
      )}
    </section>
  )
}

function Pairings({ roundId, phase, matrix, finder }: Props) {
  const say = usePairingWords()
  const id = useId()
  const isPhone = useMedia('(max-width: 40rem)')
  const [chosen, setChosen] = useState<'grid' | 'list' | null>(null)
  const [wanted, setWanted] = useState('')
  const [withIdle, setWithIdle] = useState(false)
  const speak = useVerdict()
  const rowName = useRowName()
  const cellAt = useCells(matrix)
  const all = usePairingChanges(roundId, matrix, speak)
  const changes = phase === 'review' ? all : null
  const isList = (chosen ?? (isPhone ? 'list' : 'grid')) === 'list'
  const works = new Set(matrix.columns.map(({ key }) => key))
  const everybody = matrix.rows.map((_, row) => row)
  const busy = everybody.filter((row) => matrix.rows[row]!.has > 0 || works.has(matrix.rows[row]!.key))
  const rows = withIdle || finder ? everybody : busy
  const found = wanted.trim()
    ? rows.filter((row) => rowName(matrix.rows[row]!).toLowerCase().includes(wanted.trim().toLowerCase()))
    : rows
  return (
    <div className={isList ? 'stack' : everybody.length >= SEARCH_FROM ? 'pairs pairs-large' : 'pairs'}>
      <div>
        {!finder && !isList && rows.length >= SEARCH_FROM && (
          <div className="field pair-find">
            <label htmlFor={id}>{say('find')}</label>
            <input id={id} className="input" value={wanted} onChange={(event) => setWanted(event.target.value)} />
            <p className="small muted" role="status">
              {say('found', { count: found.length })}
            </p>
          </div>
        )}
        {!finder && !isList && everybody.length > busy.length && (
          <Checkbox
            label={say('withIdle', { count: everybody.length - busy.length })}
            checked={withIdle}
            onChange={() => setWithIdle(!withIdle)}
          />
        )}
        {isList ? (
          <>
            <PairingList matrix={matrix} cellAt={cellAt} changes={changes} />
            <Spoken>{all.said}</Spoken>
          </>
        ) : (
          found.length > 0 && <PairingGrid matrix={matrix} cellAt={cellAt} shown={found} changes={changes} />
        )}
      </div>
      <div>
        {!isList && <PairingKey />}
        {!isList && <p className="small muted apart">{say('how')}</p>}
        <ActionButton weight="quiet" size="small" onClick={() => setChosen(isList ? 'grid' : 'list')}>
          {say(isList ? 'asGrid' : 'asList')}
        </ActionButton>
      </div>
    </div>
  )
}
