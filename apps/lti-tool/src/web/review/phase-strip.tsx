import type { RoundStep } from '@copractice/core/review'
import { useTimes } from '@copractice/ui'
import { useSetupWords } from './say-setup.ts'

/** Where a round stands: its phases in order, each with its last day. */
export function PhaseStrip(props: { steps: readonly RoundStep[]; isInstructor?: boolean }) {
  const { steps, isInstructor = false } = props
  const say = useSetupWords()
  const times = useTimes()
  return (
    <ol className="steps" aria-label={say('steps')}>
      {steps.map(({ step, state, until }) => (
        <li key={step} className={state === 'ahead' ? '' : state} aria-current={state === 'now' ? 'step' : undefined}>
          <strong>{say(step === 'closed' && !isInstructor ? 'step.read' : `step.${step}`)}</strong>
          {state === 'done' && <span className="vh">{say('step.done')}</span>}
          <br />
          <span className="small muted">{until && say('step.until', { when: times.date(until) })}</span>
        </li>
      ))}
    </ol>
  )
}
