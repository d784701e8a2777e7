import { useId, useRef, useState } from 'react'
import {
  fileSelfAssessmentRoute,
  highestPoints,
  saveSelfAssessmentRoute,
  selfAssessmentRoute,
  SelfDraftConflict,
  type Mark,
  type RoundDetail,
  type Rubric,
  type SelfAssessment,
} from '@copractice/core/review'
import {
  ActionButton,
  asSaveAnswer,
  BothVersions,
  Loaded,
  Notice,
  ProblemNotice,
  SaveState,
  Section,
  useAutosave,
  useCall,
  useRoute,
  useSayProblem,
  useSend,
  useTell,
  useTimes,
} from '@copractice/ui'
import { useSeen } from '../directory/session-provider.tsx'
import { CriterionField } from './criterion-field.tsx'
import { MarksRead } from './review-read.tsx'
import { useWritingRefusals, useWritingWords } from './say-writing.ts'

/** One's own work by the rubric of the reviews, before they are read. Asked for once the work is handed in. */
export function SelfAssessmentPart({ round }: { round: RoundDetail }) {
  const say = useWritingWords()
  const refusals = useWritingRefusals()
  const times = useTimes()
  const { roundId, rubric } = round
  const found = useRoute(selfAssessmentRoute, { params: { roundId } }, { forgets: true })
  return (
    <Section title={say('self.title')} id="self">
      <Loaded from={found} what={say('self.loading')} sayRefusal={refusals}>
        {({ isAsked, isOpen, assessment }) =>
          !isAsked ? (
            <p className="muted">{say('self.later')}</p>
          ) : isOpen ? (
            <Assessing round={round} assessment={assessment} />
          ) : assessment?.filedAt ? (
            <div className="stack">
              <Notice tone="ok">{say('self.sentAt', { when: times.dateTime(assessment.filedAt) })}</Notice>
              <MarksRead marks={assessment.marks} rubric={rubric} />
            </div>
          ) : (
            <p className="muted">{say('self.over')}</p>
          )
        }
      </Loaded>
    </Section>
  )
}

type Draft = { marks: Mark[]; comment: string }
const filled = ({ criteria }: Rubric, marks: readonly Mark[]): Mark[] =>
  criteria.map(
    ({ id }) => marks.find(({ criterionId }) => criterionId === id) ?? { criterionId: id, points: null, comment: '' },
  )

function Assessing({ round, assessment }: { round: RoundDetail; assessment: SelfAssessment | null }) {
  const { roundId, rubric } = round
  const say = useWritingWords()
  const refusals = useWritingRefusals()
  const sayProblem = useSayProblem(refusals)
  const call = useCall()
  const tell = useTell()
  const { person } = useSeen()
  const id = useId()
  const basedOn = useRef(assessment?.savedAt ?? null)
  const [initial] = useState<Draft>(() => ({
    marks: filled(rubric, assessment?.marks ?? []),
    comment: assessment?.comment ?? '',
  }))
  const draft = useAutosave<Draft>({
    keepAs: `${person.id}:self:${roundId}`,
    initial,
    savedAt: assessment?.savedAt ?? null,
    basedOn,
    save: async (value) =>
      asSaveAnswer(
        await call(saveSelfAssessmentRoute, { params: { roundId }, body: { ...value, basedOn: basedOn.current } }),
        {
          saved: ({ savedAt }) => (basedOn.current = savedAt),
          conflict: ({ code, facts }) => {
            const saved = code === 'review.draft_conflict' ? SelfDraftConflict.safeParse(facts).data?.saved : undefined
            if (!saved) return null
            basedOn.current = new Date(saved.savedAt)
            return { marks: filled(rubric, saved.marks), comment: saved.comment }
          },
          say: sayProblem,
        },
      ),
  })
  const { value, theirs } = draft
  const file = useSend(fileSelfAssessmentRoute, {
    refreshes: [selfAssessmentRoute],
    onDone: () => {
      draft.restart(value)
      tell({ text: say('self.sent') })
    },
  })
  const left = value.marks.filter(({ points }) => points === null).length
  const setMark = (mark: Mark) =>
    draft.change({ ...value, marks: value.marks.map((one) => (one.criterionId === mark.criterionId ? mark : one)) })
  const send = async () => {
    await draft.flush()
    file.mutate({ params: { roundId }, body: { ...value, basedOn: basedOn.current } })
  }
  return (
    <div className="compose">
      <p className="muted">{say('self.why')}</p>
      {theirs && (
        <BothVersions
          theirs={theirs.marks.map(({ comment }) => comment).join('\n')}
          onKeepMine={() => draft.settle(value)}
          onKeepTheirs={() => draft.settle(theirs)}
        />
      )}
      <div>
        {rubric.criteria.map((criterion, place) => (
          <CriterionField
            key={criterion.id}
            criterion={criterion}
            number={place + 1}
            most={highestPoints(criterion)}
            mark={value.marks[place]!}
            isOwnWork
            about={`self:${roundId}:${criterion.id}`}
            onChange={setMark}
          />
        ))}
      </div>
      <div className="field">
        <label htmlFor={`${id}-all`}>{say('self.overall')}</label>
        <textarea
          id={`${id}-all`}
          className="input"
          rows={2}
          value={value.comment}
          onChange={(event) => draft.change({ ...value, comment: event.target.value })}
        />
      </div>
      {file.error && <ProblemNotice problem={file.error.problem} sayRefusal={refusals} />}
      <div className="row between">
        <SaveState status={draft.status} />
        <span className="row">
          <span className="small muted" id={`${id}-left`}>
            {left > 0 && say('self.left', { count: left })}
          </span>
          <ActionButton
            weight="secondary"
            isDisabled={left > 0}
            isBusy={file.isPending}
            describedBy={`${id}-left`}
            onClick={() => void send()}
          >
            {say('self.send')}
          </ActionButton>
        </span>
      </div>
    </div>
  )
}
