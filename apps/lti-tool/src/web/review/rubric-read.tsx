import { weightOf, type Rubric } from '@copractice/core/review'
import { useSetupWords } from './say-setup.ts'

/** A rubric to read: each criterion with its levels, lowest first. */
export function RubricRead({ rubric }: { rubric: Rubric }) {
  const say = useSetupWords()
  return (
    <ol className="rubric-read">
      {rubric.criteria.map((criterion, place) => {
        const { id, title, description, levels } = criterion
        const weight = weightOf(criterion)
        const asked = [
          ...(weight === 1 ? [] : [weight === 0 ? say('read.notCounted') : say('read.weight', { weight })]),
          ...(criterion.commentRequired ? [say('read.comment')] : []),
          ...(criterion.minimumWords ? [say('read.words', { count: criterion.minimumWords })] : []),
        ]
        return (
          <li key={id}>
            <h3>
              {place + 1}. {title}
            </h3>
            {description && <p className="small muted">{description}</p>}
            {asked.length > 0 && <p className="small">{asked.join(' ')}</p>}
            {criterion.prompts?.map((prompt) => (
              <p key={prompt} className="small muted">
                {prompt}
              </p>
            ))}
            <dl>
              {levels
                .toSorted((a, b) => a.points - b.points)
                .map(({ points, label, descriptor }) => (
                  <div key={points}>
                    <dt>
                      <b className="num">{points}</b> {label}
                    </dt>
                    <dd>{descriptor}</dd>
                  </div>
                ))}
            </dl>
          </li>
        )
      })}
    </ol>
  )
}
