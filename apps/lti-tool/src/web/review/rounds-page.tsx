import { listReviewsRoute, listRoundsRoute, type ReviewToWrite, type RoundSummary } from '@copractice/core/review'
import {
  AppLink,
  ButtonLink,
  EmptyState,
  Loaded,
  LoadingLines,
  PageTitle,
  ProblemNotice,
  Section,
  ShowMore,
  StatusPill,
  usePages,
  useRoute,
  useTimes,
} from '@copractice/ui'
import { useSeen } from '../directory/session-provider.tsx'
import { ReviewLine } from './review-line.tsx'
import { useRefusals, useWords } from './say.ts'
import { useSetupWords } from './say-setup.ts'
import './review.css'

/** Reviews to write first, then the rounds of the cohort. Instructors set rounds up here. */
export function RoundsPage() {
  const say = useWords()
  const setup = useSetupWords()
  const { cohort, can } = useSeen()
  return (
    <div className="parts in-order">
      <div className="page-head">
        <div>
          <PageTitle {...(cohort && { within: cohort.name })}>{say('rounds.title')}</PageTitle>
        </div>
        {can.setUpRounds && (
          <div className="row head-actions">
            <ButtonLink href="/reviews/rubrics" weight="quiet">
              {setup('library.open')}
            </ButtonLink>
            <ButtonLink href="/reviews/new">{say('rounds.new')}</ButtonLink>
          </div>
        )}
      </div>
      <Mine />
      <Rounds />
    </div>
  )
}

/** Left out for those who review nothing and never have. */
function Mine() {
  const say = useWords()
  const { can } = useSeen()
  // Others deal them out: coming back, a learner reads what is to write now, and no line comes in above another.
  const reviews = useRoute(listReviewsRoute, { query: { limit: 50 } }, { forgets: !can.setUpRounds })
  if (can.setUpRounds && reviews.data?.items.length === 0) return null
  return (
    <Section title={say('rounds.mine')}>
      <Loaded from={reviews} what={say('rounds.loading')}>
        {({ items }) => <MyReviews reviews={items} />}
      </Loaded>
    </Section>
  )
}

function MyReviews({ reviews }: { reviews: readonly ReviewToWrite[] }) {
  const say = useWords()
  const toWrite = reviews.filter((review) => review.open && !review.filedAt)
  const sent = reviews.filter((review) => review.filedAt).length
  if (toWrite.length === 0) {
    return (
      <EmptyState title={sent > 0 ? say('rounds.mineDone', { count: sent }) : say('rounds.mineNone')} icon="check">
        {sent > 0 ? undefined : say('rounds.mineNoneText')}
      </EmptyState>
    )
  }
  return (
    <ol className="list">
      {toWrite.map((review) => (
        <ReviewLine key={review.assignmentId} review={review} withRound />
      ))}
    </ol>
  )
}

function Rounds() {
  const say = useWords()
  const refusals = useRefusals()
  const { can } = useSeen()
  const pages = usePages(listRoundsRoute, { query: { limit: 20 } })
  const rounds = pages.data?.pages.flatMap(({ items }) => items) ?? []
  return (
    <Section title={say('rounds.list')}>
      {pages.isPending && <LoadingLines what={say('rounds.loading')} />}
      {pages.error && (
        <ProblemNotice problem={pages.error.problem} sayRefusal={refusals} onRetry={() => void pages.refetch()} />
      )}
      {pages.isSuccess && rounds.length === 0 && (
        <EmptyState
          title={say('rounds.none')}
          icon="inbox"
          action={can.setUpRounds && <ButtonLink href="/reviews/new">{say('rounds.new')}</ButtonLink>}
        >
          {say(can.setUpRounds ? 'rounds.noneInstructor' : 'rounds.noneLearner')}
        </EmptyState>
      )}
      <ul className="list">
        {rounds.map((round) => (
          <RoundLine key={round.roundId} round={round} />
        ))}
      </ul>
      <ShowMore of={pages} />
    </Section>
  )
}

function RoundLine({ round }: { round: RoundSummary }) {
  const say = useWords()
  return (
    <li className="row between">
      <div>
        <h3>
          <AppLink href={`/reviews/rounds/${round.roundId}`}>{round.title}</AppLink>
        </h3>
        <p className="small muted">{useRoundLine()(round)}</p>
      </div>
      <StatusPill tone={round.phase === 'closed' ? 'ok' : 'plain'}>{say(`phase.${round.phase}`)}</StatusPill>
    </li>
  )
}

function useRoundLine(): (round: RoundSummary) => string {
  const say = useWords()
  const times = useTimes()
  return ({ phase, submitUntil, reviewUntil, standing, progress }) => {
    const when = times.dateTime(phase === 'submit' ? submitUntil : reviewUntil)
    const line = [say(`line.${phase}`, { when })]
    if (progress && phase !== 'draft') {
      const { handedIn, people, reviewsFiled, reviewsAssigned } = progress
      line.push(say('line.progress', { handedIn, people, filed: reviewsFiled, assigned: reviewsAssigned }))
    }
    if (standing && phase === 'submit') line.push(say(`line.work.${standing.work}`))
    if (standing && phase === 'review' && standing.reviews.assigned > 0)
      line.push(say('line.toWrite', standing.reviews))
    return line.join(' ')
  }
}
