import { useParams } from '@tanstack/react-router'
import { showPublicConvening } from '@copractice/core/convening'
import type { RouteOutput } from '@copractice/core/kernel'
import {
  BrandMark,
  Loaded,
  PageTitle,
  Section,
  SkipLink,
  TimeSpan,
  TimeText,
  useRoute,
  useTimes,
  ZoneProvider,
} from '@copractice/ui'
import { NotifyForm } from './notify-form.tsx'
import { Programme } from './programme.tsx'
import { RegisterForm } from './register-form.tsx'
import { useRefusals, useWords } from './say.ts'

type Convening = RouteOutput<typeof showPublicConvening>
const DAY_MS = 86_400_000

/** A convening for anybody: what it is, when and where, and the form to sign up. No account. */
export function PublicConveningPage() {
  const say = useWords()
  const refusals = useRefusals()
  const slug = useParams({ strict: false }).slug ?? ''
  const convening = useRoute(showPublicConvening, { params: { slug } })
  return (
    <ZoneProvider zone={null}>
      <SkipLink />
      <main className="wrap public stack" id="main" tabIndex={-1}>
        <BrandMark />
        {!convening.data && <PageTitle within="Copractice">{say('title')}</PageTitle>}
        <Loaded from={convening} what={say('public.loading')} lines={8} sayRefusal={refusals}>
          {(found) => (
            <>
              <Facts convening={found} />
              {found.sessions.length > 0 && <Programme convening={found} />}
              <p className="row">
                <a className="btn btn-quiet" href={`/api/public/convenings/${slug}/flyer.pdf`}>
                  {say('public.flyer')}
                </a>
                {found.startsAt && (
                  <a className="btn btn-quiet" href={`/api/public/convenings/${slug}/calendar.ics`}>
                    {say('public.calendar')}
                  </a>
                )}
              </p>
              <Section title={say(found.registration === 'announced' ? 'notify.title' : 'public.title')} isCard>
                {found.registration === 'announced' ? (
                  <NotifyForm slug={slug} hasDates={found.startsAt !== null} />
                ) : found.registration === 'closed' ? (
                  <>
                    <p>
                      <strong>{say('public.closed')}</strong>
                    </p>
                    <p className="muted">{say('public.closedText', { network: found.network })}</p>
                  </>
                ) : (
                  <RegisterForm slug={slug} convening={found} />
                )}
              </Section>
            </>
          )}
        </Loaded>
      </main>
    </ZoneProvider>
  )
}

function Facts({ convening }: { convening: Convening }) {
  const say = useWords()
  const times = useTimes()
  const { name, network, region, description, startsAt, endsAt, timeZone, place, isOnline, closesAt } = convening
  const { hosts, lead, contactEmail } = convening
  const where = isOnline ? (place ? say('public.both', { place }) : say('public.online')) : place
  return (
    <>
      <p className="eyebrow">{say('public.by', { network, region })}</p>
      <PageTitle within={network}>{name}</PageTitle>
      <dl className="detail">
        <dt>{say('when')}</dt>
        <dd>
          {!startsAt || !endsAt ? (
            say('public.noDates')
          ) : endsAt.getTime() - startsAt.getTime() < DAY_MS ? (
            <TimeSpan
              from={startsAt}
              minutes={(endsAt.getTime() - startsAt.getTime()) / 60_000}
              setIn={timeZone}
              note=""
            />
          ) : (
            <>
              <TimeText at={startsAt} setIn={timeZone} /> {say('public.until')}{' '}
              <TimeText at={endsAt} setIn={timeZone} />
            </>
          )}
        </dd>
        <dt>{say('where')}</dt>
        <dd>{where}</dd>
        {hosts.length > 0 && (
          <>
            <dt>{say('public.hosts')}</dt>
            <dd>{hosts.join(', ')}</dd>
          </>
        )}
        {(lead || contactEmail) && (
          <>
            <dt>{say('public.contact')}</dt>
            <dd>
              {lead}
              {lead && contactEmail && <br />}
              {contactEmail && <a href={`mailto:${contactEmail}`}>{contactEmail}</a>}
            </dd>
          </>
        )}
      </dl>
      {description && <p className="voice prewrap">{description}</p>}
      {closesAt && (convening.registration === 'open' || convening.registration === 'waitlist') && (
        <p className="small muted">
          {say('public.closes', { date: times.dateTime(closesAt) })}. {say('public.free')}
        </p>
      )}
    </>
  )
}
