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
  useRoute,
  useTimes,
  ZoneProvider,
} from '@copractice/ui'
import { RegisterForm } from './register-form.tsx'
import { useRefusals, useWords } from './say.ts'

type Convening = RouteOutput<typeof showPublicConvening>

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
              <Section title={say('public.title')} isCard>
                {found.registration === 'closed' ? (
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
  const where = isOnline ? (place ? say('public.both', { place }) : say('public.online')) : place
  const minutes = (endsAt.getTime() - startsAt.getTime()) / 60_000
  return (
    <>
      <p className="eyebrow">{say('public.by', { network, region })}</p>
      <PageTitle within={network}>{name}</PageTitle>
      <dl className="detail">
        <dt>{say('when')}</dt>
        <dd>
          <TimeSpan from={startsAt} minutes={minutes} setIn={timeZone} note="" />
        </dd>
        <dt>{say('where')}</dt>
        <dd>{where}</dd>
      </dl>
      {description && <p className="voice prewrap">{description}</p>}
      {convening.registration !== 'closed' && (
        <p className="small muted">
          {say('public.closes', { date: times.dateTime(closesAt) })}. {say('public.free')}
        </p>
      )}
    </>
  )
}
