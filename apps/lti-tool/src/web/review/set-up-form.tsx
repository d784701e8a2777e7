import { useState, type SubmitEvent } from 'react'
import type { RoundSetup } from '@copractice/core/review'
import { ActionButton, ProblemNotice, Section, type CallProblem } from '@copractice/ui'
import { RoundPreview } from './round-preview.tsx'
import { setupOf, type RoundFields } from './round-fields.ts'
import { GradesStep } from './set-up-grades.tsx'
import { ReviewingStep } from './set-up-reviewing.tsx'
import { WorkStep } from './set-up-work.tsx'
import { useRefusals, useWords } from './say.ts'
import { useSetupWords } from './say-setup.ts'

type Props = Readonly<{
  start: RoundFields
  otherPairs: number
  isOpenRound: boolean
  isBusy: boolean
  problem: CallProblem | undefined
  onSave: (setup: RoundSetup) => void
}>

/**
 * The three steps of a round on one page, so that they can be compared, beside what a learner and a reviewer will see of
 * it as it is typed. What needs another look is named at its place.
 */
export function SetUpForm({ start, otherPairs, isOpenRound, isBusy, problem, onSave }: Props) {
  const say = useWords()
  const setup = useSetupWords()
  const refusals = useRefusals()
  const [fields, setFields] = useState(start)
  const [isAsked, setIsAsked] = useState(false)
  const checked = setupOf(fields)
  const problems = isAsked && 'problems' in checked ? checked.problems : {}
  const set = (part: Partial<RoundFields>) => setFields((before) => ({ ...before, ...part }))
  const onSubmit = (event: SubmitEvent) => {
    event.preventDefault()
    setIsAsked(true)
    if ('setup' in checked) onSave(checked.setup)
  }
  const count = Object.keys(problems).length
  const step = { fields, set, problems, isOpenRound }
  return (
    <div className="set-up">
      <form className="parts" onSubmit={onSubmit} noValidate>
        <Section title={setup('step.work')}>
          <WorkStep {...step} />
        </Section>
        <Section title={setup('step.reviewing')}>
          <ReviewingStep {...step} otherPairs={otherPairs} />
        </Section>
        {!isOpenRound && (
          <Section title={setup('step.grades')}>
            <GradesStep {...step} />
          </Section>
        )}
        <div className="stack save-row">
          {problem && <ProblemNotice problem={problem} sayRefusal={refusals} />}
          {count > 0 && (
            <p className="hint hint-bad" role="alert">
              {say('setUp.look', { count })}
            </p>
          )}
          <ActionButton type="submit" isBusy={isBusy}>
            {say('setUp.save')}
          </ActionButton>
        </div>
      </form>
      <RoundPreview fields={fields} />
    </div>
  )
}
