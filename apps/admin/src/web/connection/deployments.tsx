import { useState, type SubmitEvent } from 'react'
import { TextInput } from '@instructure/ui/v11_7'
import { saveDeployment, showConnection } from '@copractice/core/connection'
import { showInstitution } from '@copractice/core/directory'
import type { InstitutionId, PlatformId, RouteOutput } from '@copractice/core/kernel'
import { ActionButton, ProblemNotice, StatusPill, useSend, useTell, useTimes } from '@copractice/ui'
import './connection.css'
import { useRefusals, useWords } from './say.ts'

type Deployment = RouteOutput<typeof showConnection>['deployments'][number]
type Stranger = RouteOutput<typeof showConnection>['strangeDeployments'][number]
type Props = Readonly<{
  institutionId: InstitutionId
  platformId: PlatformId
  deployments: readonly Deployment[]
  strangers: readonly Stranger[]
}>

const TONE = { active: 'ok', parked: 'warn', disabled: 'plain' } as const

/** Which deployments of the tool may launch, with a field for one that the LMS has and we do not know. */
export function Deployments({ institutionId, platformId, deployments, strangers }: Props) {
  const say = useWords()
  const times = useTimes()
  const tell = useTell()
  const refusals = useRefusals()
  const [typed, setTyped] = useState('')
  const save = useSend(saveDeployment, { refreshes: [showConnection, showInstitution] })
  const set = (deploymentId: string, status: 'active' | 'disabled') =>
    save.mutate(
      { params: { institutionId, platformId }, body: { deploymentId, status } },
      {
        onSuccess: () => {
          tell({ text: say(`deployments.saved.${status}`, { id: deploymentId }) })
          setTyped('')
        },
      },
    )
  const onSubmit = (event: SubmitEvent) => {
    event.preventDefault()
    if (typed.trim()) set(typed.trim(), 'active')
  }
  return (
    <div className="stack">
      <p className="muted">{say(deployments.length ? 'deployments.lede' : 'deployments.empty')}</p>
      {deployments.length > 0 && (
        <ul className="plain deployments">
          {deployments.map(({ id, status, since }) => (
            <li key={id} className="row between">
              <div>
                <code className="breaks">{id}</code>
                <p className="small muted">
                  <StatusPill tone={TONE[status]}>{say(`deployments.${status}`)}</StatusPill>{' '}
                  {say('deployments.since', { date: times.date(since) })}
                </p>
              </div>
              <ActionButton
                size="small"
                weight={status === 'parked' ? 'primary' : 'quiet'}
                isBusy={save.isPending}
                onClick={() => set(id, status === 'active' ? 'disabled' : 'active')}
              >
                {say(status === 'active' ? 'deployments.off' : 'deployments.on')}
                <span className="vh"> {id}</span>
              </ActionButton>
            </li>
          ))}
        </ul>
      )}
      {strangers.length > 0 && (
        <div>
          <h3>{say('deployments.strange')}</h3>
          <ul className="plain deployments">
            {strangers.map(({ id, lastSeenAt }) => (
              <li key={id} className="row between">
                <div>
                  <code className="breaks">{id}</code>
                  <p className="small muted">{say('deployments.seen', { date: times.dateTime(lastSeenAt) })}</p>
                </div>
                <ActionButton size="small" isBusy={save.isPending} onClick={() => set(id, 'active')}>
                  {say('deployments.on')}
                  <span className="vh"> {id}</span>
                </ActionButton>
              </li>
            ))}
          </ul>
        </div>
      )}
      {save.error && <ProblemNotice problem={save.error.problem} sayRefusal={refusals} />}
      <form className="stack" onSubmit={onSubmit}>
        <TextInput
          renderLabel={say('deployments.add')}
          value={typed}
          messages={[{ type: 'hint', text: say('deployments.add.hint') }]}
          onChange={(_event, value) => setTyped(value)}
        />
        <ActionButton type="submit" weight="secondary" isDisabled={!typed.trim()} isBusy={save.isPending}>
          {say('deployments.add.do')}
        </ActionButton>
      </form>
    </div>
  )
}
