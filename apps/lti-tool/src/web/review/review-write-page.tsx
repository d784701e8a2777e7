import { useRef, useState, type ReactNode } from 'react'
import { useParams } from '@tanstack/react-router'
import type * as z from 'zod'
import { AssignmentId } from '@copractice/core/kernel'
import {
  countWords,
  ExemplarsWaiting,
  flagWorkRoute,
  numberNotes,
  showReviewRoute,
  type ReviewPage,
} from '@copractice/core/review'
import {
  AppLink,
  Icon,
  Loaded,
  Notice,
  PageTitle,
  ProblemNotice,
  SaveState,
  useNow,
  useRoute,
  useSend,
  useTell,
  useTimes,
} from '@copractice/ui'
import { NotFoundHere } from '../directory/not-found-page.tsx'
import { useSeen } from '../directory/session-provider.tsx'
import { FlagProblem } from './flag-problem.tsx'
import { PassageList, PassageWriting } from './passage-writing.tsx'
import { ReviewAfter } from './review-after.tsx'
import { ReviewForm } from './review-form.tsx'
import { isInTime, ReviewHead } from './review-head.tsx'
import { MarksRead, NotesRead } from './review-read.tsx'
import { useWritingRefusals, useWritingWords } from './say-writing.ts'
import { WorkText } from './work-text.tsx'
import { useReviewDraft } from './use-review-draft.ts'
import { useRefusals, useWords } from './say.ts'
import './review.css'

/** One review: the work and the rubric side by side, one under the other on phones. */
export function ReviewWritePage() {
  const say = useWords()
  const refusals = useRefusals()
  const id = AssignmentId.safeParse(useParams({ strict: false }).assignmentId)
  const assignmentId = id.data ?? ('' as AssignmentId)
  const review = useRoute(showReviewRoute, { params: { assignmentId } }, { enabled: id.success, forgets: true })
  if (!id.success) return <NotFoundHere />
  const waiting = ExemplarsWaiting.safeParse(
    review.error?.problem.code === 'review.exemplars_first' && review.error.problem.facts,
  )
  if (waiting.success) return <ExemplarsFirst exemplars={waiting.data.exemplars} />
  return (
    <Loaded from={review} what={say('write.loading')} lines={10} sayRefusal={refusals}>
      {(review) => <Review key={assignmentId} review={review} />}
    </Loaded>
  )
}

/** What keeps this review shut, with the way to it. */
function ExemplarsFirst({ exemplars }: z.infer<typeof ExemplarsWaiting>) {
  const say = useWords()
  const { cohort } = useSeen()
  return (
    <>
      <PageTitle {...(cohort && { within: cohort.name })}>{say('write.shut')}</PageTitle>
      <Notice tone="info" icon="lock">
        {say('write.exemplarsFirst')}
      </Notice>
      <ul className="list">
        {exemplars.map(({ exemplarId, title }) => (
          <li key={exemplarId}>
            <AppLink href={`/reviews/exemplars/${exemplarId}`}>{say('write.exemplarOpen', { title })}</AppLink>
          </li>
        ))}
      </ul>
    </>
  )
}

function Review({ review }: { review: ReviewPage }) {
  const now = useNow()
  const isOpen = !review.filedAt && isInTime(review, now)
  // What was open when the page came stays open to write in; the server has the last word.
  const [wasOpen] = useState(isOpen)
  return wasOpen && !review.filedAt && !review.isHidden ? <Writing review={review} /> : <Reading review={review} />
}

function Writing({ review }: { review: ReviewPage }) {
  const say = useWords()
  const now = useNow()
  const draft = useReviewDraft(review)
  const marked = draft.value.marks.filter(({ points }) => points !== null).length
  const rubric = useRef<HTMLDivElement>(null)
  // What this browser kept from before notes were in it has none.
  const passages = draft.value.passages ?? []
  const jump = say('write.jumpRubric', { marked, criteria: review.rubric.criteria.length })
  return (
    <>
      <ReviewHead review={review} save={<SaveState status={draft.status} />} />
      {!isInTime(review, now) && (
        <Notice tone="info" icon="clock" live>
          {say('write.over')}
        </Notice>
      )}
      <nav className="jump" aria-label={say('write.parts')}>
        <a href="#text">{say('write.theWork')}</a>
        <a href="#rubric">{jump}</a>
      </nav>
      <div className="panes">
        <Work review={review}>
          <PassageWriting
            work={review.work}
            comments={passages}
            onChange={(changed) => draft.change({ ...draft.value, passages: changed })}
          />
        </Work>
        <div ref={rubric} className="rubric" id="rubric" tabIndex={-1}>
          <PassageList work={review.work} comments={passages} />
          <ReviewForm review={review} draft={draft} aside={<FlagWork review={review} />} />
        </div>
      </div>
    </>
  )
}

function Reading({ review }: { review: ReviewPage }) {
  const say = useWords()
  const times = useTimes()
  const sayMore = useWritingWords()
  const { filedAt, marks, comment, rubric, passages, isHidden, after } = review
  const isBlank = !comment && passages.length === 0 && marks.every((mark) => mark.points === null && !mark.comment)
  return (
    <>
      <ReviewHead review={review} save={null} />
      <Notice tone={filedAt ? 'ok' : 'info'} {...(!filedAt && { icon: 'clock' })}>
        {isHidden
          ? sayMore(filedAt ? 'after.hidden' : 'after.excused')
          : filedAt
            ? say('write.sentAt', { when: times.dateTime(filedAt) })
            : say('write.over')}
      </Notice>
      {after && <ReviewAfter after={after} work={review.work} />}
      <div className="panes after-notice">
        <Work review={review}>
          <WorkText {...review.work} />
        </Work>
        <section className="rubric" aria-labelledby="h-rubric">
          <h2 id="h-rubric">{say('write.rubric')}</h2>
          {isBlank ? <p className="muted">{say('write.nothing')}</p> : <MarksRead marks={marks} rubric={rubric} />}
          {comment && <p className="voice said">{comment}</p>}
          <NotesRead passages={numberNotes(passages)} level={3} />
          <div className="flag-here">
            <FlagWork review={review} />
          </div>
        </section>
      </div>
    </>
  )
}

function Work({ review, children }: { review: ReviewPage; children: ReactNode }) {
  const { roundTitle, instructions, work } = review
  const say = useWords()
  return (
    <article className="text" id="text" aria-labelledby="h-text">
      <header>
        <h2 id="h-text">{roundTitle}</h2>
        {work.body && <p className="small muted">{say('write.about', { count: countWords(work.body) })}</p>}
        {instructions && (
          <details className="fold-out">
            <summary>
              <Icon name="chevron" small />
              {say('write.instructions')}
            </summary>
            <p className="said">{instructions}</p>
          </details>
        )}
      </header>
      {children}
    </article>
  )
}

/** Something is wrong with the work: to the instructor. */
function FlagWork({ review: { assignmentId, flag } }: { review: ReviewPage }) {
  const say = useWritingWords()
  const refusals = useWritingRefusals()
  const tell = useTell()
  const raise = useSend(flagWorkRoute, {
    refreshes: [showReviewRoute],
    onDone: () => tell({ text: say('flag.sent') }),
  })
  return (
    <FlagProblem
      as="reviewer"
      flag={flag}
      isBusy={raise.isPending}
      problem={raise.error && <ProblemNotice problem={raise.error.problem} sayRefusal={refusals} />}
      onRaise={(body, onDone) => raise.mutate({ params: { assignmentId }, body }, { onSuccess: onDone })}
    />
  )
}
