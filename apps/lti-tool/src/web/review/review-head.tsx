import type { ReactNode } from 'react'
import type { ReviewPage } from '@copractice/core/review'
import { AppLink, Icon, PageTitle, useNow, useTimes } from '@copractice/ui'
import { useSeen } from '../directory/session-provider.tsx'
import { useWords } from './say.ts'

/** Whether its time still runs, as far as this page knows. */
export const isInTime = ({ open, reviewUntil }: ReviewPage, now: Date): boolean => open && reviewUntil > now

/** Which review this is, what its writer knows of the author, and, until it is sent, when it is due. */
export function ReviewHead({ review, save }: { review: ReviewPage; save: ReactNode }) {
  const say = useWords()
  const times = useTimes()
  const now = useNow()
  const { cohort } = useSeen()
  const { roundId, roundTitle, number, of, anonymity, author, reviewUntil } = review
  return (
    <div className="rev-head">
      <div>
        <p className="small">
          <AppLink href="/reviews">{say('round.back')}</AppLink>
          <span className="muted"> / </span>
          <AppLink href={`/reviews/rounds/${roundId}`}>{roundTitle}</AppLink>
        </p>
        <PageTitle {...(cohort && { within: cohort.name })}>
          {say('write.title', { count: number, of, ordinal: true })}
        </PageTitle>
        <p className="facts">
          <span>
            <Icon name={anonymity === 'none' ? 'eye' : 'lock'} small />
            {say(`anonymity.${anonymity}`)}
          </span>
          {author?.name && (
            <span>
              <Icon name="people" small />
              {say('write.author', { name: author.name })}
            </span>
          )}
          {!review.filedAt && isInTime(review, now) && (
            <span>
              <Icon name="clock" small />
              {say('write.due', { when: times.dateTime(reviewUntil) })}
            </span>
          )}
        </p>
      </div>
      {save}
    </div>
  )
}
