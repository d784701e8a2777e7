import type { ReactNode } from 'react'
import { roundSteps, type RoundDetail } from '@copractice/core/review'
import { AppLink, PageTitle, useNow } from '@copractice/ui'
import { PhaseStrip } from './phase-strip.tsx'
import { useWords } from './say.ts'
import { useSetupWords } from './say-setup.ts'

/** Where one is, what the round is called, and how far it has come. */
export function RoundHead({ round, within, actions }: { round: RoundDetail; within: string; actions?: ReactNode }) {
  const say = useWords()
  const setup = useSetupWords()
  const now = useNow()
  const isInstructor = round.viewer === 'instructor'
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
            })}{' '}
            {isInstructor && round.phase !== 'closed' && setup(`goes.${round.plan.advance}`)}
          </p>
        </div>
        {actions && <div className="row head-actions">{actions}</div>}
      </div>
      <PhaseStrip
        steps={roundSteps(
          { ...round, reviseUntil: round.plan.reviseUntil },
          isInstructor ? 'instructor' : 'other',
          now,
        )}
        isInstructor={isInstructor}
      />
    </>
  )
}
