import type { ConnectionShown } from '@copractice/core/directory'
import type { InstitutionId } from '@copractice/core/kernel'
import { ButtonLink, EmptyState, Notice, useTimes } from '@copractice/ui'
import { ConnectionLine } from './connection-line.tsx'
import { useSayLaunchRefusal, useWords } from './say.ts'
import { SwitchConnection } from './switch-connection.tsx'

/** The LMSs of one institution: what they are called, when somebody last came in, and what went wrong, in words. */
export function Connections(props: { institutionId: InstitutionId; connections: readonly ConnectionShown[] }) {
  const say = useWords()
  const { institutionId, connections } = props
  if (!connections.length) {
    return (
      <EmptyState title={say('list.none')} icon="plug">
        {say('list.noneText')}
      </EmptyState>
    )
  }
  return (
    <ul className="plain stack">
      {connections.map((connection) => (
        <Connection key={connection.id} institutionId={institutionId} connection={connection} />
      ))}
    </ul>
  )
}

const stateOf = ({ status, lastLaunchAt, lastErrorAt }: ConnectionShown) => {
  if (status !== 'active') return status
  if (lastErrorAt && (!lastLaunchAt || lastErrorAt > lastLaunchAt)) return 'refusing'
  return lastLaunchAt ? 'connected' : 'waiting'
}

function Connection({ institutionId, connection }: { institutionId: InstitutionId; connection: ConnectionShown }) {
  const say = useWords()
  const times = useTimes()
  const sayRefusal = useSayLaunchRefusal()
  const { issuer, clientId, profile, deploymentIds, lastLaunchAt, lastErrorCode, lastErrorAt } = connection
  const state = stateOf(connection)
  return (
    <li className="connection">
      <div className="row between">
        <h3>
          {say(`profile.${profile}`)} <span className="muted">{new URL(issuer).host}</span>
        </h3>
        <ConnectionLine connection={{ state, invitedAt: null }} />
      </div>
      {state === 'refusing' && lastErrorCode && (
        <Notice tone="bad">
          <p>{sayRefusal(lastErrorCode)}</p>
          <p className="small muted">
            {connection.refusalsThisWeek > 0 && say('refusals', { count: connection.refusalsThisWeek })}{' '}
            <span className="rule-code">{lastErrorCode}</span>
          </p>
        </Notice>
      )}
      {state === 'parked' && <Notice tone="warn">{say('confirm.text')}</Notice>}
      <dl className="detail">
        <dt>{say('issuer')}</dt>
        <dd>{issuer}</dd>
        <dt>{say('client')}</dt>
        <dd>{clientId}</dd>
        <dt>{say('deployments')}</dt>
        <dd>{deploymentIds.join(', ') || say('deployments.none')}</dd>
        <dt>{say('lastLaunch')}</dt>
        <dd>{lastLaunchAt ? times.dateTime(lastLaunchAt) : say('lastLaunch.never')}</dd>
        <dt>{say('lastError')}</dt>
        <dd>{lastErrorAt ? times.dateTime(lastErrorAt) : say('lastError.none')}</dd>
      </dl>
      <div className="row">
        <ButtonLink
          href={`/institutions/${institutionId}/connections/${connection.id}`}
          weight="secondary"
          size="small"
        >
          {say('open')}
          <span className="vh"> {say('which', { issuer, clientId })}</span>
        </ButtonLink>
        <SwitchConnection
          institutionId={institutionId}
          platformId={connection.id}
          issuer={issuer}
          clientId={clientId}
          status={connection.status}
        />
      </div>
    </li>
  )
}
