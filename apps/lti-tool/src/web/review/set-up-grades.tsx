import { NumberInput } from '@instructure/ui/v11_7'
import { MoreChoices, NumberField, useProblem, type StepProps } from './set-up-part.tsx'
import { useSetupWords } from './say-setup.ts'
import { useWords } from './say.ts'

const SHARES = ['agreement', 'completeness', 'helpfulness'] as const

/** Step 3: the two gradebook columns, and what a reviewer's grade is made of. */
export function GradesStep({ fields, set, problems }: StepProps) {
  const say = useWords()
  const setup = useSetupWords()
  const problem = useProblem(problems)
  const messages = (name: string, hint?: string) => {
    const text = problem(name)
    if (text) return [{ type: 'newError' as const, text }]
    return hint ? [{ type: 'hint' as const, text: hint }] : []
  }
  const { agreement, completeness, helpfulness } = fields
  return (
    <div className="fields">
      <div className="two">
        <NumberInput
          renderLabel={say('setUp.workMaximum')}
          isRequired
          showArrows={false}
          value={fields.workMaximum}
          onChange={(_event, workMaximum) => set({ workMaximum })}
          messages={messages('workMaximum', setup('workMaximumHint'))}
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
      <MoreChoices
        title={setup('shares')}
        now={setup('shares.now', { agreement, completeness, helpfulness })}
        isOpen={Boolean(problems.shares)}
      >
        <div className="three">
          {SHARES.map((share) => (
            <NumberField
              key={share}
              label={setup(`share.${share}`)}
              value={fields[share]}
              hint={setup(`share.${share}.hint`)}
              onChange={(value) => set({ [share]: value })}
            />
          ))}
        </div>
        <p className={problems.shares ? 'hint hint-bad' : 'hint'} role={problems.shares ? 'alert' : undefined}>
          {problem('shares') ?? setup('sharesHint')}
        </p>
      </MoreChoices>
    </div>
  )
}
