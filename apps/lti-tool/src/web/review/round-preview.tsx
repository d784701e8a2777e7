import { Icon, useMedia, useNow, useTimes } from '@copractice/ui'
import { roundSteps } from '@copractice/core/review'
import { criteriaProblems, rubricOf } from './criterion-fields.ts'
import { PhaseStrip } from './phase-strip.tsx'
import { datesOf, type RoundFields } from './round-fields.ts'
import { RubricRead } from './rubric-read.tsx'
import { useSetupWords } from './say-setup.ts'

type Side = 'learner' | 'reviewer' | 'gradebook'

/** What one side will see of the round, as it is typed. Beside its step where there is room, folded below it where not. */
export function RoundPreview({ fields, side }: { fields: RoundFields; side: Side }) {
  const say = useSetupWords()
  const isWide = useMedia('(min-width: 56rem)')
  const Seen = { learner: ForLearner, reviewer: ForReviewer, gradebook: InGradebook }[side]
  return (
    <aside className="preview" aria-label={say(`preview.${side}`)}>
      <details className="fold-out" open={isWide || undefined}>
        <summary>
          <Icon name="eye" small />
          {say(`preview.${side}`)}
        </summary>
        <div className="preview-page">
          <Seen fields={fields} />
        </div>
      </details>
    </aside>
  )
}

const titleOf = (fields: RoundFields, none: string) => fields.title.trim() || none

function ForLearner({ fields }: { fields: RoundFields }) {
  const say = useSetupWords()
  const times = useTimes()
  const now = useNow()
  const { submitUntil, reviewUntil, reviseUntil } = datesOf(fields)
  const kinds = fields.workKinds.map((kind) => say(`preview.kind.${kind}`, { count: Number(fields.filesAtMost) || 1 }))
  return (
    <>
      <p className="preview-title">{titleOf(fields, say('preview.untitled'))}</p>
      {submitUntil && reviewUntil && (
        <PhaseStrip steps={roundSteps({ phase: 'submit', submitUntil, reviewUntil, reviseUntil }, 'other', now)} />
      )}
      <p className="voice said">{fields.instructions.trim() || say('preview.noInstructions')}</p>
      <p className="small">
        <strong>{say('preview.handIn')}</strong> {kinds.join('; ')}.
      </p>
      {submitUntil && (
        <p className="small">
          {say('preview.due', { when: times.dateTime(submitUntil) })}{' '}
          {say(`preview.late.${fields.late}`, { perDay: fields.percentPerDay, most: fields.percentAtMost })}
        </p>
      )}
      <p className="small">
        {say(fields.submitFirst ? 'preview.then' : 'preview.thenAll', {
          count: Number(fields.reviewsPerSubmission) || 0,
        })}
        {fields.selfAssessment && ` ${say('preview.self')}`}
      </p>
    </>
  )
}

function ForReviewer({ fields }: { fields: RoundFields }) {
  const say = useSetupWords()
  const times = useTimes()
  const { reviewUntil } = datesOf(fields)
  const isWhole = Object.keys(criteriaProblems(fields.criteria)).length === 0
  return (
    <>
      <p className="small">{say(`preview.author.${fields.anonymity}`)}</p>
      {reviewUntil && <p className="small">{say('preview.reviewsDue', { when: times.dateTime(reviewUntil) })}</p>}
      {isWhole ? (
        <RubricRead rubric={rubricOf(fields.criteria)} />
      ) : (
        <p className="hint">{say('preview.unfinished')}</p>
      )}
    </>
  )
}

function InGradebook({ fields }: { fields: RoundFields }) {
  const say = useSetupWords()
  const title = titleOf(fields, say('preview.untitled'))
  return (
    <dl>
      <dt>{title}</dt>
      <dd className="small muted">{say('preview.outOf', { points: fields.workMaximum })}</dd>
      <dt>{say('preview.reviewing', { title })}</dt>
      <dd className="small muted">{say('preview.outOf', { points: fields.reviewingMaximum })}</dd>
    </dl>
  )
}
