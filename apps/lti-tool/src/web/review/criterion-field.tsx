import { useId } from 'react'
import { countWords, type Criterion, type Mark } from '@copractice/core/review'
import { Icon, StatusPill } from '@copractice/ui'
import { CommentHints } from './comment-hints.tsx'
import { useWritingWords } from './say-writing.ts'
import { useWords } from './say.ts'

/** One criterion: levels as radio buttons (arrow keys move between them), what the chosen one means, and a comment. */
export function CriterionField(props: {
  criterion: Criterion
  number: number
  most: number
  mark: Mark
  /** Names the hints of this comment, which stay dismissed in this browser. */
  about: string
  /** The author looks at their own work: no comment is asked for, and none is hinted at. */
  isOwnWork?: boolean
  onChange: (mark: Mark) => void
}) {
  const { criterion, number, most, mark, about, isOwnWork = false, onChange } = props
  const { title, description, prompts = [], minimumWords } = criterion
  const commentRequired = criterion.commentRequired && !isOwnWork
  const say = useWords()
  const sayMore = useWritingWords()
  const words = countWords(mark.comment)
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
          <label htmlFor={`${id}-why`}>{isOwnWork ? sayMore('self.comment') : say('write.comment')}</label>
          {prompts.length > 0 && (
            <ul className="prompts small muted" id={`${id}-prompts`}>
              {prompts.map((prompt) => (
                <li key={prompt}>{prompt}</li>
              ))}
            </ul>
          )}
          <textarea
            id={`${id}-why`}
            className="input"
            rows={3}
            required={commentRequired}
            value={mark.comment}
            aria-describedby={prompts.length > 0 ? `${id}-words ${id}-prompts` : `${id}-words`}
            onChange={(event) => onChange({ ...mark, comment: event.target.value })}
          />
          <p className="hint row between" id={`${id}-words`}>
            <span className="num">
              {minimumWords && !isOwnWork
                ? sayMore('words.atLeast', { count: words, least: minimumWords })
                : say('write.words', { count: words })}
            </span>
            {commentRequired && <span>{say('write.commentRequired')}</span>}
          </p>
          {!isOwnWork && <CommentHints text={mark.comment} about={about} />}
        </div>
      </div>
    </details>
  )
}
