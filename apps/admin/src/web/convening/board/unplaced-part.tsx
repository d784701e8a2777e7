import { useState, type ReactNode } from 'react'
import type { BoardSeen } from '@copractice/core/convening/board'
import { ActionButton, TextButton } from '@copractice/ui'
import { dropHere, VerdictLine } from './cohort-column.tsx'
import { useWords } from './say.ts'
import { useSpelling } from './spell-reason.ts'
import { NOWHERE, type BoardHands } from './use-board.ts'

const SHOWN = 12

/** Those without a place, each with the reason and what would make one possible. */
export function UnplacedPart(props: { board: BoardSeen; hands: BoardHands; card: (id: string) => ReactNode }) {
  const say = useWords()
  const spell = useSpelling()
  const { board, hands, card } = props
  const [isAll, setIsAll] = useState(false)
  const { unplaced } = board
  const fits = unplaced.filter(({ cohort }) => cohort !== null)
  const isTarget = hands.carried !== null && hands.target === NOWHERE
  const shown = isAll ? unplaced : unplaced.slice(0, SHOWN)
  return (
    <section
      className={`un${isTarget ? ' is-target' : ''}`}
      aria-labelledby="without-a-place"
      {...dropHere(hands, NOWHERE)}
    >
      <div className="un-head">
        <h2 id="without-a-place">{say('unplaced', { count: unplaced.length })}</h2>
        <span className="small muted">{say(unplaced.length ? 'unplaced.text' : 'unplaced.none')}</span>
      </div>
      {hands.carried !== null && <VerdictLine verdict={hands.verdictAt(NOWHERE)} hands={hands} />}
      <ul className="plain">
        {shown.map(({ id, why, cohort }) => (
          <li key={id}>
            {card(id)}
            <p className="why">
              {spell.reason(why)}{' '}
              {cohort !== null && (
                <TextButton onClick={() => hands.moveTo(id, cohort)}>
                  {say('fit.one', { name: hands.nameOf(id), cohort: hands.targetName(cohort) })}
                </TextButton>
              )}
            </p>
          </li>
        ))}
      </ul>
      <div className="row">
        {shown.length < unplaced.length && (
          <TextButton onClick={() => setIsAll(true)}>{say('unplaced.more', { count: unplaced.length })}</TextButton>
        )}
        {fits.length > 1 && (
          <ActionButton
            weight="secondary"
            size="small"
            onClick={() => hands.send({ kind: 'fit' }, say('fit'))}
            isBusy={hands.isBusy}
          >
            {say('fit')}
          </ActionButton>
        )}
      </div>
    </section>
  )
}
