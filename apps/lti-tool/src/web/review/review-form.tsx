import { useId, useState, type ReactNode } from 'react'
import { getCohortHome } from '@copractice/core/cohort'
import { getSession } from '@copractice/core/directory'
import {
  countWords,
  fileReviewRoute,
  highestPoints,
  listReviewsRoute,
  listRoundsRoute,
  showReviewRoute,
  showRoundRoute,
  type Mark,
  type ReviewPage,
} from '@copractice/core/review'
import { ActionButton, BothVersions, ConfirmModal, ProblemNotice, useSend, useTell, useGoTo } from '@copractice/ui'
import { CriterionField } from './criterion-field.tsx'
import type { DraftOfReview } from './use-review-draft.ts'
import { joinDrafts } from './join-drafts.ts'
import { useWritingWords } from './say-writing.ts'
import { useRefusals, useWords } from './say.ts'

/** The rubric to fill in and the button that sends it; says what is still missing, and never just greys out. */
export function ReviewForm({ review, draft, aside }: { review: ReviewPage; draft: DraftOfReview; aside: ReactNode }) {
  const say = useWords()
  const sayMore = useWritingWords()
  const refusals = useRefusals()
  const tell = useTell()
  const goTo = useGoTo()
  const overallId = useId()
  const [isAsking, setIsAsking] = useState(false)
  const { rubric, assignmentId, roundId } = review
  const { value, theirs } = draft
  const marked = value.marks.filter(({ points }) => points !== null).length
  const missing = whatIsMissing(review, value.marks)
  const send = useSend(fileReviewRoute, {
    refreshes: [showReviewRoute, showRoundRoute, listReviewsRoute, listRoundsRoute, getCohortHome, getSession],
    onDone: () => {
      draft.restart(value)
      tell({ text: say('write.sent') })
      goTo(`/reviews/rounds/${roundId}`)
    },
  })
  const setMark = (mark: Mark) =>
    draft.change({ ...value, marks: value.marks.map((one) => (one.criterionId === mark.criterionId ? mark : one)) })
  const file = async () => {
    await draft.flush()
    send.mutate(
      { params: { assignmentId }, body: { ...value, basedOn: draft.basedOn.current } },
      { onSettled: () => setIsAsking(false) },
    )
  }
  return (
    <form aria-labelledby="h-rubric" onSubmit={(event) => event.preventDefault()}>
      <div className="rubric-head">
        <h2 id="h-rubric">{say('write.rubric')}</h2>
        <span className="small muted">{say('write.rated', { marked, criteria: rubric.criteria.length })}</span>
      </div>
      {theirs && (
        <BothVersions
          theirs={theirs.marks
            .map(({ comment }) => comment)
            .filter(Boolean)
            .join('\n')}
          onKeepMine={() => draft.settle(value)}
          onKeepTheirs={() => draft.settle(theirs)}
          onJoin={() => draft.settle(joinDrafts(value, theirs))}
        />
      )}
      {rubric.criteria.map((criterion, place) => (
        <CriterionField
          key={criterion.id}
          criterion={criterion}
          number={place + 1}
          most={highestPoints(criterion)}
          mark={value.marks[place] ?? { criterionId: criterion.id, points: null, comment: '' }}
          about={`${assignmentId}:${criterion.id}`}
          onChange={setMark}
        />
      ))}
      <div className="field overall">
        <label htmlFor={overallId}>{say('write.overall')}</label>
        <textarea
          id={overallId}
          className="input"
          rows={2}
          value={value.comment}
          aria-describedby={`${overallId}-hint`}
          onChange={(event) => draft.change({ ...value, comment: event.target.value })}
        />
        <p className="hint" id={`${overallId}-hint`}>
          {say('write.overallHint')}
        </p>
      </div>
      {send.error && <ProblemNotice problem={send.error.problem} sayRefusal={refusals} />}
      <div className="dock">
        {aside}
        <span className="small muted" id="left" role="status">
          {missing === null
            ? say('write.ready')
            : missing.what === 'words'
              ? sayMore('words.next', { title: missing.title, count: missing.left })
              : say(missing.what === 'mark' ? 'write.rateNext' : 'write.commentNext', { title: missing.title })}
        </span>
        <ActionButton isDisabled={missing !== null} describedBy="left" onClick={() => setIsAsking(true)}>
          {say('write.send')}
        </ActionButton>
      </div>
      <ConfirmModal
        isOpen={isAsking}
        title={say('write.sendAsk')}
        confirm={say('write.send')}
        isBusy={send.isPending}
        onClose={() => setIsAsking(false)}
        onConfirm={() => void file()}
      >
        <p>{say('write.sendText')}</p>
      </ConfirmModal>
    </form>
  )
}

/** The first thing between this review and sending it, in the rubric's order. */
function whatIsMissing({ rubric }: ReviewPage, marks: readonly Mark[]) {
  for (const { id, title, commentRequired, minimumWords = 0 } of rubric.criteria) {
    const mark = marks.find(({ criterionId }) => criterionId === id)
    if (!mark || mark.points === null) return { what: 'mark', title } as const
    if (commentRequired && !mark.comment.trim()) return { what: 'comment', title } as const
    const left = mark.comment.trim() ? minimumWords - countWords(mark.comment) : 0
    if (left > 0) return { what: 'words', title, left } as const
  }
  return null
}
