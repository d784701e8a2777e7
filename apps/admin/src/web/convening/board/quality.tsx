import type { BoardSeen } from '@copractice/core/convening/board'
import { useTimes } from '@copractice/ui'
import { useWords } from './say.ts'
import { useSpelling } from './spell-reason.ts'

/** How good the board is, how near to the best possible, and what was done to it last. */
export function Quality({ board }: { board: BoardSeen }) {
  const say = useWords()
  const spell = useSpelling()
  const times = useTimes()
  const { objective, bound, boundKeeps, seed, assumed, changes } = board
  const share = bound ? objective / bound : null
  const within =
    share === null
      ? say('quality.unknown')
      : share === 1
        ? say('quality.best')
        : say('quality.within', { percent: spell.percent(1 - share) })
  return (
    <>
      <h3>{say('quality')}</h3>
      {share !== null && (
        <div className="meter" aria-hidden="true">
          <span style={{ inlineSize: `${100 * share}%` }} />
        </div>
      )}
      <p className="small">
        {within} {share !== null && boundKeeps > 0 && say('quality.keeps', { count: boundKeeps })}{' '}
        {say('quality.seed', { seed })}
      </p>
      <p className="small muted">{say('quality.points', { objective: spell.number(objective) })}</p>
      {assumed.people > 0 && (
        <p className="small muted">
          {say('quality.assumed', { count: assumed.people, language: spell.language(assumed.language) })}
        </p>
      )}
      <h3>{say('history')}</h3>
      <ol className="plain history">
        {changes.map((change) => (
          <li key={change.version} className="small">
            {spell.change(change)} <span className="muted">{times.moment(change.at)}</span>
          </li>
        ))}
      </ol>
    </>
  )
}
