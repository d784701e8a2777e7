import { useState, type SubmitEvent } from 'react'
import { NumberInput, RadioInput, RadioInputGroup, TextArea, TextInput } from '@instructure/ui/v11_7'
import type { Anonymity, RoundSetup, SameCampus } from '@copractice/core/review'
import { ActionButton, DateTimeField, ProblemNotice, Section, useNow, useTimes, type CallProblem } from '@copractice/ui'
import { ConflictPairs } from './conflict-pairs.tsx'
import { RubricEditor } from './rubric-editor.tsx'
import { criteriaFields, setupOf, type FieldProblems, type RoundFields } from './round-fields.ts'
import { startingRubric } from './starting-rubric.ts'
import { useRefusals, useWords } from './say.ts'

const ANONYMITY: readonly Anonymity[] = ['double', 'single', 'none']
const SAME_CAMPUS: readonly SameCampus[] = ['avoid', 'forbid', 'allow']

type Props = Readonly<{
  start: RoundFields
  otherPairs: number
  isOpenRound: boolean
  isBusy: boolean
  problem: CallProblem | undefined
  onSave: (setup: RoundSetup) => void
}>

/** The three steps of a round on one page, so that they can be compared; what needs another look is named at its place. */
export function SetUpForm({ start, otherPairs, isOpenRound, isBusy, problem, onSave }: Props) {
  const say = useWords()
  const refusals = useRefusals()
  const [fields, setFields] = useState(start)
  const [isAsked, setIsAsked] = useState(false)
  const checked = setupOf(fields)
  const problems = isAsked && 'problems' in checked ? checked.problems : {}
  const set = (part: Partial<RoundFields>) => setFields((before) => ({ ...before, ...part }))
  const onSubmit = (event: SubmitEvent) => {
    event.preventDefault()
    setIsAsked(true)
    if ('setup' in checked) onSave(checked.setup)
  }
  const count = Object.keys(problems).length
  return (
    <form className="parts" onSubmit={onSubmit} noValidate>
      <WhatIsAsked fields={fields} set={set} problems={problems} />
      {!isOpenRound && (
        <>
          <Section title={say('setUp.how')}>
            <RubricEditor
              criteria={fields.criteria}
              problems={problems}
              onChange={(criteria) => set({ criteria })}
              onReset={() => set({ criteria: criteriaFields(startingRubric(say)) })}
            />
          </Section>
          <Dealing fields={fields} set={set} problems={problems} otherPairs={otherPairs} />
        </>
      )}
      <div className="stack save-row">
        {problem && <ProblemNotice problem={problem} sayRefusal={refusals} />}
        {count > 0 && (
          <p className="hint hint-bad" role="alert">
            {say('setUp.look', { count })}
          </p>
        )}
        <ActionButton type="submit" isBusy={isBusy}>
          {say('setUp.save')}
        </ActionButton>
      </div>
    </form>
  )
}

type Part = Readonly<{
  fields: RoundFields
  set: (part: Partial<RoundFields>) => void
  problems: FieldProblems
}>

const useMessages = (problems: Part['problems']) => {
  const say = useWords()
  return (name: string, hint?: string) => {
    const problem = problems[name]
    if (problem) return [{ type: 'newError' as const, text: say(problem) }]
    return hint ? [{ type: 'hint' as const, text: hint }] : []
  }
}

function WhatIsAsked({ fields, set, problems }: Part) {
  const say = useWords()
  const times = useTimes()
  const now = useNow()
  const messages = useMessages(problems)
  const error = (name: string) => (problems[name] ? { error: say(problems[name]) } : {})
  return (
    <Section title={say('setUp.what')}>
      <div className="fields">
        <TextInput
          renderLabel={say('setUp.name')}
          isRequired
          value={fields.title}
          onChange={(_event, title) => set({ title })}
          messages={messages('title', say('setUp.nameHint'))}
        />
        <TextArea
          label={say('setUp.instructions')}
          autoGrow
          value={fields.instructions}
          onChange={(event) => set({ instructions: event.target.value })}
          messages={messages('instructions', say('setUp.instructionsHint'))}
        />
        <div className="two">
          <DateTimeField
            label={say('setUp.submitUntil')}
            value={fields.submitUntil}
            zone={fields.timeZone}
            onChange={(submitUntil) => set({ submitUntil })}
            {...error('submitUntil')}
          />
          <DateTimeField
            label={say('setUp.reviewUntil')}
            value={fields.reviewUntil}
            zone={fields.timeZone}
            onChange={(reviewUntil) => set({ reviewUntil })}
            {...error('reviewUntil')}
          />
        </div>
        <p className="hint">
          {say('setUp.zone')}: {times.zone(fields.timeZone, now)} ({fields.timeZone.replaceAll('_', ' ')})
        </p>
      </div>
    </Section>
  )
}

function Dealing({ fields, set, problems, otherPairs }: Part & { otherPairs: number }) {
  const say = useWords()
  const messages = useMessages(problems)
  return (
    <Section title={say('setUp.deal')}>
      <div className="fields">
        <NumberInput
          renderLabel={say('setUp.reviews')}
          isRequired
          value={fields.reviewsPerSubmission}
          onChange={(_event, reviewsPerSubmission) => set({ reviewsPerSubmission })}
          onIncrement={() => set({ reviewsPerSubmission: step(fields.reviewsPerSubmission, 1) })}
          onDecrement={() => set({ reviewsPerSubmission: step(fields.reviewsPerSubmission, -1) })}
          messages={messages('reviewsPerSubmission', say('setUp.reviewsHint'))}
        />
        <RadioInputGroup
          name="anonymity"
          description={say('setUp.anonymity')}
          value={fields.anonymity}
          onChange={(_event, value) => set({ anonymity: value as Anonymity })}
        >
          {ANONYMITY.map((one) => (
            <RadioInput key={one} value={one} label={say(`setUp.anonymity.${one}`)} />
          ))}
        </RadioInputGroup>
        <RadioInputGroup
          name="same-campus"
          description={say('setUp.sameCampus')}
          value={fields.sameCampus}
          onChange={(_event, value) => set({ sameCampus: value as SameCampus })}
        >
          {SAME_CAMPUS.map((one) => (
            <RadioInput key={one} value={one} label={say(`setUp.sameCampus.${one}`)} />
          ))}
        </RadioInputGroup>
        <div className="two">
          <NumberInput
            renderLabel={say('setUp.workMaximum')}
            isRequired
            showArrows={false}
            value={fields.workMaximum}
            onChange={(_event, workMaximum) => set({ workMaximum })}
            messages={messages('workMaximum')}
          />
          <NumberInput
            renderLabel={say('setUp.reviewingMaximum')}
            isRequired
            showArrows={false}
            value={fields.reviewingMaximum}
            onChange={(_event, reviewingMaximum) => set({ reviewingMaximum })}
            messages={messages('reviewingMaximum', say('setUp.reviewingHint'))}
          />
        </div>
        <ConflictPairs pairs={fields.conflicts} others={otherPairs} onChange={(conflicts) => set({ conflicts })} />
      </div>
    </Section>
  )
}

const step = (text: string, by: number) => String(Math.min(10, Math.max(1, (Number(text) || 3) + by)))
