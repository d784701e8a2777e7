import { useState } from 'react'
import { NumberInput, TextArea } from '@instructure/ui/v11_7'
import {
  overrideScoreRoute,
  withdrawOverrideRoute,
  type LearnerScores,
  type Override,
  type RoundDetail,
  spelt,
} from '@copractice/core/review'
import { ActionButton, Icon, ProblemNotice, TextButton, useSend, useTell, useTimes } from '@copractice/ui'
import { scoreRefreshes } from './round-refreshes.ts'
import { useScoreRefusals, useScoreWords } from './say-scores.ts'

type Column = 'work' | 'reviewing'
type Props = Readonly<{ round: RoundDetail; learner: LearnerScores }>

/** Points set by hand, with the reason the learner reads and everything set so far. */
export function OverrideForm({ round, learner }: Props) {
  const say = useScoreWords()
  const refusals = useScoreRefusals()
  const tell = useTell()
  const [column, setColumn] = useState<Column>('work')
  const [points, setPoints] = useState('')
  const [reason, setReason] = useState('')
  const [isAsked, setIsAsked] = useState(false)
  const maximum = column === 'work' ? round.workMaximum : round.reviewingMaximum
  const number = points.trim() === '' ? Number.NaN : Number(points.replace(',', '.'))
  const isRight = number >= 0 && number <= maximum && reason.trim() !== ''
  const set = useSend(overrideScoreRoute, {
    refreshes: scoreRefreshes,
    onDone: () => {
      tell({ text: say('override.saved') })
      setPoints('')
      setReason('')
      setIsAsked(false)
    },
  })
  const save = () => {
    setIsAsked(true)
    if (!isRight) return
    const { roundId } = round
    const { personId } = learner.person
    set.mutate({ params: { roundId }, body: { personId, column, points: number, reason: reason.trim() } })
  }
  return (
    <details className="fold-out">
      <summary>
        <Icon name="chevron" small />
        {say('override')}
      </summary>
      <div className="stack fields">
        <p className="hint">{say('override.text')}</p>
        <label>
          <span className="label">{say('override.which')}</span>
          <select className="input" value={column} onChange={(event) => setColumn(event.target.value as Column)}>
            <option value="work">{say('look.work')}</option>
            <option value="reviewing">{say('look.reviewing')}</option>
          </select>
        </label>
        <NumberInput
          renderLabel={say('override.points', { maximum })}
          showArrows={false}
          value={points}
          onChange={(_event, value) => setPoints(value)}
        />
        <TextArea
          label={say('override.reason')}
          autoGrow
          maxLength={2000}
          value={reason}
          onChange={(event) => setReason(event.target.value)}
        />
        {isAsked && !isRight && (
          <p className="hint hint-bad" role="alert">
            {say('override.wrong', { maximum })}
          </p>
        )}
        {set.error && <ProblemNotice problem={set.error.problem} sayRefusal={refusals} />}
        <div>
          <ActionButton weight="secondary" isBusy={set.isPending} onClick={save}>
            {say('override.save')}
          </ActionButton>
        </div>
      </div>
      {learner.overrides.length > 0 && <History round={round} overrides={learner.overrides} />}
    </details>
  )
}

function History({ round: { roundId }, overrides }: { round: RoundDetail; overrides: readonly Override[] }) {
  const say = useScoreWords()
  const refusals = useScoreRefusals()
  const tell = useTell()
  const times = useTimes()
  const takeBack = useSend(withdrawOverrideRoute, {
    refreshes: scoreRefreshes,
    onDone: () => tell({ text: say('override.gone') }),
  })
  return (
    <>
      <h4>{say('override.history')}</h4>
      {takeBack.error && <ProblemNotice problem={takeBack.error.problem} sayRefusal={refusals} />}
      <ul>
        {overrides.map(({ overrideId, column, points, by, reason, at, withdrawnAt }) => {
          const line = {
            column: say(`column.${column}`),
            points: spelt(points),
            by: by ?? say('noName'),
            reason,
            when: times.moment(at),
          }
          return (
            <li key={overrideId}>
              {withdrawnAt
                ? say('override.lineBack', { ...line, back: times.moment(withdrawnAt) })
                : say('override.line', line)}{' '}
              {!withdrawnAt && (
                <TextButton
                  about={say('override.line', line)}
                  onClick={() => takeBack.mutate({ params: { roundId, overrideId } })}
                >
                  {say('override.back')}
                </TextButton>
              )}
            </li>
          )
        })}
      </ul>
    </>
  )
}
