import { useState } from 'react'
import { TextArea } from '@instructure/ui/v11_7'
import type { RouteOutput } from '@copractice/core/kernel'
import { myGradeRoute, raiseAppealRoute, withdrawAppealRoute, type RoundDetail, spelt } from '@copractice/core/review'
import {
  ActionButton,
  Icon,
  Loaded,
  ProblemNotice,
  Section,
  TextButton,
  useNow,
  useRoute,
  useSend,
  useTell,
  useTimes,
} from '@copractice/ui'
import { AppealRead } from './score-appeals.tsx'
import { ReviewingLines, WorkLines } from './score-working.tsx'
import { useScoreRefusals, useScoreWords } from './say-scores.ts'
import './scores.css'

type Released = NonNullable<RouteOutput<typeof myGradeRoute>['released']>
type Column = 'work' | 'reviewing'

/** One's own grades once they are shown, how they came about, and asking for another look. */
export function MyGrade({ round }: { round: RoundDetail }) {
  const say = useScoreWords()
  const refusals = useScoreRefusals()
  const { roundId, phase, myWork, myReviews } = round
  const takesPart = myWork?.status === 'handed_in' || myReviews.length > 0
  const isDealt = phase === 'review' || phase === 'closed'
  const mine = useRoute(myGradeRoute, { params: { roundId } }, { enabled: isDealt && takesPart })
  if (!isDealt || !takesPart) return null
  return (
    <Loaded from={mine} what={say('mine.loading')} sayRefusal={refusals}>
      {({ released }) =>
        released ? (
          <Section title={say('mine.title')} id="grade">
            <Grades round={round} released={released} />
          </Section>
        ) : null
      }
    </Loaded>
  )
}

function Grades({ round, released }: { round: RoundDetail; released: Released }) {
  const say = useScoreWords()
  const times = useTimes()
  const now = useNow()
  const { work, reviewing, workMaximum, reviewingMaximum, rubric, appealsUntil, appeals } = released
  const mayAsk = now <= appealsUntil
  return (
    <div className="stack">
      <OneGrade title={say('mine.work')} grade={work?.grade ?? null} maximum={workMaximum}>
        {work && (
          <WorkLines
            {...work}
            rubric={rubric}
            maximum={workMaximum}
            marks={work.marks.map((mark) => ({
              ...mark,
              title: mark.number === null ? say('how.reviewGone') : say('how.reviewNth', { number: mark.number }),
            }))}
          />
        )}
      </OneGrade>
      <Asking round={round} column="work" grade={work?.grade ?? null} appeals={appeals} mayAsk={mayAsk} />
      <OneGrade title={say('mine.reviewing')} grade={reviewing?.grade ?? null} maximum={reviewingMaximum}>
        {reviewing && (
          <ReviewingLines
            {...reviewing}
            maximum={reviewingMaximum}
            parts={reviewing.parts.map((part) => ({ ...part, title: say('how.reviewNth', { number: part.number }) }))}
          />
        )}
      </OneGrade>
      <Asking round={round} column="reviewing" grade={reviewing?.grade ?? null} appeals={appeals} mayAsk={mayAsk} />
      <p className="small muted">{say(mayAsk ? 'mine.until' : 'mine.over', { when: times.dateTime(appealsUntil) })}</p>
    </div>
  )
}

type OneProps = Readonly<{ title: string; grade: number | null; maximum: number; children: React.ReactNode }>

function OneGrade({ title, grade, maximum, children }: OneProps) {
  const say = useScoreWords()
  return (
    <div>
      <h3>{title}</h3>
      {grade === null ? (
        <p className="muted">{say('mine.none')}</p>
      ) : (
        <>
          <p className="result">{say('look.grade', { grade: spelt(grade), maximum })}</p>
          <details className="fold-out">
            <summary>
              <Icon name="chevron" small />
              {say('how')}
              <span className="vh">: {title}</span>
            </summary>
            {children}
          </details>
        </>
      )}
    </div>
  )
}

type AskingProps = Readonly<{
  round: RoundDetail
  column: Column
  grade: number | null
  appeals: Released['appeals']
  mayAsk: boolean
}>

/** What was asked about this grade, and asking once more when nothing is open. */
function Asking({ round: { roundId }, column, grade, appeals, mayAsk }: AskingProps) {
  const say = useScoreWords()
  const refusals = useScoreRefusals()
  const tell = useTell()
  const [isOpen, setIsOpen] = useState(false)
  const [reason, setReason] = useState('')
  const raise = useSend(raiseAppealRoute, {
    refreshes: [myGradeRoute],
    onDone: () => {
      tell({ text: say('mine.sent') })
      setIsOpen(false)
      setReason('')
    },
  })
  const takeBack = useSend(withdrawAppealRoute, {
    refreshes: [myGradeRoute],
    onDone: () => tell({ text: say('mine.takenBack') }),
  })
  const asked = appeals.filter((appeal) => appeal.column === column)
  const hasOpen = asked.some(({ status }) => status === 'open')
  const problem = raise.error?.problem ?? takeBack.error?.problem
  return (
    <>
      {asked.map((appeal) => (
        <div key={appeal.appealId} className="card stack">
          <AppealRead appeal={appeal} isMine />
          {appeal.status === 'open' && (
            <p>
              <TextButton onClick={() => takeBack.mutate({ params: { roundId, appealId: appeal.appealId } })}>
                {say('mine.takeBack')}
              </TextButton>
            </p>
          )}
        </div>
      ))}
      {problem && <ProblemNotice problem={problem} sayRefusal={refusals} />}
      {grade !== null && mayAsk && !hasOpen && !isOpen && (
        <p>
          <TextButton about={say(`column.${column}`)} onClick={() => setIsOpen(true)}>
            {say('mine.ask')}
          </TextButton>
        </p>
      )}
      {isOpen && !hasOpen && (
        <div className="stack fields">
          <p className="hint">{say('mine.askText')}</p>
          <TextArea
            label={say('mine.reason')}
            autoGrow
            maxLength={5000}
            value={reason}
            onChange={(event) => setReason(event.target.value)}
          />
          <div>
            <ActionButton
              weight="secondary"
              isDisabled={!reason.trim()}
              isBusy={raise.isPending}
              onClick={() => raise.mutate({ params: { roundId }, body: { column, reason: reason.trim() } })}
            >
              {say('mine.send')}
            </ActionButton>
          </div>
        </div>
      )}
    </>
  )
}
