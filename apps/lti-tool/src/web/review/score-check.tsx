import { useState } from 'react'
import {
  checkWorkRoute,
  withdrawCheckRoute,
  type LearnerScores,
  type RoundDetail,
  type Rubric,
  spelt,
} from '@copractice/core/review'
import { ActionButton, Icon, ProblemNotice, useSend, useTell } from '@copractice/ui'
import { scoreRefreshes } from './round-refreshes.ts'
import { useScoreRefusals, useScoreWords } from './say-scores.ts'

type Props = Readonly<{ round: RoundDetail; rubric: Rubric; learner: LearnerScores; isFixed: boolean }>

/** A work marked by the instructor with the rubric: a spot check. */
export function CheckForm({ round: { roundId }, rubric, learner: { person, work }, isFixed }: Props) {
  const say = useScoreWords()
  const refusals = useScoreRefusals()
  const tell = useTell()
  const [chosen, setChosen] = useState<Readonly<Record<string, string>>>({})
  const params = { roundId, personId: person.personId }
  const check = useSend(checkWorkRoute, {
    refreshes: scoreRefreshes,
    onDone: () => tell({ text: say('check.saved') }),
  })
  const takeBack = useSend(withdrawCheckRoute, {
    refreshes: scoreRefreshes,
    onDone: () => tell({ text: say('check.gone') }),
  })
  const problem = check.error?.problem ?? takeBack.error?.problem
  const isWhole = rubric.criteria.every(({ id }) => chosen[id])
  const save = () => {
    const marks = rubric.criteria.map(({ id }) => ({ criterionId: id, points: Number(chosen[id]), comment: '' }))
    check.mutate({ params, body: { marks, note: '' } })
  }
  return (
    <details className="fold-out" open={work.flag !== null}>
      <summary>
        <Icon name="chevron" small />
        {say('check')}
        {work.check !== null && `: ${say('check.is', { percent: spelt(work.check) })}`}
      </summary>
      <div className="stack">
        <p className="hint">{say('check.text')}</p>
        {isFixed ? (
          <p className="hint">{say('method.fixed')}</p>
        ) : (
          <>
            <div className="fields">
              {rubric.criteria.map(({ id, title, levels }) => (
                <label key={id}>
                  <span className="label">{title}</span>
                  <select
                    className="input"
                    value={chosen[id] ?? ''}
                    onChange={(event) => setChosen((before) => ({ ...before, [id]: event.target.value }))}
                  >
                    <option value="">{say('check.choose')}</option>
                    {levels.map(({ points, label }) => (
                      <option key={points} value={points}>
                        {say('check.level', { points, label })}
                      </option>
                    ))}
                  </select>
                </label>
              ))}
            </div>
            {problem && <ProblemNotice problem={problem} sayRefusal={refusals} />}
            <p className="row">
              <ActionButton weight="secondary" isDisabled={!isWhole} isBusy={check.isPending} onClick={save}>
                {say('check.save')}
              </ActionButton>
              {work.check !== null && (
                <ActionButton weight="quiet" isBusy={takeBack.isPending} onClick={() => takeBack.mutate({ params })}>
                  {say('check.back')}
                </ActionButton>
              )}
            </p>
          </>
        )}
      </div>
    </details>
  )
}
