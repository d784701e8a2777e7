import { linkStatusRoute, type LinkStatus } from '@copractice/core/connection'
import { Loaded, Notice, PageTitle, useRoute, useTimes, type Tone } from '@copractice/ui'
import { useRefusals, useWords } from '../gradebook/say.ts'

/** For who runs the LMS: whether this link works, what the course allows us, and what is left to do. No names, no grades. */
export function LinkStatusPage() {
  const say = useWords()
  const refusals = useRefusals()
  const status = useRoute(linkStatusRoute, {})
  return (
    <div className="parts">
      <div className="page-head">
        <div>
          <PageTitle within="Copractice">{say('link.title')}</PageTitle>
          <p className="lede">{say('link.lede')}</p>
        </div>
      </div>
      <Loaded from={status} what={say('link.loading')} lines={5} sayRefusal={refusals}>
        {(found) => <Findings status={found} />}
      </Loaded>
    </div>
  )
}

const TONE: Partial<Record<LinkStatus['connection'], Tone>> = { connected: 'ok', refusing: 'bad', waiting: 'info' }

function Findings({ status }: { status: LinkStatus }) {
  const say = useWords()
  const times = useTimes()
  const { connection, institution, profile, lastLaunchAt, lastRefusal, hasGradebook, hasRoster, opens } = status
  return (
    <div className="stack">
      <Notice tone={TONE[connection] ?? 'warn'}>
        <strong>{say(`link.state.${connection}`, { lms: say(`lms.${profile}`), institution })}</strong>
        {lastLaunchAt && <p className="small">{say('link.lastLaunch', { time: times.moment(lastLaunchAt) })}</p>}
        {lastRefusal && (
          <p className="small">
            {say('link.lastRefusal', { time: times.moment(lastRefusal.at) })} <code>{lastRefusal.code}</code>
          </p>
        )}
      </Notice>
      <Notice tone={hasGradebook ? 'ok' : 'warn'}>{say(hasGradebook ? 'link.gradebook' : 'link.noGradebook')}</Notice>
      <Notice tone={hasRoster ? 'ok' : 'warn'}>{say(hasRoster ? 'link.roster' : 'link.noRoster')}</Notice>
      <Notice tone={opens === 'nothing' ? 'info' : 'ok'}>{say(`link.opens.${opens}`)}</Notice>
      <p className="small muted">{say('link.noGrades')}</p>
    </div>
  )
}
