import { useId, useState } from 'react'
import type { RoundId } from '@copractice/core/kernel'
import { answerFlagRoute, listFlagsRoute, scoresRoute, type FlagListed, type Rubric } from '@copractice/core/review'
import {
  ActionButton,
  EmptyState,
  Icon,
  LoadingLines,
  ProblemNotice,
  Section,
  ShowMore,
  StatusPill,
  usePages,
  useSend,
  useTell,
  useTimes,
} from '@copractice/ui'
import { usePersonName } from './person-name.ts'
import { MarksRead, NotesRead } from './review-read.tsx'
import { useWritingRefusals, useWritingWords } from './say-writing.ts'

/** What reviewers and authors say is wrong, those without an answer first, and what the instructor does about it. */
export function FlagsPart(props: Readonly<{ roundId: RoundId; rubric: Rubric; isReleased: boolean }>) {
  const { roundId, rubric, isReleased } = props
  const say = useWritingWords()
  const refusals = useWritingRefusals()
  const flags = usePages(listFlagsRoute, { params: { roundId }, query: { limit: 50 } })
  const all = flags.data?.pages.flatMap(({ items }) => items) ?? []
  return (
    <Section title={say('flags.title')} id="flags">
      {flags.isPending ? (
        <LoadingLines what={say('flags.loading')} />
      ) : flags.error ? (
        <ProblemNotice problem={flags.error.problem} sayRefusal={refusals} onRetry={() => void flags.refetch()} />
      ) : all.length === 0 ? (
        <EmptyState title={say('flags.none')} icon="flag">
          {say('flags.noneText')}
        </EmptyState>
      ) : (
        <ul className="plain flags">
          {all.map((flag) => (
            <li key={flag.flagId}>
              <OneFlag flag={flag} roundId={roundId} rubric={rubric} isReleased={isReleased} />
            </li>
          ))}
        </ul>
      )}
      <ShowMore of={flags}>{say('flags.more')}</ShowMore>
    </Section>
  )
}

type OneProps = Readonly<{ flag: FlagListed; roundId: RoundId; rubric: Rubric; isReleased: boolean }>

function OneFlag({ flag, roundId, rubric, isReleased }: OneProps) {
  const say = useWritingWords()
  const times = useTimes()
  const nameOf = usePersonName()
  const [isAnswering, setIsAnswering] = useState(flag.answer === null)
  const { raisedAs, kind, text, raisedAt, raisedBy, authors, reviewer, review, answer } = flag
  const about = {
    who: nameOf(raisedBy),
    authors: authors.map(nameOf).join(', '),
    reviewer: reviewer ? nameOf(reviewer) : '',
  }
  const title = say(`flag.${raisedAs}.${kind as 'other'}`)
  return (
    <article className="card" aria-label={title}>
      <div className="card-head">
        <h3>{title}</h3>
        {answer ? (
          <StatusPill tone="ok">{say(answer.outcome === 'kept' ? 'flags.keptPill' : 'flags.hiddenPill')}</StatusPill>
        ) : (
          <StatusPill tone="warn">{say('flags.waits')}</StatusPill>
        )}
      </div>
      <p className="small muted">
        {say(raisedAs === 'reviewer' ? 'flags.byReviewer' : 'flags.byAuthor', about)} {times.dateTime(raisedAt)}
      </p>
      {text && <p className="voice said">{text}</p>}
      {review && (
        <details className="fold-out">
          <summary>
            <Icon name="chevron" small />
            {say('flags.review')}
          </summary>
          {review.marks.length > 0 && <MarksRead marks={review.marks} rubric={rubric} />}
          {review.comment && <p className="voice said">{review.comment}</p>}
          <NotesRead passages={review.passages} />
        </details>
      )}
      {answer && (
        <>
          <p>{say(answer.outcome === 'kept' ? 'flags.keptText' : 'flags.hiddenText')}</p>
          <p className="voice said">{answer.text}</p>
        </>
      )}
      {isAnswering ? (
        <AnswerFlag flag={flag} roundId={roundId} isReleased={isReleased} onDone={() => setIsAnswering(false)} />
      ) : (
        <ActionButton weight="quiet" size="small" onClick={() => setIsAnswering(true)}>
          {say('flags.again')}
        </ActionButton>
      )}
    </article>
  )
}

type AnswerProps = Readonly<{ flag: FlagListed; roundId: RoundId; isReleased: boolean; onDone: () => void }>

function AnswerFlag({ flag, roundId, isReleased, onDone }: AnswerProps) {
  const say = useWritingWords()
  const refusals = useWritingRefusals()
  const tell = useTell()
  const id = useId()
  const [outcome, setOutcome] = useState<'kept' | 'hidden'>(flag.answer?.outcome ?? 'kept')
  const [text, setText] = useState(flag.answer?.text ?? '')
  const send = useSend(answerFlagRoute, {
    refreshes: [listFlagsRoute, scoresRoute],
    onDone: () => {
      onDone()
      tell({ text: say('flags.answered') })
    },
  })
  return (
    <div className="stack">
      <fieldset>
        <legend>{say('flags.outcome')}</legend>
        {(['kept', 'hidden'] as const).map((each) => (
          <label key={each} className="choice">
            <input type="radio" name={`${id}-outcome`} checked={outcome === each} onChange={() => setOutcome(each)} />
            <span>{say(`flags.${each}.${flag.raisedAs}`)}</span>
          </label>
        ))}
      </fieldset>
      {isReleased && <p className="hint">{say('flags.released')}</p>}
      <div className="field">
        <label htmlFor={`${id}-text`}>{say('flags.answer')}</label>
        <textarea
          id={`${id}-text`}
          className="input"
          rows={2}
          maxLength={5000}
          value={text}
          aria-describedby={`${id}-hint`}
          onChange={(event) => setText(event.target.value)}
        />
        <p className="hint" id={`${id}-hint`}>
          {say('flags.answerHint')}
        </p>
      </div>
      {send.error && <ProblemNotice problem={send.error.problem} sayRefusal={refusals} />}
      <div className="row">
        <ActionButton
          weight="secondary"
          size="small"
          isDisabled={text.trim() === ''}
          isBusy={send.isPending}
          describedBy={`${id}-hint`}
          onClick={() =>
            send.mutate({ params: { roundId, flagId: flag.flagId }, body: { outcome, text: text.trim() } })
          }
        >
          {say('flags.send')}
        </ActionButton>
      </div>
    </div>
  )
}
