import { useId, useState } from 'react'
import { Checkbox } from '@instructure/ui/v11_7'
import type { ExemplarId } from '@copractice/core/kernel'
import {
  addExemplarRoute,
  highestPoints,
  listExemplarsRoute,
  removeExemplarRoute,
  type ExemplarListed,
  type Mark,
  type RoundDetail,
} from '@copractice/core/review'
import {
  ActionButton,
  EmptyState,
  Icon,
  Loaded,
  Notice,
  ProblemNotice,
  useRoute,
  useSend,
  useTell,
} from '@copractice/ui'
import { ExemplarFiles } from './attach-files.tsx'
import { CriterionField } from './criterion-field.tsx'
import { WorkText } from './work-text.tsx'
import { useTeamRefusals, useTeamWords } from './say-teams.ts'

/** Works that everybody marks, with the instructor's own marking of each, and how far people were from it. */
export function ExemplarsPart({ round }: { round: RoundDetail }) {
  const say = useTeamWords()
  const refusals = useTeamRefusals()
  const [isAdding, setIsAdding] = useState(false)
  const [added, setAdded] = useState<ExemplarId | null>(null)
  const exemplars = useRoute(listExemplarsRoute, { params: { roundId: round.roundId } })
  const add = round.phase !== 'closed' && (
    <ActionButton weight="secondary" onClick={() => setIsAdding(true)}>
      {say('exemplars.add')}
    </ActionButton>
  )
  return (
    <section className="blk" id="exemplars" aria-labelledby="h-exemplars">
      <h2 id="h-exemplars">{say('exemplars.title')}</h2>
      <p className="lede">{say('exemplars.lede')}</p>
      <Loaded from={exemplars} what={say('exemplars.loading')} lines={2} sayRefusal={refusals}>
        {({ exemplars: all }) => (
          <div className="stack">
            {all.length === 0 && !isAdding && <EmptyState title={say('exemplars.none')} icon="document" action={add} />}
            {all.map((exemplar) => (
              <Exemplar
                key={exemplar.exemplarId}
                exemplar={exemplar}
                round={round}
                isNew={exemplar.exemplarId === added}
              />
            ))}
            {isAdding ? (
              <Adding
                round={round}
                onDone={(exemplarId) => {
                  setIsAdding(false)
                  setAdded(exemplarId)
                }}
              />
            ) : (
              all.length > 0 && <div>{add}</div>
            )}
          </div>
        )}
      </Loaded>
    </section>
  )
}

function Exemplar(props: { exemplar: ExemplarListed; round: RoundDetail; isNew: boolean }) {
  const { exemplar, round, isNew } = props
  const say = useTeamWords()
  const refusals = useTeamRefusals()
  const tell = useTell()
  const { exemplarId, title, body, files, askedFirst, marked, meanDifference } = exemplar
  const mayChange = marked === 0 && round.phase !== 'closed'
  const remove = useSend(removeExemplarRoute, {
    refreshes: [listExemplarsRoute],
    onDone: () => tell({ text: say('exemplars.removed') }),
  })
  return (
    <details className="fold-out" open={isNew || undefined}>
      <summary>
        <Icon name="chevron" small />
        <strong>{title}</strong>
        {askedFirst && <span className="muted"> {say('exemplars.first')}</span>}
      </summary>
      <p className="muted">
        {meanDifference === null
          ? say('exemplars.unmarked')
          : say('exemplars.marked', { count: marked, difference: signed(meanDifference) })}
      </p>
      {!body && files.length === 0 && <Notice tone="warn">{say('exemplars.nothing')}</Notice>}
      {(body || (files.length > 0 && !mayChange)) && (
        <WorkText body={body} files={mayChange ? [] : files} link={null} />
      )}
      {mayChange && <ExemplarFiles exemplar={exemplar} filesAtMost={round.plan.filesAtMost} />}
      {remove.error && <ProblemNotice problem={remove.error.problem} sayRefusal={refusals} />}
      {marked === 0 && (
        <ActionButton
          weight="quiet"
          size="small"
          isBusy={remove.isPending}
          onClick={() => remove.mutate({ params: { exemplarId } })}
        >
          {say('exemplars.remove')}
        </ActionButton>
      )}
    </details>
  )
}

/** With its sign, a true minus, one decimal. */
export const signed = (points: number): string =>
  `${points > 0 ? '+' : points < 0 ? '−' : ''}${Math.abs(Math.round(points * 10) / 10)}`

function Adding({
  round: { roundId, rubric },
  onDone,
}: {
  round: RoundDetail
  onDone: (added: ExemplarId | null) => void
}) {
  const say = useTeamWords()
  const refusals = useTeamRefusals()
  const tell = useTell()
  const id = useId()
  const [title, setTitle] = useState('')
  const [body, setBody] = useState('')
  const [referenceComment, setComment] = useState('')
  const [askedFirst, setAskedFirst] = useState(true)
  const [reference, setReference] = useState<readonly Mark[]>(
    rubric.criteria.map(({ id: criterionId }) => ({ criterionId, points: null, comment: '' })),
  )
  const send = useSend(addExemplarRoute, {
    refreshes: [listExemplarsRoute],
    onDone: ({ exemplarId }) => {
      tell({ text: say('exemplars.kept') })
      onDone(exemplarId)
    },
  })
  const isWhole = reference.every(({ points }) => points !== null)
  const isReady = Boolean(title.trim() && isWhole)
  return (
    <div className="stack">
      <div className="field">
        <label htmlFor={`${id}-title`}>{say('exemplars.name')}</label>
        <input
          id={`${id}-title`}
          className="input"
          value={title}
          maxLength={200}
          onChange={(event) => setTitle(event.target.value)}
        />
      </div>
      <div className="field">
        <label htmlFor={`${id}-body`}>{say('exemplars.body')}</label>
        <textarea
          id={`${id}-body`}
          className="input"
          rows={8}
          value={body}
          aria-describedby={`${id}-hint`}
          onChange={(event) => setBody(event.target.value)}
        />
        <p className="hint" id={`${id}-hint`}>
          {say('exemplars.bodyHint')} {say('exemplars.filesLater')}
        </p>
      </div>
      <h3>{say('exemplars.reference')}</h3>
      {rubric.criteria.map((criterion, place) => (
        <CriterionField
          key={criterion.id}
          criterion={criterion}
          number={place + 1}
          most={highestPoints(criterion)}
          mark={reference[place]!}
          about={`exemplar:${roundId}:${criterion.id}`}
          onChange={(mark) => setReference(reference.with(place, mark))}
        />
      ))}
      <div className="field">
        <label htmlFor={`${id}-comment`}>{say('exemplars.comment')}</label>
        <textarea
          id={`${id}-comment`}
          className="input"
          rows={3}
          value={referenceComment}
          onChange={(event) => setComment(event.target.value)}
        />
      </div>
      <Checkbox label={say('exemplars.askedFirst')} checked={askedFirst} onChange={() => setAskedFirst(!askedFirst)} />
      {send.error && <ProblemNotice problem={send.error.problem} sayRefusal={refusals} />}
      {!isWhole && <p className="small muted">{say('exemplars.markAll')}</p>}
      <div className="row">
        <ActionButton
          isDisabled={!isReady}
          isBusy={send.isPending}
          onClick={() =>
            send.mutate({
              params: { roundId },
              body: { title, body, reference: [...reference], referenceComment, askedFirst },
            })
          }
        >
          {say('exemplars.keep')}
        </ActionButton>
        <ActionButton weight="quiet" onClick={() => onDone(null)}>
          {say('exemplars.cancel')}
        </ActionButton>
      </div>
    </div>
  )
}
