import type { showAdminHome } from '@copractice/core/directory'
import type { RouteOutput } from '@copractice/core/kernel'
import { AppLink, StatusPill, useTimes } from '@copractice/ui'
import { useWords } from './say.ts'
import { useMe } from './signed-in.tsx'

type Home = RouteOutput<typeof showAdminHome>

/** The region in four figures, and its convenings nearest to today. */
export function RegionGlance({ glance, convenings }: Pick<Home, 'glance' | 'convenings'>) {
  const say = useWords()
  const { reach } = useMe()
  const facts = [
    ['participants', glance.participants],
    ['partnerParticipants', glance.partnerParticipants],
    ['campuses', glance.campuses],
    ['cohorts', glance.cohorts],
  ] as const
  return (
    <>
      <dl className="facts">
        {facts.map(([key, count]) => (
          <div key={key}>
            <dt>{say(`glance.${key}`, { count })}</dt>
            <dd className="num">{count}</dd>
          </div>
        ))}
      </dl>
      {reach !== 'institution' && <Convenings convenings={convenings} />}
    </>
  )
}

function Convenings({ convenings }: Pick<Home, 'convenings'>) {
  const say = useWords()
  const times = useTimes()
  if (!convenings.length) {
    return (
      <p className="small muted">
        {say('glance.noConvening')} <AppLink href="/convenings/new">{say('glance.newConvening')}</AppLink>
      </p>
    )
  }
  return (
    <>
      <h3>{say('glance.convenings')}</h3>
      <ul className="conv plain">
        {convenings.map(({ id, name, startsAt, timeZone, state, registered }) => (
          <li key={id}>
            <span>
              <AppLink href={`/convenings/${id}`}>{name}</AppLink>
              <br />
              <span className="small muted">{times.date(startsAt, timeZone)}</span>
            </span>
            {state === 'held' && <StatusPill tone="ok">{say('convening.held')}</StatusPill>}
            {(state === 'draft' || state === 'announced') && (
              <StatusPill tone="warn">{say(`convening.${state}`)}</StatusPill>
            )}
            {(state === 'open' || state === 'closed') && (
              <StatusPill tone="plain">{say('convening.signedUp', { count: registered })}</StatusPill>
            )}
          </li>
        ))}
      </ul>
    </>
  )
}
