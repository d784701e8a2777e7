import { useState } from 'react'
import { NumberInput } from '@instructure/ui/v11_7'
import {
  changeScoringRoute,
  type ReviewerWeights,
  type RoundDetail,
  type scoresRoute,
  spelt,
} from '@copractice/core/review'
import type { RouteOutput } from '@copractice/core/kernel'
import { ActionButton, Icon, Notice, ProblemNotice, useSend, useTell } from '@copractice/ui'
import { scoreRefreshes } from './round-refreshes.ts'
import { useScoreRefusals, useScoreWords } from './say-scores.ts'

type Scoring = RouteOutput<typeof scoresRoute>['scoring']
type Props = Readonly<{ roundId: RoundDetail['roundId']; scoring: Scoring }>

/** The mean, or the rater model where it is offered and why; the instructor decides, and back. */
export function ScoreMethodChoice({ roundId, scoring }: Props) {
  const say = useScoreWords()
  const refusals = useScoreRefusals()
  const tell = useTell()
  const change = useSend(changeScoringRoute, {
    refreshes: scoreRefreshes,
    onDone: () => tell({ text: say('method.changed') }),
  })
  const { inForce, offered, because, largestMove, fixed } = scoring
  const grounds = because.map((each) => say(`method.because.${each}`)).join(say('method.and'))
  const choose = (method: 'mean' | 'model') => change.mutate({ params: { roundId }, body: { method } })
  return (
    <fieldset className="stack">
      <legend className="label">{say('method')}</legend>
      <div className="method">
        <label>
          <input
            type="radio"
            name="score-method"
            checked={inForce === 'mean'}
            disabled={fixed && scoring.chosen === 'mean'}
            onChange={() => choose('mean')}
          />
          <strong>{say('method.mean')}</strong>
          <span className="small muted">
            {inForce === 'mean' && `${say('method.inUse')} `}
            {say('method.meanText')}
          </span>
        </label>
        <label>
          <input
            type="radio"
            name="score-method"
            checked={inForce === 'model'}
            disabled={fixed || !offered}
            onChange={() => choose('model')}
          />
          <strong>{say('method.model')}</strong>
          <span className="small muted">
            {inForce === 'model' && `${say('method.inUse')} `}
            {say('method.modelText')} {offered ? say('method.offered', { because: grounds }) : say('method.notOffered')}{' '}
            {largestMove !== null &&
              (spelt(largestMove) === '0'
                ? say('method.moveNone')
                : say('method.move', { points: spelt(largestMove) }))}
          </span>
        </label>
      </div>
      {scoring.chosen === 'model' && inForce === 'mean' && <Notice tone="warn">{say('method.lost')}</Notice>}
      {scoring.chosen === 'mean' && inForce === 'model' && <Notice tone="info">{say('method.waits')}</Notice>}
      {fixed && <p className="hint">{say('method.fixed')}</p>}
      {change.error && <ProblemNotice problem={change.error.problem} sayRefusal={refusals} />}
    </fieldset>
  )
}

const PARTS = ['completeness', 'agreement', 'helpfulness'] as const

/** What a reviewer's grade is made of, in percent; as text once learners see their grades. */
export function WeightsForm({ roundId, scoring: { weights, fixed } }: Props) {
  const say = useScoreWords()
  const refusals = useScoreRefusals()
  const tell = useTell()
  const [fields, setFields] = useState(() =>
    Object.fromEntries(PARTS.map((part) => [part, String(weights[part])] as const)),
  )
  const change = useSend(changeScoringRoute, {
    refreshes: scoreRefreshes,
    onDone: () => tell({ text: say('method.changed') }),
  })
  const numbers = PARTS.map((part) => Number(fields[part]))
  const sum = numbers.reduce((total, number) => total + number, 0)
  const isWhole = numbers.every((number) => Number.isInteger(number) && number >= 0 && number <= 100) && sum === 100
  const save = () => {
    const [completeness, agreement, helpfulness] = numbers as [number, number, number]
    const reviewerWeights: ReviewerWeights = { completeness, agreement, helpfulness }
    change.mutate({ params: { roundId }, body: { reviewerWeights } })
  }
  return (
    <details className="fold-out">
      <summary>
        <Icon name="chevron" small />
        {say('weights')}
        {': '}
        {PARTS.map((part) => `${say(`weights.${part}`)} ${weights[part]} %`).join(', ')}
      </summary>
      <div className="stack weights">
        <p className="hint">{say('weights.text')}</p>
        {fixed ? (
          <p className="hint">{say('method.fixed')}</p>
        ) : (
          <>
            <div className="three">
              {PARTS.map((part) => (
                <NumberInput
                  key={part}
                  renderLabel={say(`weights.${part}`)}
                  showArrows={false}
                  value={fields[part] ?? ''}
                  onChange={(_event, value) => setFields((before) => ({ ...before, [part]: value }))}
                />
              ))}
            </div>
            <p className={isWhole ? 'hint' : 'hint hint-bad'} role="status">
              {say('weights.sum', { sum: spelt(sum) })} {!isWhole && say('weights.notHundred')}
            </p>
            {change.error && <ProblemNotice problem={change.error.problem} sayRefusal={refusals} />}
            <div>
              <ActionButton weight="secondary" isDisabled={!isWhole} isBusy={change.isPending} onClick={save}>
                {say('weights.save')}
              </ActionButton>
            </div>
          </>
        )}
      </div>
    </details>
  )
}
