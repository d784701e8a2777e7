import { receivedRoute, type Mark, type ReceivedReview, type RoundDetail, type Rubric } from '@copractice/core/review'
import { EmptyState, LetterBadge, Loaded, Section, useNow, useRoute, useTimes } from '@copractice/ui'
import { useRefusals, useWords } from './say.ts'

/** The reviews of one's own work, once they may be read. */
export function Received({ round }: { round: RoundDetail }) {
  const say = useWords()
  const refusals = useRefusals()
  const times = useTimes()
  const { roundId, phase, reviewUntil, myWork } = round
  const now = useNow()
  const isReadable = phase === 'closed' || (phase === 'review' && reviewUntil < now)
  const hasWork = myWork?.status === 'handed_in'
  const received = useRoute(receivedRoute, { params: { roundId } }, { enabled: isReadable && hasWork })
  return (
    <Section title={say('received.title')} id="received">
      {!hasWork && phase !== 'submit' ? (
        <p className="muted">{say('received.noWork')}</p>
      ) : !isReadable ? (
        <p className="muted">{say('received.later', { when: times.dateTime(reviewUntil) })}</p>
      ) : (
        <Loaded from={received} what={say('received.loading')} sayRefusal={refusals}>
          {({ reviews, mean, workMaximum, rubric }) =>
            reviews.length === 0 ? (
              <EmptyState title={say('received.none')} />
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
            )
          }
        </Loaded>
      )}
    </Section>
  )
}

function OneReview({ review, rubric }: { review: ReceivedReview; rubric: Rubric }) {
  const say = useWords()
  const { number, reviewer, marks, comment, percent } = review
  const title = reviewer?.name ? say('received.from', { number, name: reviewer.name }) : say('received.nth', { number })
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

/** What a review says, criterion by criterion, in the rubric's order. */
export function MarksRead({ marks, rubric }: { marks: readonly Mark[]; rubric: Rubric }) {
  const say = useWords()
  return (
    <dl className="marks">
      {rubric.criteria.map(({ id, title, levels }) => {
        const mark = marks.find(({ criterionId }) => criterionId === id)
        const level = levels.find(({ points }) => points === mark?.points)
        return (
          <div key={id}>
            <dt>{title}</dt>
            <dd>
              <strong className="small">{level ? `${level.points} · ${level.label}` : say('received.noMark')}</strong>
              {mark?.comment && <p className="voice said">{mark.comment}</p>}
            </dd>
          </div>
        )
      })}
    </dl>
  )
}
