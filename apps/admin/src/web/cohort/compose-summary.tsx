import type { ReactNode } from 'react'
import { TextArea } from '@instructure/ui/v11_7'
import { ActionButton, Card, ProblemNotice, SeatRing } from '@copractice/ui'
import type { Composing } from './compose-draft.ts'
import { Findings } from './findings.tsx'
import { useRefusals, useWords } from './say.ts'
import type { Check } from './use-findings.ts'

type Props = Readonly<{
  composing: Composing
  check: Check
  missing: readonly ('name' | 'theme' | 'titles' | 'dates' | 'links')[]
  reason: string
  onReason: (reason: string) => void
  onWaitlist: (personIds: readonly string[]) => void
  isBusy: boolean
  onCreate: () => void
  /** What the server said to the last try. */
  children: ReactNode
}>

/** The table as it fills, what the rules say, and the one button. */
export function ComposeSummary(props: Props) {
  const say = useWords()
  const refusals = useRefusals()
  const { composing, check, missing, reason, onReason, onWaitlist, isBusy, onCreate, children } = props
  const { checked, problem } = check
  const seated = composing.people.filter(({ kind, isWaitlisted }) => kind !== 'facilitator' && !isWaitlisted)
  const findings = checked?.findings ?? []
  const isBlocked = findings.some(({ strength }) => strength === 'block')
  const warns = findings.some(({ strength }) => strength === 'warn')
  return (
    <Card title={say('summary')}>
      <div className="stack">
        <SeatRing
          seats={seated.map(({ institution, kind }) => ({ ...institution, isMarked: kind === 'chair' }))}
          capacity={checked?.capacity ?? seated.length}
          figure={seated.length}
          caption={say('ring.caption', { capacity: checked?.capacity ?? seated.length })}
          marked={say('ring.chairs')}
        />
        {problem ? (
          <ProblemNotice problem={problem} sayRefusal={refusals} />
        ) : (
          <Findings findings={findings} onWaitlist={onWaitlist} zone={composing.zone} />
        )}
        {warns && !isBlocked && (
          <TextArea
            label={say('reason')}
            value={reason}
            onChange={(event) => onReason(event.target.value)}
            messages={[{ type: 'hint', text: say('reason.hint') }]}
          />
        )}
        {missing.length > 0 && (
          <p className="hint-bad" role="alert">
            {say('missing', { what: missing.map((part) => say(`missing.${part}`)).join(', ') })}
          </p>
        )}
        {children}
        <ActionButton
          isBusy={isBusy}
          isDisabled={!checked || isBlocked || (warns && !reason.trim())}
          onClick={onCreate}
        >
          {say('create')}
        </ActionButton>
        <p className="small muted">{say('create.hint', { count: composing.people.length })}</p>
      </div>
    </Card>
  )
}
