import { checkInstitutionSignIn, type SignInCheckStep } from '@copractice/core/directory'
import type { InstitutionId } from '@copractice/core/kernel'
import { ActionButton, Icon, ProblemNotice, useSend, type IconName } from '@copractice/ui'
import { useRefusals, useSayFound, useWords } from './say.ts'

const LOOKS: Record<SignInCheckStep['state'], readonly [IconName, string]> = {
  fail: ['warn', 'bad'],
  warn: ['warn', 'warn'],
  ok: ['check', 'ok'],
}
const ORDER: readonly SignInCheckStep['state'][] = ['fail', 'warn', 'ok']
const worstOf = (steps: readonly SignInCheckStep[]) =>
  ORDER.find((state) => steps.some((step) => step.state === state)) ?? 'ok'

/** Runs the self-test and says what it found, what needs somebody first. */
export function CheckPart({ institutionId }: { institutionId: InstitutionId }) {
  const say = useWords()
  const sayFound = useSayFound()
  const refusals = useRefusals()
  const run = useSend(checkInstitutionSignIn)
  const steps = [...(run.data?.steps ?? [])].sort((a, b) => ORDER.indexOf(a.state) - ORDER.indexOf(b.state))
  return (
    <section className="stack" aria-labelledby="sign-in-check">
      <h3 id="sign-in-check">{say('check.title')}</h3>
      <div className="row between">
        <p className="muted">{say('check.text')}</p>
        <ActionButton
          weight="secondary"
          icon="retry"
          isBusy={run.isPending}
          onClick={() => run.mutate({ params: { institutionId } })}
        >
          {say('check.run')}
        </ActionButton>
      </div>
      {run.error && <ProblemNotice problem={run.error.problem} sayRefusal={refusals} />}
      <p role="status">{run.data && say('check.done', { worst: say(`check.worst.${worstOf(steps)}`) })}</p>
      {steps.length > 0 && (
        <ul className="plain check-steps">
          {steps.map(({ step, state, code, about }) => (
            <li key={step}>
              <span className={`connection-line small ${LOOKS[state][1]}`}>
                <Icon name={LOOKS[state][0]} small />
                {say(`check.state.${state}`)}
              </span>
              <div>
                <h4>{say(`step.${step}`)}</h4>
                <p>{sayFound(code, about)}</p>
              </div>
            </li>
          ))}
        </ul>
      )}
    </section>
  )
}
