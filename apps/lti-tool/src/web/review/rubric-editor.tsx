import { useId, useRef } from 'react'
import { Checkbox, TextInput } from '@instructure/ui/v11_7'
import { ActionButton, Icon, TextButton, useTell } from '@copractice/ui'
import { LevelsEditor } from './levels-editor.tsx'
import { mostPoints, type CriterionFields } from './criterion-fields.ts'
import type { FieldProblems } from './round-fields.ts'
import { useWords } from './say.ts'
import { useSetupWords } from './say-setup.ts'

type Props = Readonly<{
  criteria: readonly CriterionFields[]
  problems: FieldProblems
  onChange: (criteria: CriterionFields[]) => void
  /** Left out: there is no starting rubric to go back to. */
  onReset?: () => void
}>

/** An id no criterion of the rubric has yet; marks refer to it, so it never changes. */
function freeId(criteria: readonly CriterionFields[]): string {
  const taken = new Set(criteria.map(({ id }) => id))
  let number = criteria.length + 1
  while (taken.has(`c${number}`)) number += 1
  return `c${number}`
}

const blank = (criteria: readonly CriterionFields[]): CriterionFields => ({
  id: freeId(criteria),
  title: '',
  description: '',
  commentRequired: false,
  weight: '',
  minimumWords: '',
  prompts: '',
  levels: (criteria.at(-1)?.levels ?? []).map(({ points, label }) => ({ points, label, descriptor: '' })),
})

const moved = (criteria: readonly CriterionFields[], from: number, to: number) => {
  const next = [...criteria]
  next.splice(to, 0, ...next.splice(from, 1))
  return next
}

/** The criteria of a rubric, each with its levels. Order by buttons; removing can be undone. */
export function RubricEditor({ criteria, problems, onChange, onReset }: Props) {
  const say = useWords()
  const tell = useTell()
  const end = useRef<HTMLDivElement>(null)
  const change = (place: number, criterion: CriterionFields) => onChange(criteria.with(place, criterion))
  const remove = (place: number) => {
    onChange(criteria.toSpliced(place, 1))
    tell({ text: say('rubric.removed', { number: place + 1 }), undo: () => onChange([...criteria]) })
  }
  return (
    <div className="stack">
      {onReset && (
        <p className="row between">
          <span className="small muted">{say('rubric.offered')}</span>
          <TextButton onClick={onReset}>{say('rubric.reset')}</TextButton>
        </p>
      )}
      {criteria.map((criterion, place) => (
        <fieldset key={criterion.id} className="crit-edit">
          <legend className="h">{say('rubric.criterion', { number: place + 1 })}</legend>
          <div className="row between crit-tools">
            <span className="row">
              {place > 0 && (
                <TextButton onClick={() => onChange(moved(criteria, place, place - 1))}>
                  {say('rubric.moveUp', { number: place + 1 })}
                </TextButton>
              )}
              {place < criteria.length - 1 && (
                <TextButton onClick={() => onChange(moved(criteria, place, place + 1))}>
                  {say('rubric.moveDown', { number: place + 1 })}
                </TextButton>
              )}
            </span>
            {criteria.length > 1 && (
              <TextButton onClick={() => remove(place)}>
                {say('rubric.removeCriterion', { number: place + 1 })}
              </TextButton>
            )}
          </div>
          <Criterion
            criterion={criterion}
            problem={problems[`criterion:${criterion.id}`]}
            onChange={(next) => change(place, next)}
          />
        </fieldset>
      ))}
      <div ref={end} className="row between">
        <ActionButton
          weight="secondary"
          icon="plus"
          isDisabled={criteria.length >= 20}
          onClick={() => onChange([...criteria, blank(criteria)])}
        >
          {say('rubric.addCriterion')}
        </ActionButton>
        <span className="small muted">{say('rubric.total', { points: mostPoints(criteria) })}</span>
      </div>
    </div>
  )
}

function Criterion(props: {
  criterion: CriterionFields
  problem: FieldProblems[string] | undefined
  onChange: (criterion: CriterionFields) => void
}) {
  const { criterion, problem, onChange } = props
  const say = useWords()
  const setup = useSetupWords()
  const isTitleMissing = problem === 'setUp.needed'
  return (
    <div className="stack">
      <TextInput
        renderLabel={say('rubric.criterionTitle')}
        isRequired
        value={criterion.title}
        onChange={(_event, title) => onChange({ ...criterion, title })}
        messages={isTitleMissing ? [{ type: 'newError', text: say('setUp.needed') }] : []}
      />
      <TextInput
        renderLabel={say('rubric.criterionText')}
        value={criterion.description}
        onChange={(_event, description) => onChange({ ...criterion, description })}
      />
      <LevelsEditor levels={criterion.levels} onChange={(levels) => onChange({ ...criterion, levels })} />
      {problem && !isTitleMissing && (
        <p className="hint hint-bad" role="alert">
          {setup(problem)}
        </p>
      )}
      <Checkbox
        label={say('rubric.commentRequired')}
        checked={criterion.commentRequired}
        onChange={() => onChange({ ...criterion, commentRequired: !criterion.commentRequired })}
      />
      <More criterion={criterion} onChange={onChange} />
    </div>
  )
}

/** What most criteria do without: their weight, how long a comment is, and questions to think about. */
function More(props: { criterion: CriterionFields; onChange: (criterion: CriterionFields) => void }) {
  const { criterion, onChange } = props
  const { weight, minimumWords, prompts } = criterion
  const say = useSetupWords()
  const id = useId()
  const isUsed = Boolean(weight || minimumWords || prompts)
  return (
    <details className="fold-out" open={isUsed || undefined}>
      <summary>
        <Icon name="chevron" small />
        {say('rubric.more')}
      </summary>
      <div className="fields more-fields">
        <div className="two">
          <div className="field">
            <label htmlFor={`${id}-w`}>{say('rubric.weight')}</label>
            <input
              id={`${id}-w`}
              className="input num"
              inputMode="decimal"
              placeholder="1"
              value={weight}
              aria-describedby={`${id}-wh`}
              onChange={(event) => onChange({ ...criterion, weight: event.target.value })}
            />
            <p className="hint" id={`${id}-wh`}>
              {say('rubric.weightHint')}
            </p>
          </div>
          <div className="field">
            <label htmlFor={`${id}-m`}>{say('rubric.minimumWords')}</label>
            <input
              id={`${id}-m`}
              className="input num"
              inputMode="numeric"
              value={minimumWords}
              aria-describedby={`${id}-mh`}
              onChange={(event) => onChange({ ...criterion, minimumWords: event.target.value })}
            />
            <p className="hint" id={`${id}-mh`}>
              {say('rubric.minimumHint')}
            </p>
          </div>
        </div>
        <div className="field">
          <label htmlFor={`${id}-p`}>{say('rubric.prompts')}</label>
          <textarea
            id={`${id}-p`}
            className="input"
            rows={2}
            value={prompts}
            aria-describedby={`${id}-ph`}
            onChange={(event) => onChange({ ...criterion, prompts: event.target.value })}
          />
          <p className="hint" id={`${id}-ph`}>
            {say('rubric.promptsHint')}
          </p>
        </div>
      </div>
    </details>
  )
}
