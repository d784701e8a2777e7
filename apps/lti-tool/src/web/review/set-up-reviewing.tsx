import { NumberInput } from '@instructure/ui/v11_7'
import type { Anonymity, SameCampus } from '@copractice/core/review'
import { DateTimeField } from '@copractice/ui'
import { ConflictPairs } from './conflict-pairs.tsx'
import { criteriaFields } from './criterion-fields.ts'
import { RubricEditor } from './rubric-editor.tsx'
import { RubricSourcePicker } from './rubric-source-picker.tsx'
import { Choices, MoreChoices, useProblem, type StepProps } from './set-up-part.tsx'
import { startingRubric } from './starting-rubric.ts'
import { useSetupWords } from './say-setup.ts'
import { useWords } from './say.ts'

const ANONYMITY: readonly Anonymity[] = ['double', 'single', 'none']
const SAME_CAMPUS: readonly SameCampus[] = ['avoid', 'forbid', 'allow']

/** Step 2: how many reviews, by whom, until when, against what. */
export function ReviewingStep(props: StepProps & Readonly<{ otherPairs: number }>) {
  const { fields, set, problems, isOpenRound } = props
  const say = useWords()
  const problem = useProblem(problems)
  const reviewUntil = problem('reviewUntil')
  return (
    <div className="fields">
      {!isOpenRound && (
        <NumberInput
          renderLabel={say('setUp.reviews')}
          isRequired
          value={fields.reviewsPerSubmission}
          onChange={(_event, reviewsPerSubmission) => set({ reviewsPerSubmission })}
          onIncrement={() => set({ reviewsPerSubmission: step(fields.reviewsPerSubmission, 1) })}
          onDecrement={() => set({ reviewsPerSubmission: step(fields.reviewsPerSubmission, -1) })}
          messages={
            problem('reviewsPerSubmission')
              ? [{ type: 'newError', text: problem('reviewsPerSubmission') }]
              : [{ type: 'hint', text: say('setUp.reviewsHint') }]
          }
        />
      )}
      <DateTimeField
        label={say('setUp.reviewUntil')}
        value={fields.reviewUntil}
        zone={fields.timeZone}
        onChange={(value) => set({ reviewUntil: value })}
        {...(reviewUntil && { error: reviewUntil })}
      />
      {!isOpenRound && <Rubric {...props} />}
      {!isOpenRound && (
        <Choices
          legend={say('setUp.anonymity')}
          name="anonymity"
          values={ANONYMITY}
          chosen={[fields.anonymity]}
          label={(one) => say(`setUp.anonymity.${one}`)}
          onChange={(anonymity) => set({ anonymity })}
        />
      )}
      {!isOpenRound && <WhoReviews {...props} />}
      <Revising {...props} />
    </div>
  )
}

function Rubric({ fields, set, problems }: StepProps) {
  const say = useWords()
  const setup = useSetupWords()
  return (
    <div className="stack">
      <h3>{setup('rubric')}</h3>
      <RubricSourcePicker
        criteria={fields.criteria}
        rubricVersionId={fields.rubricVersionId}
        onTake={(rubric, rubricVersionId) => set({ criteria: criteriaFields(rubric), rubricVersionId })}
      />
      <RubricEditor
        criteria={fields.criteria}
        problems={problems}
        onChange={(criteria) => set({ criteria })}
        onReset={() => set({ criteria: criteriaFields(startingRubric(say)), rubricVersionId: null })}
      />
    </div>
  )
}

function WhoReviews({ fields, set, otherPairs }: StepProps & Readonly<{ otherPairs: number }>) {
  const say = useWords()
  const setup = useSetupWords()
  const { submitFirst, sameCampus, conflicts } = fields
  const pairs = conflicts.length + otherPairs
  return (
    <MoreChoices
      title={setup('who')}
      now={[
        setup(submitFirst ? 'who.now.authors' : 'who.now.everyone'),
        say(`setUp.sameCampus.${sameCampus}`),
        ...(pairs > 0 ? [setup('who.now.pairs', { count: pairs })] : []),
      ].join('; ')}
    >
      <Choices
        legend={setup('submitFirst')}
        name="submit-first"
        values={['authors', 'everyone'] as const}
        chosen={[submitFirst ? 'authors' : 'everyone']}
        label={(one) => setup(`submitFirst.${one}`)}
        onChange={(one) => set({ submitFirst: one === 'authors' })}
      />
      <Choices
        legend={say('setUp.sameCampus')}
        name="same-campus"
        values={SAME_CAMPUS}
        chosen={[sameCampus]}
        label={(one) => say(`setUp.sameCampus.${one}`)}
        onChange={(one) => set({ sameCampus: one })}
      />
      <ConflictPairs pairs={conflicts} others={otherPairs} onChange={(next) => set({ conflicts: next })} />
    </MoreChoices>
  )
}

function Revising({ fields, set, problems, isOpenRound }: StepProps) {
  const setup = useSetupWords()
  const error = useProblem(problems)('reviseUntil')
  const { reviseUntil, selfAssessment } = fields
  const now = [
    setup(reviseUntil ? 'revise.now.yes' : 'revise.now.no'),
    ...(selfAssessment ? [setup('self.now')] : []),
  ].join('; ')
  return (
    <MoreChoices title={setup('revise')} now={now} isOpen={Boolean(error)}>
      <DateTimeField
        label={setup('reviseUntil')}
        value={reviseUntil}
        zone={fields.timeZone}
        onChange={(value) => set({ reviseUntil: value })}
        {...(error && { error })}
      />
      <p className="hint">{setup('reviseHint')}</p>
      {!isOpenRound && (
        <label className="choice">
          <input
            type="checkbox"
            checked={selfAssessment}
            onChange={(event) => set({ selfAssessment: event.target.checked })}
          />
          <span>{setup('self')}</span>
        </label>
      )}
    </MoreChoices>
  )
}

const step = (text: string, by: number) => String(Math.min(10, Math.max(1, (Number(text) || 3) + by)))
