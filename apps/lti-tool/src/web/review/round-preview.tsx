import { useId, useState } from 'react'
import { useNow, useTimes } from '@copractice/ui'
import { roundSteps } from '@copractice/core/review'
import { criteriaProblems, rubricOf } from './criterion-fields.ts'
import { PhaseStrip } from './phase-strip.tsx'
import { datesOf, type RoundFields } from './round-fields.ts'
import { RubricRead } from './rubric-read.tsx'
import { useSetupWords } from './say-setup.ts'

const SIDES = ['learner', 'reviewer'] as const

/** What the people of the round will see of it, as it is typed. */
export function RoundPreview({ fields }: { fields: RoundFields }) {
  const say = useSetupWords()
  const id = useId()
  const [side, setSide] = useState<(typeof SIDES)[number]>('learner')
  return (
    <aside className="preview" aria-labelledby={`${id}-h`}>
      <h2 id={`${id}-h`} className="eyebrow">
        {say('preview')}
      </h2>
      <fieldset className="preview-sides">
        <legend className="vh">{say('preview.side')}</legend>
        {SIDES.map((one) => (
          <label key={one} className="choice">
            <input type="radio" name={`${id}-side`} checked={side === one} onChange={() => setSide(one)} />
            <span>{say(`preview.${one}`)}</span>
          </label>
        ))}
      </fieldset>
      <div className="preview-page">
        <p className="preview-title">{fields.title.trim() || say('preview.untitled')}</p>
        {side === 'learner' ? <ForLearner fields={fields} /> : <ForReviewer fields={fields} />}
      </div>
    </aside>
  )
}

function ForLearner({ fields }: { fields: RoundFields }) {
  const say = useSetupWords()
  const times = useTimes()
  const now = useNow()
  const { submitUntil, reviewUntil, reviseUntil } = datesOf(fields)
  const kinds = fields.workKinds.map((kind) => say(`preview.kind.${kind}`))
  return (
    <>
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
      <p className="small">{say('preview.points', { work: fields.workMaximum, reviewing: fields.reviewingMaximum })}</p>
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
