import { setLaunchPolicy, showConnection, type LaunchPolicy } from '@copractice/core/connection'
import type { InstitutionId, PlatformId } from '@copractice/core/kernel'
import { ProblemNotice, useSend, useTell } from '@copractice/ui'
import './connection.css'
import { useRefusals, useWords } from './say.ts'

type Props = Readonly<{ institutionId: InstitutionId; platformId: PlatformId; policy: LaunchPolicy }>

const CHOICES = {
  unknownDeployments: ['refuse', 'park'],
  anonymousLaunches: ['refuse', 'visit'],
} as const satisfies { [name in keyof LaunchPolicy]: readonly LaunchPolicy[name][] }

/** What becomes of launches that the specifications leave to each institution; a choice holds as soon as it is made. */
export function LaunchPolicyChoice({ institutionId, platformId, policy }: Props) {
  const say = useWords()
  const tell = useTell()
  const refusals = useRefusals()
  const save = useSend(setLaunchPolicy, { refreshes: [showConnection] })
  const choose = (body: Partial<LaunchPolicy>) =>
    save.mutate(
      { params: { institutionId, platformId }, body },
      { onSuccess: () => tell({ text: say('policy.saved') }) },
    )
  // What was chosen is shown at once; the page is read anew when it is kept.
  const shown = { ...policy, ...(save.isPending ? save.variables.body : {}) }
  return (
    <div className="stack">
      <fieldset className="policy">
        <legend className="label">{say('policy.unknownDeployments')}</legend>
        {CHOICES.unknownDeployments.map((choice) => (
          <label key={choice}>
            <input
              type="radio"
              name="unknown-deployments"
              checked={shown.unknownDeployments === choice}
              onChange={() => choose({ unknownDeployments: choice })}
            />
            <strong>{say(`policy.unknownDeployments.${choice}`)}</strong>
            <span className="small muted">{say(`policy.unknownDeployments.${choice}.text`)}</span>
          </label>
        ))}
      </fieldset>
      <fieldset className="policy">
        <legend className="label">{say('policy.anonymousLaunches')}</legend>
        {CHOICES.anonymousLaunches.map((choice) => (
          <label key={choice}>
            <input
              type="radio"
              name="anonymous-launches"
              checked={shown.anonymousLaunches === choice}
              onChange={() => choose({ anonymousLaunches: choice })}
            />
            <strong>{say(`policy.anonymousLaunches.${choice}`)}</strong>
            <span className="small muted">{say(`policy.anonymousLaunches.${choice}.text`)}</span>
          </label>
        ))}
      </fieldset>
      {save.error && <ProblemNotice problem={save.error.problem} sayRefusal={refusals} />}
    </div>
  )
}
