import { useParams } from '@tanstack/react-router'
import { PersonId, RoundId, type RouteOutput } from '@copractice/core/kernel'
import { reviewedWorkRoute, type Rubric } from '@copractice/core/review'
import {
  AppLink,
  EmptyState,
  LetterBadge,
  LoadingLines,
  Notice,
  PageTitle,
  ProblemNotice,
  Section,
  useRoute,
  useTimes,
} from '@copractice/ui'
import { PlainFrame } from '../connection/plain-frame.tsx'
import { NotFoundPage } from '../directory/not-found-page.tsx'
import { usePersonName } from './person-name.ts'
import { MarksRead } from './received.tsx'
import { useRefusals, useWords } from './say.ts'
import { WorkText } from './work-text.tsx'
import './review.css'

type Reviewed = RouteOutput<typeof reviewedWorkRoute>

/** One learner's work with the reviews of it, to read: what the gradebook's submission review and SpeedGrader open. */
export function ReviewedWorkPage() {
  const params = useParams({ strict: false })
  const [roundId, personId] = [RoundId.safeParse(params.roundId), PersonId.safeParse(params.personId)]
  return roundId.success && personId.success ? (
    <PlainFrame>
      <ReviewedWork roundId={roundId.data} personId={personId.data} />
    </PlainFrame>
  ) : (
    <NotFoundPage />
  )
}

function ReviewedWork({ roundId, personId }: { roundId: RoundId; personId: PersonId }) {
  const say = useWords()
  const refusals = useRefusals()
  const reviewed = useRoute(reviewedWorkRoute, { params: { roundId, personId } })
  if (reviewed.data) return <Read reviewed={reviewed.data} roundId={roundId} />
  const problem = reviewed.error?.problem
  if (!problem) return <LoadingLines what={say('reviewed.loading')} lines={8} />
  if (problem.code === 'review.not_found') {
    return (
      <>
        <PageTitle within="Copractice">{say('reviewed.notYours')}</PageTitle>
        <p className="lede">{say('reviewed.notYoursText')}</p>
      </>
    )
  }
  return <ProblemNotice problem={problem} sayRefusal={refusals} onRetry={() => void reviewed.refetch()} />
}

function Read({ reviewed, roundId }: { reviewed: Reviewed; roundId: RoundId }) {
  const say = useWords()
  const times = useTimes()
  const { author, title, work, reader } = reviewed
  const name = author.name ?? say('run.noName')
  return (
    <div className="parts">
      <div className="page-head">
        <div>
          <p className="eyebrow">{title}</p>
          <PageTitle within={title}>
            {reader === 'author' ? say('reviewed.mine') : say('reviewed.title', { name })}
          </PageTitle>
          <p className="row small muted">
            <LetterBadge mark={author.campus} small />
            {work ? say('reviewed.handedIn', { when: times.dateTime(work.handedInAt) }) : say('reviewed.notHandedIn')}
          </p>
        </div>
      </div>
      {reader === 'author' && (
        <p>
          <AppLink href={`/reviews/rounds/${roundId}`}>{say('reviewed.toRound')}</AppLink>
        </p>
      )}
      {work && (
        <Section title={say('reviewed.work')}>
          <WorkText body={work.body} file={work.file} />
        </Section>
      )}
      <Reviews reviewed={reviewed} />
    </div>
  )
}

function Reviews({ reviewed }: { reviewed: Reviewed }) {
  const say = useWords()
  const times = useTimes()
  const { reviews, rubric, mean, workMaximum, readableFrom } = reviewed
  return (
    <Section title={say('reviewed.reviews')}>
      {reviews === null ? (
        <Notice tone="info" icon="clock">
          {say('received.later', { when: times.dateTime(readableFrom) })}
        </Notice>
      ) : reviews.length === 0 ? (
        <EmptyState title={say('reviewed.noReviews')} />
      ) : (
        <>
          {mean !== null && (
            <p className="result">{say('received.mean', { mean: mean.toFixed(1), maximum: workMaximum })}</p>
          )}
          <div className="received">
            {reviews.map((review) => (
              <OneReview key={review.number} review={review} rubric={rubric} />
            ))}
          </div>
        </>
      )}
    </Section>
  )
}

type Review = NonNullable<Reviewed['reviews']>[number]

function OneReview({ review, rubric }: { review: Review; rubric: Rubric }) {
  const say = useWords()
  const nameOf = usePersonName()
  const { number, reviewer, marks, comment, percent } = review
  const title = reviewer ? say('received.from', { number, name: nameOf(reviewer) }) : say('received.nth', { number })
  return (
    <article className="card" aria-label={title}>
      <div className="card-head">
        <h3 className="row">
          {reviewer && <LetterBadge mark={reviewer.campus} small />}
          {title}
        </h3>
        <span className="num">{say('received.percent', { percent: Math.round(percent) })}</span>
      </div>
      <MarksRead marks={marks} rubric={rubric} />
      {comment && (
        <>
          <h4 className="small">{say('received.overall')}</h4>
          <p className="voice said">{comment}</p>
        </>
      )}
    </article>
  )
}
