import type { PublicSession, showPublicConvening } from '@copractice/core/convening'
import type { RouteOutput } from '@copractice/core/kernel'
import { Section, StatusPill, useTimes } from '@copractice/ui'
import { useWords } from './say.ts'

type Convening = RouteOutput<typeof showPublicConvening>

/** Sessions and side events by day, in the convening's own zone, which is named once. */
export function Programme({ convening }: { convening: Convening }) {
  const say = useWords()
  const times = useTimes()
  const { sessions, timeZone } = convening
  const days = Map.groupBy(sessions, ({ startsAt }) => times.date(startsAt, timeZone))
  return (
    <Section title={say('public.programme')}>
      <p className="small muted">{times.zone(timeZone, sessions[0]!.startsAt)}</p>
      {[...days].map(([day, ofDay]) => (
        <section key={day} aria-label={day}>
          <h3>{day}</h3>
          <ul className="plain programme">
            {ofDay.map((session) => (
              <OneSession key={session.id} session={session} timeZone={timeZone} />
            ))}
          </ul>
        </section>
      ))}
    </Section>
  )
}

function OneSession({ session, timeZone }: { session: PublicSession; timeZone: string }) {
  const say = useWords()
  const times = useTimes()
  const { title, track, kind, startsAt, endsAt, place, isOnline, speakers, description } = session
  const where = [place, isOnline && say('public.sessionOnline')].filter(Boolean).join(', ')
  const names = speakers
    .split('\n')
    .map((name) => name.trim())
    .filter(Boolean)
    .join(', ')
  return (
    <li>
      <p className="small muted">
        <time dateTime={startsAt.toISOString()}>{times.range(startsAt, endsAt, timeZone)}</time>
        {` · ${[track, where].filter(Boolean).join(' · ')}`}
      </p>
      <p>
        <strong>{title}</strong>{' '}
        {kind === 'side_event' && <StatusPill tone="plain">{say('public.sideEvent')}</StatusPill>}
      </p>
      {names && <p className="small">{say('public.speakers', { names })}</p>}
      {description && <p className="small prewrap">{description}</p>}
    </li>
  )
}
