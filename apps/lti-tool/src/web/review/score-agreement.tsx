import type { RouteOutput } from '@copractice/core/kernel'
import type { scoresRoute } from '@copractice/core/review'
import { Icon } from '@copractice/ui'
import { useScoreWords } from './say-scores.ts'

/** From where an agreement is strong or fair (Koo and Li 2016 for ICC, Krippendorff 2004 for alpha). */
const STEPS = { icc1k: [0.75, 0.5], icc1: [0.75, 0.5], alpha: [0.8, 0.667] } as const

/** How well reviewers agree, as sentences with the figure beside each. */
export function Agreement({ agreement }: { agreement: RouteOutput<typeof scoresRoute>['agreement'] }) {
  const say = useScoreWords()
  return (
    <details className="fold-out">
      <summary>
        <Icon name="chevron" small />
        {say('agreement')}
      </summary>
      <p className="hint">{say('agreement.from', { marks: agreement.marks, works: agreement.works })}</p>
      <dl className="agreement">
        {(['icc1k', 'icc1', 'alpha'] as const).map((figure) => {
          const value = agreement[figure]
          const [strong, fair] = STEPS[figure]
          const level = value !== null && value >= strong ? 'strong' : value !== null && value >= fair ? 'fair' : 'weak'
          return (
            <div key={figure}>
              <dt>{say(`agreement.${figure}`)}</dt>
              <dd>
                {value === null ? say('agreement.tooFew') : say(`agreement.${figure}.${level}`)}{' '}
                {value !== null && (
                  <span className="small muted nowrap">
                    {say(`agreement.${figure}Is`, { value: value.toFixed(2) })}
                  </span>
                )}
              </dd>
            </div>
          )
        })}
      </dl>
    </details>
  )
}
