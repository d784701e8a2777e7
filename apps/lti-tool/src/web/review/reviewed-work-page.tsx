import { useParams } from '@tanstack/react-router'
import { PersonId, RoundId, type RouteOutput } from '@copractice/core/kernel'
import { reviewedWorkRoute } from '@copractice/core/review'
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
import { CompareVersions } from './compare-versions.tsx'
import { ResponseRead } from './respond.tsx'
import { ReviewsRead, SelfBeside, WorkWithNotes } from './review-read.tsx'
import { useWritingWords } from './say-writing.ts'
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
  const sayMore = useWritingWords()
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
          <WorkText {...work} />
        </Section>
      )}
      <Reviews reviewed={reviewed} />
      {reviewed.selfAssessment && reviewed.reviews && (
        <Section title={sayMore(reader === 'author' ? 'self.beside' : 'self.besideOf')}>
          <SelfBeside
            assessment={reviewed.selfAssessment}
            reviews={reviewed.reviews}
            rubric={reviewed.rubric}
            isOwn={reader === 'author'}
          />
        </Section>
      )}
      {reviewed.versions.length > 1 && (
        <Section title={sayMore('compare.title')}>
          <CompareVersions versions={reviewed.versions} />
        </Section>
      )}
    </div>
  )
}

function Reviews({ reviewed }: { reviewed: Reviewed }) {
  const say = useWords()
  const times = useTimes()
  const sayMore = useWritingWords()
  const { reviews, rubric, mean, workMaximum, readableFrom, versions } = reviewed
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
          <ReviewsRead
            {...{ reviews, rubric, mean, workMaximum }}
            below={({ response }) =>
              response && (
                <div>
                  <h4 className="small notes-head">{sayMore('after.answer')}</h4>
                  <ResponseRead response={response} />
                </div>
              )
            }
          />
          <WorkWithNotes body={versions[0]?.body ?? ''} reviews={reviews} />
        </>
      )}
    </Section>
  )
}
