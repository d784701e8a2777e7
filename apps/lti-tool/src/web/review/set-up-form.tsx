import { useEffect, useRef, useState, type SubmitEvent } from 'react'
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
  /** Hears what stands in the form whenever it is not what it began with. */
  onChange?: (fields: RoundFields) => void
  onSave: (setup: RoundSetup) => void
}>

/**
 * The three steps of a round on one page, so that they can be compared, each beside what a learner, a reviewer and the
 * gradebook will show of it as it is typed. What needs another look is named at its place.
 */
export function SetUpForm({ start, otherPairs, isOpenRound, isBusy, problem, onChange, onSave }: Props) {
  const say = useWords()
  const setup = useSetupWords()
  const refusals = useRefusals()
  const [fields, setFields] = useState(start)
  const form = useRef<HTMLFormElement>(null)
  const [timesAsked, setTimesAsked] = useState(0)
  useEffect(() => {
    if (fields !== start) onChange?.(fields)
  }, [fields, start, onChange])
  // The page is long: what needs another look comes into view.
  useEffect(() => {
    if (timesAsked > 0) form.current?.querySelector<HTMLElement>('[aria-invalid=true]')?.focus()
  }, [timesAsked])
  const checked = setupOf(fields)
  const problems = timesAsked > 0 && 'problems' in checked ? checked.problems : {}
  const set = (part: Partial<RoundFields>) => setFields((before) => ({ ...before, ...part }))
  const onSubmit = (event: SubmitEvent) => {
    event.preventDefault()
    setTimesAsked(timesAsked + 1)
    if ('setup' in checked) onSave(checked.setup)
  }
  const count = Object.keys(problems).length
  const step = { fields, set, problems, isOpenRound }
  return (
    <form ref={form} className="parts" onSubmit={onSubmit} noValidate>
      <Section title={setup('step.work')}>
        <div className="step-with">
          <WorkStep {...step} />
          <RoundPreview fields={fields} side="learner" />
        </div>
      </Section>
      <Section title={setup('step.reviewing')}>
        <div className="step-with">
          <ReviewingStep {...step} otherPairs={otherPairs} />
          <RoundPreview fields={fields} side="reviewer" />
        </div>
      </Section>
      {!isOpenRound && (
        <Section title={setup('step.grades')}>
          <div className="step-with">
            <GradesStep {...step} />
            <RoundPreview fields={fields} side="gradebook" />
          </div>
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
  )
}
