import type { RoundDetail } from '@copractice/core/review'
import { EmptyState, Icon, InOrder, Notice, Section, useTimes } from '@copractice/ui'
import { MyExemplars } from './my-exemplars.tsx'
import { MyGrade } from './my-grade.tsx'
import { Received } from './received.tsx'
import { RevisePart } from './revise-part.tsx'
import { SelfAssessmentPart } from './self-assessment-part.tsx'
import { ReviewLine } from './review-line.tsx'
import { RoundHead } from './round-head.tsx'
import { RubricRead } from './rubric-read.tsx'
import { MyTeam } from './teams-part.tsx'
import { YourWork } from './your-work.tsx'
import { useWords } from './say.ts'
import { useSetupWords } from './say-setup.ts'

/** A round for those in it: what is asked, one's own work, the reviews to write, the reviews received. Now first. */
export function LearnerRound({ round, within }: { round: RoundDetail; within: string }) {
  const isIn = round.viewer === 'participant'
  const work = isIn && <YourWork key="work" round={round} />
  const toReview = isIn && (
    <MyExemplars key="reviews" round={round}>
      <ToReview round={round} />
    </MyExemplars>
  )
  const received = isIn && <Received key="received" round={round} />
  const isHandedIn = round.myWork?.status === 'handed_in'
  const self = isIn && round.plan.selfAssessment && isHandedIn && <SelfAssessmentPart key="self" round={round} />
  const isDone = round.standing?.received != null
  const revise = isIn && round.plan.reviseUntil && isHandedIn && isDone && <RevisePart key="revise" round={round} />
  const grade = isIn && <MyGrade key="grade" round={round} />
  const inOrder = {
    draft: [work],
    submit: [work, self, toReview, received],
    review: [toReview, self, grade, received, revise, work],
    closed: [grade, received, revise, toReview, self, work],
  }[round.phase]
  return (
    <>
      <RoundHead round={round} within={within} />
      <InOrder className="parts">
        <Asked round={round} />
        {isIn && <MyTeam roundId={round.roundId} />}
        {inOrder}
      </InOrder>
    </>
  )
}

function Asked({ round: { instructions, rubric } }: { round: RoundDetail }) {
  const say = useWords()
  return (
    <Section title={say('round.instructions')}>
      <p className="voice said asked">{instructions || say('round.noInstructions')}</p>
      <details className="fold-out">
        <summary>
          <Icon name="chevron" small />
          {say('round.rubricFold', { count: rubric.criteria.length })}
        </summary>
        <RubricRead rubric={rubric} />
      </details>
    </Section>
  )
}

function ToReview({ round: { phase, myReviews, plan, reviewUntil } }: { round: RoundDetail }) {
  const say = useWords()
  const setup = useSetupWords()
  const times = useTimes()
  return (
    <Section title={say('toReview.title')}>
      {plan.moreTime.reviews && (
        <Notice tone="info" icon="clock">
          {setup('time.mineReviews', { when: times.dateTime(reviewUntil) })}
        </Notice>
      )}
      {myReviews.length === 0 ? (
        <EmptyState title={say(phase === 'submit' ? 'toReview.later' : 'toReview.none')} icon="pencil" />
      ) : (
        <ol className="list">
          {myReviews.map((review) => (
            <ReviewLine key={review.assignmentId} review={review} />
          ))}
        </ol>
      )}
    </Section>
  )
}
