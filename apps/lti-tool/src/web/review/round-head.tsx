import type { ReactNode } from 'react'
import type { Phase, RoundDetail } from '@copractice/core/review'
import { AppLink, PageTitle, useTimes } from '@copractice/ui'
import { useWords } from './say.ts'

const ORDER: readonly Phase[] = ['draft', 'submit', 'review', 'closed']

/** Where one is, what the round is called, and how far it has come. */
export function RoundHead({ round, within, actions }: { round: RoundDetail; within: string; actions?: ReactNode }) {
  const say = useWords()
  return (
    <>
      <div className="page-head">
        <div>
          <p className="small">
            <AppLink href="/reviews">{say('round.back')}</AppLink>
          </p>
          <PageTitle within={within}>{round.title}</PageTitle>
          <p className="small muted">
            {say('round.facts', {
              count: round.reviewsPerSubmission,
              anonymity: say(`anonymityRound.${round.anonymity}`),
            })}
          </p>
        </div>
        {actions && <div className="row head-actions">{actions}</div>}
      </div>
      <Steps round={round} />
    </>
  )
}

function Steps({ round: { phase, submitUntil, reviewUntil, viewer } }: { round: RoundDetail }) {
  const say = useWords()
  const times = useTimes()
  const reached = ORDER.indexOf(phase)
  const steps = [
    { name: say('round.step.setUp'), when: '' },
    { name: say('round.step.submit'), when: say('round.until', { when: times.date(submitUntil) }) },
    { name: say('round.step.review'), when: say('round.until', { when: times.date(reviewUntil) }) },
    { name: say(viewer === 'instructor' ? 'round.step.closed' : 'round.step.closedLearner'), when: '' },
  ]
  const shown = viewer === 'instructor' ? steps : steps.slice(1)
  const at = viewer === 'instructor' ? reached : reached - 1
  return (
    <ol className="steps" aria-label={say('round.steps')}>
      {shown.map(({ name, when }, step) => (
        <li
          key={name}
          className={step < at ? 'done' : step === at ? 'now' : ''}
          aria-current={step === at ? 'step' : undefined}
        >
          <strong>{name}</strong>
          {step < at && <span className="vh">{say('round.stepDone')}</span>}
          <br />
          <span className="small muted">{when}</span>
        </li>
      ))}
    </ol>
  )
}
