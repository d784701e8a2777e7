import type { Rubric } from '@copractice/core/review'

/** A rubric to read: each criterion with its levels, lowest first. */
export function RubricRead({ rubric }: { rubric: Rubric }) {
  return (
    <ol className="rubric-read">
      {rubric.criteria.map(({ id, title, description, levels }, place) => (
        <li key={id}>
          <h3>
            {place + 1}. {title}
          </h3>
          {description && <p className="small muted">{description}</p>}
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
      ))}
    </ol>
  )
}
