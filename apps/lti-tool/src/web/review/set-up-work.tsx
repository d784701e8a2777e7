import { TextArea, TextInput } from '@instructure/ui/v11_7'
import type { LatePolicy, WorkKind } from '@copractice/core/review'
import { DateTimeField, useNow, useTimes } from '@copractice/ui'
import { Choices, MoreChoices, NumberField, useProblem, type StepProps } from './set-up-part.tsx'
import { useSetupWords } from './say-setup.ts'
import { useWords } from './say.ts'

const KINDS: readonly WorkKind[] = ['text', 'file', 'link', 'video', 'portfolio']
const LATE: readonly LatePolicy['kind'][] = ['closed', 'accepted', 'deducted']

/** Step 1: what is asked, as what it may come, until when, and what happens after that. */
export function WorkStep({ fields, set, problems, isOpenRound }: StepProps) {
  const say = useWords()
  const setup = useSetupWords()
  const times = useTimes()
  const now = useNow()
  const problem = useProblem(problems)
  const messages = (name: string, hint: string) => {
    const text = problem(name)
    return text ? [{ type: 'newError' as const, text }] : [{ type: 'hint' as const, text: hint }]
  }
  const error = (name: string) => {
    const text = problem(name)
    return text ? { error: text } : {}
  }
  return (
    <div className="fields">
      <TextInput
        renderLabel={say('setUp.name')}
        isRequired
        value={fields.title}
        maxLength={200}
        onChange={(_event, title) => set({ title })}
        messages={messages('title', say('setUp.nameHint'))}
      />
      <TextArea
        label={say('setUp.instructions')}
        autoGrow
        value={fields.instructions}
        maxLength={20_000}
        onChange={(event) => set({ instructions: event.target.value })}
        messages={messages('instructions', say('setUp.instructionsHint'))}
      />
      {!isOpenRound && (
        <Choices
          legend={setup('kinds')}
          name="kinds"
          kind="checkbox"
          values={KINDS}
          chosen={fields.workKinds}
          label={(kind) => setup(`kind.${kind}`)}
          hint={setup('kindsHint')}
          problem={problem('workKinds')}
          onChange={(kind, isChosen) =>
            set({ workKinds: KINDS.filter((one) => (one === kind ? isChosen : fields.workKinds.includes(one))) })
          }
        />
      )}
      {!isOpenRound && fields.workKinds.includes('file') && (
        <NumberField
          label={setup('filesAtMost')}
          value={fields.filesAtMost}
          hint={setup('filesAtMostHint')}
          problem={problem('filesAtMost')}
          onChange={(filesAtMost) => set({ filesAtMost })}
        />
      )}
      <DateTimeField
        label={say('setUp.submitUntil')}
        value={fields.submitUntil}
        zone={fields.timeZone}
        onChange={(submitUntil) => set({ submitUntil })}
        {...error('submitUntil')}
      />
      <p className="hint">
        {say('setUp.zone')}: {times.zone(fields.timeZone, now)} ({fields.timeZone.replaceAll('_', ' ')})
      </p>
      {!isOpenRound && <LateWork fields={fields} set={set} problems={problems} isOpenRound={isOpenRound} />}
      <MoreChoices
        title={setup('advance')}
        now={setup(`advance.now.${fields.advance}`)}
        isOpen={Boolean(problems.openFrom)}
      >
        <Choices
          legend={setup('advance')}
          name="advance"
          values={['by_date', 'by_hand'] as const}
          chosen={[fields.advance]}
          label={(advance) => setup(`advance.${advance}`)}
          onChange={(advance) => set({ advance })}
        />
        {!isOpenRound && fields.advance === 'by_date' && (
          <DateTimeField
            label={setup('openFrom')}
            value={fields.openFrom}
            zone={fields.timeZone}
            onChange={(openFrom) => set({ openFrom })}
            {...error('openFrom')}
          />
        )}
      </MoreChoices>
    </div>
  )
}

function LateWork({ fields, set, problems }: StepProps) {
  const setup = useSetupWords()
  const problem = useProblem(problems)
  const { late, percentPerDay, percentAtMost, graceMinutes } = fields
  const isOpen = ['graceMinutes', 'percentPerDay', 'percentAtMost'].some((name) => problems[name])
  return (
    <MoreChoices
      title={setup('late')}
      now={setup(`late.now.${late}`, { perDay: percentPerDay, most: percentAtMost })}
      isOpen={isOpen}
    >
      <Choices
        legend={setup('late')}
        name="late"
        values={LATE}
        chosen={[late]}
        label={(one) => setup(`late.${one}`)}
        hint={setup('lateHint')}
        onChange={(one) => set({ late: one })}
      />
      {late === 'deducted' && (
        <div className="two">
          <NumberField
            label={setup('percentPerDay')}
            value={percentPerDay}
            problem={problem('percentPerDay')}
            onChange={(value) => set({ percentPerDay: value })}
          />
          <NumberField
            label={setup('percentAtMost')}
            value={percentAtMost}
            problem={problem('percentAtMost')}
            onChange={(value) => set({ percentAtMost: value })}
          />
        </div>
      )}
      <NumberField
        label={setup('graceMinutes')}
        value={graceMinutes}
        hint={setup('graceHint')}
        problem={problem('graceMinutes')}
        onChange={(value) => set({ graceMinutes: value })}
      />
    </MoreChoices>
  )
}
