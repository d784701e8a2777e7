import {
  checkConnection,
  showConnection,
  worstOf,
  type CheckStep,
  type ConnectionCheck,
} from '@copractice/core/connection'
import { listInstitutions, showInstitution } from '@copractice/core/directory'
import type { InstitutionId, PlatformId } from '@copractice/core/kernel'
import { ActionButton, Icon, ProblemNotice, useSend, useTell, useTimes, type IconName } from '@copractice/ui'
import type { LmsName } from './check-words.ts'
import './connection.css'
import { useRefusals, useStepWords, useWords } from './say.ts'

type Props = Readonly<{
  institutionId: InstitutionId
  platformId: PlatformId
  lms: LmsName
  check: ConnectionCheck | null
}>

/** Runs the self-test and shows the last one: what needs somebody first, what is well in one line that opens. */
export function CheckPanel({ institutionId, platformId, lms, check }: Props) {
  const say = useWords()
  const times = useTimes()
  const tell = useTell()
  const refusals = useRefusals()
  const run = useSend(checkConnection, {
    refreshes: [showConnection, showInstitution, listInstitutions],
    onDone: ({ steps }) => tell({ text: say('check.done', { worst: say(`check.worst.${worstOf(steps)}`) }) }),
  })
  const steps = check?.steps ?? []
  const toSee = steps.filter(({ state }) => state !== 'ok')
  const well = steps.filter(({ state }) => state === 'ok')
  return (
    <div className="stack">
      <p className="muted">{say('check.lede')}</p>
      <div className="row between">
        <p role="status">
          {run.isPending || isUnderWay(check)
            ? say('check.running')
            : check?.finishedAt
              ? say('check.at', { at: times.moment(check.finishedAt), worst: say(`check.worst.${worstOf(steps)}`) })
              : say('check.never')}
        </p>
        <ActionButton
          weight={check?.finishedAt ? 'secondary' : 'primary'}
          icon="retry"
          isBusy={run.isPending}
          onClick={() => run.mutate({ params: { institutionId, platformId } })}
        >
          {say(check?.finishedAt ? 'check.again' : 'check.run')}
        </ActionButton>
      </div>
      {run.error && <ProblemNotice problem={run.error.problem} sayRefusal={refusals} />}
      {steps.length > 0 && <Steps steps={toSee} lms={lms} />}
      {well.length > 0 && (
        <details open={run.isSuccess && toSee.length === 0}>
          <summary>{say('check.well', { count: well.length })}</summary>
          <Steps steps={well} lms={lms} />
        </details>
      )}
    </div>
  )
}

/** Begun by somebody else a moment ago; one that was cut off is not waited for. */
const isUnderWay = (check: ConnectionCheck | null) =>
  check !== null && check.finishedAt === null && Date.now() - check.startedAt.getTime() < 60_000

const LOOKS: Record<CheckStep['state'], readonly [IconName, string]> = {
  fail: ['warn', 'bad'],
  warn: ['warn', 'warn'],
  skipped: ['clock', ''],
  ok: ['check', 'ok'],
}
const ORDER: readonly CheckStep['state'][] = ['fail', 'warn', 'skipped', 'ok']

function Steps({ steps, lms }: { steps: readonly CheckStep[]; lms: LmsName }) {
  const say = useWords()
  const words = useStepWords()
  const sorted = [...steps].sort((a, b) => ORDER.indexOf(a.state) - ORDER.indexOf(b.state))
  // Several steps that found the same are one thing to do.
  const alike = [...Map.groupBy(sorted, ({ step, state, code }) => `${state} ${code ?? step}`).values()]
  return (
    <ul className="plain check-steps">
      {alike.map((group) => {
        const step = group[0]!
        const [icon, tone] = LOOKS[step.state]
        const { found, todo } = words(step, lms)
        const title = group.map((one) => words(one, lms).title).join(', ')
        return (
          <li key={step.step}>
            <span className={`connection-line small ${tone}`}>
              <Icon name={icon} small />
              {say(`check.state.${step.state}`)}
            </span>
            <div>
              <h3>{title}</h3>
              <p>{found}</p>
              {todo && (
                <p className="small">
                  {todo} <span className="rule-code">{step.code}</span>
                </p>
              )}
            </div>
          </li>
        )
      })}
    </ul>
  )
}
