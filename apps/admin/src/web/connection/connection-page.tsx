import { useParams } from '@tanstack/react-router'
import { showConnection } from '@copractice/core/connection'
import type { InstitutionId, PlatformId, RouteOutput } from '@copractice/core/kernel'
import { AppLink, Card, Loaded, Notice, useRoute, useTimes } from '@copractice/ui'
import { AdminPage } from '../directory/admin-page.tsx'
import { useMe } from '../directory/signed-in.tsx'
import { CheckPanel } from './check-panel.tsx'
import { Deployments } from './deployments.tsx'
import { ElsewhereAddresses } from './elsewhere-addresses.tsx'
import { LaunchPolicyChoice } from './launch-policy.tsx'
import { useRefusals, useRefusalWords, useWords } from './say.ts'
import { SwitchConnection } from './switch-connection.tsx'
import { ToolDetails } from './tool-details.tsx'
import { Deliveries, Traffic } from './traffic.tsx'

type Connection = RouteOutput<typeof showConnection>

/** One LMS connection: what is next, the self-test, what went wrong, who may launch, and what comes through. */
export function ConnectionPage() {
  const say = useWords()
  const refusals = useRefusals()
  const { isReadOnly } = useMe()
  const params = useParams({ strict: false })
  const institutionId = params.institutionId as InstitutionId
  const platformId = params.platformId as PlatformId
  const asked = useRoute(showConnection, { params: { institutionId, platformId } })
  const title = asked.data
    ? say('page.of', { lms: say(`profile.${asked.data.profile}`), host: new URL(asked.data.issuer).host })
    : say('page.unknown')
  const at = { institutionId, platformId }
  return (
    <AdminPage title={title}>
      <Loaded from={asked} what={say('page.unknown')} lines={10} sayRefusal={refusals}>
        {(connection) => (
          <>
            <p>
              <AppLink href={`/institutions/${institutionId}`}>
                {say('page.back', { institution: connection.institution })}
              </AppLink>
            </p>
            <Next connection={connection} at={at} />
            <div className="two-thirds">
              <div>
                {!isReadOnly && <ElsewhereAddresses {...at} addresses={connection.unconfirmedAddresses} />}
                <Card title={say('check.title')}>
                  <fieldset disabled={isReadOnly}>
                    <CheckPanel {...at} lms={connection.profile} check={connection.check} />
                  </fieldset>
                </Card>
                <LastRefusal connection={connection} />
                <Card title={say('traffic.title')}>
                  <Traffic connection={connection} />
                </Card>
                <Card title={say('deliveries.title')}>
                  <Deliveries deliveries={connection.deliveries} />
                </Card>
                <Card title={say('tool.title')}>
                  <ToolDetails lms={connection.profile} />
                </Card>
              </div>
              <fieldset disabled={isReadOnly}>
                <Card title={say('deployments.title')}>
                  <Deployments {...at} deployments={connection.deployments} strangers={connection.strangeDeployments} />
                </Card>
                <Card title={say('policy.title')}>
                  <LaunchPolicyChoice {...at} policy={connection.policy} />
                </Card>
                <Registered connection={connection} />
              </fieldset>
            </div>
          </>
        )}
      </Loaded>
    </AdminPage>
  )
}

type At = Readonly<{ institutionId: InstitutionId; platformId: PlatformId }>

function Next({ connection, at }: { connection: Connection; at: At }) {
  const say = useWords()
  const { next, issuer, clientId, status } = connection
  const tone =
    next === 'nothing'
      ? 'ok'
      : next === 'look_at_refusal' || next === 'mend' || next === 'confirm_addresses'
        ? 'bad'
        : 'warn'
  return (
    <Notice tone={tone} action={<SwitchConnection {...at} issuer={issuer} clientId={clientId} status={status} />}>
      <h2 className="vh">{say('next.title')}</h2>
      <p>{say(`next.${next}`, { issuer })}</p>
    </Notice>
  )
}

function LastRefusal({ connection }: { connection: Connection }) {
  const say = useWords()
  const times = useTimes()
  const words = useRefusalWords()
  const { lastErrorCode, lastErrorAt, profile } = connection
  if (!lastErrorCode || !lastErrorAt) return null
  const told = words(lastErrorCode, profile)
  return (
    <Card title={say('lastRefusal.title')}>
      <p className="small muted">
        {times.dateTime(lastErrorAt)} <span className="rule-code">{lastErrorCode}</span>
      </p>
      {told && (
        <div className="stack">
          <p>{told.means}</p>
          <p>{told.todo}</p>
        </div>
      )}
      <p className="after-list">
        <AppLink href="/refusals">{say('refusal.find')}</AppLink>
      </p>
    </Card>
  )
}

function Registered({ connection }: { connection: Connection }) {
  const say = useWords()
  const times = useTimes()
  const { status, registeredAt, lastLaunchAt, origins, confirmedAddresses } = connection
  return (
    <Card title={say('details.title')}>
      <dl className="detail">
        <dt>{say('status')}</dt>
        <dd>{say(`status.${status}`)}</dd>
        <dt>{say('registeredAt')}</dt>
        <dd>{times.date(registeredAt)}</dd>
        <dt>{say('lastLaunch')}</dt>
        <dd>{lastLaunchAt ? times.dateTime(lastLaunchAt) : say('lastLaunch.never')}</dd>
        <dt>{say('issuer')}</dt>
        <dd>{connection.issuer}</dd>
        <dt>{say('client')}</dt>
        <dd>{connection.clientId}</dd>
        {(['authorizationEndpoint', 'tokenEndpoint', 'jwksUri'] as const).map((name) => (
          <Row key={name} name={say(name)} value={connection[name]} />
        ))}
        {confirmedAddresses.length > 0 && (
          <Row name={say('addresses.stoodFor')} value={confirmedAddresses.join(', ')} />
        )}
        {origins.length > 0 && <Row name={say('origins')} value={origins.join(', ')} />}
      </dl>
    </Card>
  )
}

function Row({ name, value }: { name: string; value: string }) {
  return (
    <>
      <dt>{name}</dt>
      <dd>{value}</dd>
    </>
  )
}
