import { useId, useState } from 'react'
import { useParams } from '@tanstack/react-router'
import { ExemplarId } from '@copractice/core/kernel'
import {
  highestPoints,
  markExemplarRoute,
  myExemplarsRoute,
  showExemplarRoute,
  type ExemplarToMark,
  type Mark,
} from '@copractice/core/review'
import {
  ActionButton,
  asSaveAnswer,
  ConfirmModal,
  DataTable,
  Loaded,
  Notice,
  PageTitle,
  ProblemNotice,
  SaveState,
  useAutosave,
  useCall,
  useRoute,
  useSayProblem,
  useSend,
  useTell,
  type Column,
} from '@copractice/ui'
import { NotFoundHere } from '../directory/not-found-page.tsx'
import { useSeen } from '../directory/session-provider.tsx'
import { CriterionField } from './criterion-field.tsx'
import { signed } from './exemplars-part.tsx'
import { WorkText } from './work-text.tsx'
import { useTeamRefusals, useTeamWords } from './say-teams.ts'
import './review.css'

/** A work that everybody marks: marked as a review is, then read beside the instructor's marking. */
export function ExemplarPage() {
  const say = useTeamWords()
  const refusals = useTeamRefusals()
  const { cohort } = useSeen()
  const id = ExemplarId.safeParse(useParams({ strict: false }).exemplarId)
  const exemplarId = id.data ?? ('' as ExemplarId)
  const exemplar = useRoute(showExemplarRoute, { params: { exemplarId } }, { enabled: id.success, forgets: true })
  if (!id.success) return <NotFoundHere />
  return (
    <Loaded from={exemplar} what={say('mark.loading')} lines={8} sayRefusal={refusals}>
      {(seen) => (
        <>
          <PageTitle {...(cohort && { within: cohort.name })}>{seen.title}</PageTitle>
          {seen.compared && <Compared seen={seen} compared={seen.compared} />}
          {!seen.filedAt && !seen.isOpen && <Notice tone="info">{say('mark.over')}</Notice>}
          <div className="panes after-notice">
            <article className="text">
              <WorkText body={seen.body} files={seen.files} link={null} />
            </article>
            {!seen.filedAt && seen.isOpen && <Marking key={exemplarId} exemplarId={exemplarId} seen={seen} />}
          </div>
        </>
      )}
    </Loaded>
  )
}

type Kept = { marks: Mark[]; comment: string }

function Marking({ exemplarId, seen }: { exemplarId: ExemplarId; seen: ExemplarToMark }) {
  const say = useTeamWords()
  const refusals = useTeamRefusals()
  const sayProblem = useSayProblem(refusals)
  const call = useCall()
  const tell = useTell()
  const id = useId()
  const { person } = useSeen()
  const [isAsking, setIsAsking] = useState(false)
  const { rubric } = seen
  const draft = useAutosave<Kept>({
    keepAs: `${person.id}:exemplar:${exemplarId}`,
    initial: {
      marks: rubric.criteria.map(
        ({ id: criterionId }) =>
          seen.marks.find((mark) => mark.criterionId === criterionId) ?? { criterionId, points: null, comment: '' },
      ),
      comment: seen.comment,
    },
    savedAt: seen.savedAt,
    save: async (value) =>
      asSaveAnswer(await call(markExemplarRoute, { params: { exemplarId }, body: { ...value, file: false } }), {
        saved: ({ savedAt }) => savedAt ?? new Date(),
        conflict: (): Kept | null => null,
        say: sayProblem,
      }),
  })
  const send = useSend(markExemplarRoute, {
    refreshes: [showExemplarRoute, myExemplarsRoute],
    onDone: () => {
      draft.restart(draft.value)
      tell({ text: say('mark.sent') })
    },
  })
  const next = rubric.criteria.find((_, place) => draft.value.marks[place]?.points == null)
  return (
    <div className="rubric">
      <div className="rubric-head">
        <h2>{say('mark.rubric')}</h2>
        <SaveState status={draft.status} />
      </div>
      {rubric.criteria.map((criterion, place) => (
        <CriterionField
          key={criterion.id}
          criterion={{ ...criterion, commentRequired: false }}
          number={place + 1}
          most={highestPoints(criterion)}
          mark={draft.value.marks[place]!}
          about={`${exemplarId}:${criterion.id}`}
          onChange={(mark) => draft.change({ ...draft.value, marks: draft.value.marks.with(place, mark) })}
        />
      ))}
      <div className="field overall">
        <label htmlFor={id}>{say('mark.overall')}</label>
        <textarea
          id={id}
          className="input"
          rows={2}
          value={draft.value.comment}
          onChange={(event) => draft.change({ ...draft.value, comment: event.target.value })}
        />
      </div>
      {send.error && <ProblemNotice problem={send.error.problem} sayRefusal={refusals} />}
      <div className="dock">
        <span className="small muted" id={`${id}-left`} role="status">
          {next ? say('mark.next', { title: next.title }) : say('mark.ready')}
        </span>
        <ActionButton isDisabled={next !== undefined} describedBy={`${id}-left`} onClick={() => setIsAsking(true)}>
          {say('mark.send')}
        </ActionButton>
      </div>
      <ConfirmModal
        isOpen={isAsking}
        title={say('mark.sendAsk')}
        confirm={say('mark.send')}
        isBusy={send.isPending}
        onClose={() => setIsAsking(false)}
        onConfirm={() =>
          void draft
            .flush()
            .then(() =>
              send.mutate(
                { params: { exemplarId }, body: { ...draft.value, file: true } },
                { onSettled: () => setIsAsking(false) },
              ),
            )
        }
      >
        <p>{say('mark.sendText')}</p>
      </ConfirmModal>
    </div>
  )
}

type Compared = NonNullable<ExemplarToMark['compared']>
type Line = Compared['criteria'][number]

function Compared({ seen, compared }: { seen: ExemplarToMark; compared: Compared }) {
  const say = useTeamWords()
  const titleOf = (line: Line) => seen.rubric.criteria.find(({ id }) => id === line.criterionId)?.title ?? ''
  const whyOf = (line: Line) =>
    compared.reference.find(({ criterionId }) => criterionId === line.criterionId)?.comment ?? ''
  const columns: Column<Line>[] = [
    { id: 'criterion', head: say('mark.criterion'), isHead: true, cell: titleOf },
    {
      id: 'own',
      head: say('mark.own'),
      isNumber: true,
      cell: ({ own, of }) => say('mark.points', { points: own, of }),
    },
    {
      id: 'reference',
      head: say('mark.reference'),
      isNumber: true,
      cell: ({ reference, of }) => say('mark.points', { points: reference, of }),
    },
    { id: 'difference', head: say('mark.difference'), isNumber: true, cell: ({ difference }) => signed(difference) },
    { id: 'why', head: say('mark.why'), cell: whyOf },
  ]
  return (
    <section aria-labelledby="h-compared" className="stack">
      <h2 id="h-compared">{say('mark.compared')}</h2>
      <p>{say('mark.sum', { own: Math.round(compared.own), reference: Math.round(compared.referencePercent) })}</p>
      <DataTable
        caption={say('mark.compared')}
        columns={columns}
        rows={compared.criteria}
        rowKey={({ criterionId }) => criterionId}
      />
      {compared.referenceComment && (
        <p>
          <strong>{say('mark.says')}: </strong>
          <span className="voice">{compared.referenceComment}</span>
        </p>
      )}
    </section>
  )
}
