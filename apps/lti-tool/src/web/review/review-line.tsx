import type { ReviewToWrite } from '@copractice/core/review'
import { ButtonLink, StatusPill, useTimes } from '@copractice/ui'
import { useWritingWords } from './say-writing.ts'
import { useWords } from './say.ts'

/** One review to write: which, how far along, when it is due, and the button that opens it. */
export function ReviewLine({ review, withRound = false }: { review: ReviewToWrite; withRound?: boolean }) {
  const say = useWords()
  const sayMore = useWritingWords()
  const times = useTimes()
  const { assignmentId, number, of, reviewUntil, open, isHidden, filedAt, savedAt, roundTitle } = review
  const when = times.dateTime(reviewUntil)
  const state = () => {
    if (isHidden) return sayMore(filedAt ? 'after.hidden' : 'after.excused')
    if (filedAt) return say('toReview.sentAt', { when: times.dateTime(filedAt) })
    if (!open) return say('toReview.over')
    if (savedAt) return say('toReview.begun', { marked: review.criteriaMarked, criteria: review.criteria, when })
    return say('toReview.notBegun', { when })
  }
  const title = `${say('toReview.nth', { count: number, ordinal: true })} ${say('toReview.of', { count: of })}`
  return (
    <li className="row between">
      <div>
        <h3>{withRound ? `${roundTitle}: ${title}` : title}</h3>
        <p className="small muted">{state()}</p>
      </div>
      <span className="row">
        {filedAt && !isHidden && <StatusPill tone="ok">{say('toReview.sent')}</StatusPill>}
        <ButtonLink href={`/reviews/write/${assignmentId}`} weight={filedAt || !open ? 'quiet' : 'secondary'}>
          {say(filedAt ? 'rounds.readAgain' : !open ? 'rounds.look' : savedAt ? 'rounds.goOn' : 'rounds.write')}
          <span className="vh">: {title}</span>
        </ButtonLink>
      </span>
    </li>
  )
}
