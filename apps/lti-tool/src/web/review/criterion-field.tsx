import { useId } from 'react'
import type { Criterion, Mark } from '@copractice/core/review'
import { Icon, StatusPill } from '@copractice/ui'
import { countWords } from './count-words.ts'
import { useWords } from './say.ts'

/** One criterion: levels as radio buttons (arrow keys move between them), what the chosen one means, and a comment. */
export function CriterionField(props: {
  criterion: Criterion
  number: number
  most: number
  mark: Mark
  onChange: (mark: Mark) => void
}) {
  const { criterion, number, most, mark, onChange } = props
  const { title, description, commentRequired } = criterion
  const say = useWords()
  const id = useId()
  const levels = criterion.levels.toSorted((a, b) => a.points - b.points)
  const chosen = levels.find(({ points }) => points === mark.points)
  return (
    <details className="crit fold-out" open={number === 1 || undefined}>
      <summary>
        <Icon name="chevron" small />
        <span className="t">
          {number}. {title}
        </span>
        {chosen ? (
          <StatusPill tone="ok">{say('write.value', { points: chosen.points, most })}</StatusPill>
        ) : (
          <StatusPill tone="plain">{say('write.notRated')}</StatusPill>
        )}
      </summary>
      <div className="body">
        {description && <p className="small muted">{description}</p>}
        <fieldset>
          <legend className="vh">{say('write.level', { title })}</legend>
          <div className="lv" style={{ gridTemplateColumns: `repeat(${levels.length}, minmax(0, 1fr))` }}>
            {levels.map(({ points, label, descriptor }) => (
              <label key={points} title={descriptor}>
                <input
                  type="radio"
                  name={`${id}-level`}
                  value={points}
                  checked={mark.points === points}
                  onChange={() => onChange({ ...mark, points })}
                />
                <b className="num">{points}</b>
                {label}
              </label>
            ))}
          </div>
        </fieldset>
        {chosen?.descriptor && (
          <p className="desc" role="status">
            <strong>{chosen.label}:</strong> {chosen.descriptor}
          </p>
        )}
        <details className="fold-out small">
          <summary>
            <Icon name="chevron" small />
            {say('write.allLevels')}
          </summary>
          <dl className="levels">
            {levels.map(({ points, label, descriptor }) => (
              <div key={points}>
                <dt>
                  {points} {label}
                </dt>
                <dd>{descriptor}</dd>
              </div>
            ))}
          </dl>
        </details>
        <div className="field">
          <label htmlFor={`${id}-why`}>{say('write.comment')}</label>
          <textarea
            id={`${id}-why`}
            className="input"
            rows={3}
            required={commentRequired}
            value={mark.comment}
            aria-describedby={`${id}-words`}
            onChange={(event) => onChange({ ...mark, comment: event.target.value })}
          />
          <p className="hint row between" id={`${id}-words`}>
            <span className="num">{say('write.words', { count: countWords(mark.comment) })}</span>
            {commentRequired && <span>{say('write.commentRequired')}</span>}
          </p>
        </div>
      </div>
    </details>
  )
}
