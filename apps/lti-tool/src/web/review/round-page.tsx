import { useParams } from '@tanstack/react-router'
import { RoundId } from '@copractice/core/kernel'
import { showRoundRoute } from '@copractice/core/review'
import { ActionButton, EmptyState, Loaded, PageTitle, useRoute } from '@copractice/ui'
import { useSeen } from '../directory/session-provider.tsx'
import { NotFoundHere } from '../directory/not-found-page.tsx'
import { InstructorRound } from './instructor-round.tsx'
import { LearnerRound } from './learner-round.tsx'
import { useRefusals, useWords } from './say.ts'
import './review.css'

/** One round, as the reader stands to it: as author and reviewer, or as its instructor. */
export function RoundPage() {
  const id = RoundId.safeParse(useParams({ strict: false }).roundId)
  return id.success ? <Round roundId={id.data} /> : <NotFoundHere />
}

function Round({ roundId }: { roundId: RoundId }) {
  const say = useWords()
  const refusals = useRefusals()
  const { cohort } = useSeen()
  const within = cohort?.name ?? 'Copractice'
  const round = useRoute(showRoundRoute, { params: { roundId } }, { forgets: true })
  if (round.error?.problem.code === 'review.not_found') {
    return <NotOpen within={within} onLook={() => void round.refetch()} />
  }
  return (
    <Loaded from={round} what={say('round.loading')} lines={8} sayRefusal={refusals}>
      {(round) =>
        round.viewer === 'instructor' ? (
          <InstructorRound round={round} within={within} />
        ) : (
          <LearnerRound round={round} within={within} />
        )
      }
    </Loaded>
  )
}

/** Where a link of the course leads to a round that its instructor still prepares, or took away. */
function NotOpen({ within, onLook }: { within: string; onLook: () => void }) {
  const say = useWords()
  return (
    <div className="parts">
      <PageTitle within={within}>{say('rounds.title')}</PageTitle>
      <EmptyState
        title={say('round.notOpen')}
        icon="hourglass"
        action={
          <ActionButton weight="quiet" icon="retry" onClick={onLook}>
            {say('round.lookAgain')}
          </ActionButton>
        }
      >
        {say('round.notOpenText')}
      </EmptyState>
    </div>
  )
}
