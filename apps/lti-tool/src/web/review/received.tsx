import { receivedRoute, type RoundDetail } from '@copractice/core/review'
import { EmptyState, Icon, Loaded, Section, useNow, useRoute, useTimes } from '@copractice/ui'
import { Respond } from './respond.tsx'
import { ReviewsRead, SelfBeside, WorkWithNotes } from './review-read.tsx'
import { useWritingWords } from './say-writing.ts'
import { useRefusals, useWords } from './say.ts'

/** The reviews of one's own work, once they may be read, with one's answers to them. */
export function Received({ round }: { round: RoundDetail }) {
  const say = useWords()
  const sayMore = useWritingWords()
  const refusals = useRefusals()
  const times = useTimes()
  const { roundId, phase, reviewUntil, myWork } = round
  const now = useNow()
  const isReadable = phase === 'closed' || (phase === 'review' && reviewUntil < now)
  const hasWork = myWork?.status === 'handed_in'
  const received = useRoute(receivedRoute, { params: { roundId } }, { enabled: isReadable && hasWork, forgets: true })
  return (
    <Section title={say('received.title')} id="received">
      {!hasWork && phase !== 'submit' ? (
        <p className="muted">{say('received.noWork')}</p>
      ) : !isReadable ? (
        <p className="muted">{say('received.later', { when: times.dateTime(reviewUntil) })}</p>
      ) : (
        <Loaded from={received} what={say('received.loading')} sayRefusal={refusals}>
          {({ reviews, mayRate, mean, workMaximum, rubric, work, selfAssessment }) => (
            <div className="stack">
              {reviews.length === 0 ? (
                <EmptyState title={say('received.none')} />
              ) : (
                <ReviewsRead
                  {...{ reviews, rubric, mean, workMaximum }}
                  below={(review) => <Respond roundId={roundId} review={review} mayRate={mayRate} />}
                />
              )}
              {reviews.some(({ passages }) => passages.some(({ at }) => at.kind === 'text')) && (
                <details className="fold-out" open>
                  <summary>
                    <Icon name="chevron" small />
                    {sayMore('read.withNotes')}
                  </summary>
                  <WorkWithNotes body={work.body} reviews={reviews} />
                </details>
              )}
              {selfAssessment && (
                <details className="fold-out" open>
                  <summary>
                    <Icon name="chevron" small />
                    {sayMore('self.beside')}
                  </summary>
                  <SelfBeside {...{ reviews, rubric }} assessment={selfAssessment} isOwn />
                </details>
              )}
            </div>
          )}
        </Loaded>
      )}
    </Section>
  )
}
