import { useParams } from '@tanstack/react-router'
import { listConvenings, setRegistration, showConvening } from '@copractice/core/convening'
import { showAdminHome } from '@copractice/core/directory'
import type { ConveningId, RouteOutput } from '@copractice/core/kernel'
import {
  ActionButton,
  ButtonLink,
  Card,
  Loaded,
  ProblemNotice,
  useNow,
  useRoute,
  useSend,
  useTell,
  useTimes,
} from '@copractice/ui'
import { AdminPage } from '../directory/admin-page.tsx'
import { DayPart, FeedbackPart, NeedsPart } from './day-part.tsx'
import { HostingPart } from './hosting-part.tsx'
import { ImportPart } from './import-part.tsx'
import { Registrations } from './registrations.tsx'
import { useRefusals, useWords } from './say.ts'
import { SessionsPart } from './sessions-part.tsx'
import { StatusWord } from './status-word.tsx'
import { WaitingForPlaces } from './waiting-for-places.tsx'

type Convening = RouteOutput<typeof showConvening>

/** One convening: its registration page, who signed up, and its facts. */
export function ConveningPage() {
  const say = useWords()
  const refusals = useRefusals()
  const conveningId = useParams({ strict: false }).conveningId as ConveningId
  const convening = useRoute(showConvening, { params: { conveningId } })
  const now = useNow()
  return (
    <AdminPage title={convening.data?.name ?? say('title')}>
      <Loaded from={convening} what={say('title')} lines={8} sayRefusal={refusals}>
        {(found) => (
          <div className="two-thirds">
            <div>
              {found.mayEdit && found.counts.waitlisted > 0 && <WaitingForPlaces convening={found} />}
              {found.mayEdit && <Registrations convening={found} />}
              {found.mayEdit && <ImportPart convening={found} />}
              <SessionsPart convening={found} />
              {found.mayReadNeeds && <NeedsPart convening={found} />}
              {found.endsAt && found.endsAt <= now && <FeedbackPart convening={found} />}
            </div>
            <div>
              <Sharing convening={found} />
              <Facts convening={found} />
              <HostingPart convening={found} />
              <DayPart convening={found} />
            </div>
          </div>
        )}
      </Loaded>
    </AdminPage>
  )
}

const TOLD = { open: 'opened', closed: 'closed', announced: 'announced' } as const
const ACT = { open: 'open', closed: 'close', announced: 'announce' } as const

function Sharing({ convening }: { convening: Convening }) {
  const say = useWords()
  const tell = useTell()
  const refusals = useRefusals()
  const { id, slug, status } = convening
  const address = `${window.location.origin}/c/${slug}`
  const hasDates = convening.startsAt !== null
  const next = status === 'open' ? 'closed' : hasDates ? 'open' : 'announced'
  const set = useSend(setRegistration, {
    refreshes: [showConvening, listConvenings, showAdminHome],
    onDone: () => tell({ text: say(TOLD[next]) }),
  })
  const copy = () =>
    navigator.clipboard.writeText(address).then(
      () => tell({ text: say('share.copied') }),
      () => tell({ text: say('share.notCopied'), tone: 'bad' }),
    )
  return (
    <Card title={say('share')} aside={<StatusWord status={status} />}>
      <div className="stack">
        {status === 'draft' ? (
          <p className="muted">{say('share.draft')}</p>
        ) : (
          <>
            <p className="small muted">{say('share.text')}</p>
            <p className="code-line">
              <code>
                <a href={address}>{address}</a>
              </code>
            </p>
          </>
        )}
        {set.error && <ProblemNotice problem={set.error.problem} sayRefusal={refusals} />}
        <div className="row">
          {status !== 'draft' && (
            <ActionButton weight="secondary" size="small" icon="document" onClick={() => void copy()}>
              {say('share.copy')}
            </ActionButton>
          )}
          {status === 'announced' && !hasDates && <span className="small muted">{say('share.announced')}</span>}
          {convening.mayEdit && (
            <ActionButton
              weight={status === 'draft' || next === 'open' ? 'primary' : 'quiet'}
              size="small"
              isBusy={set.isPending}
              isDisabled={status === next}
              onClick={() => set.mutate({ params: { conveningId: id }, body: { status: next } })}
            >
              {say(ACT[next])}
            </ActionButton>
          )}
        </div>
      </div>
    </Card>
  )
}

function Facts({ convening }: { convening: Convening }) {
  const say = useWords()
  const times = useTimes()
  const { id, startsAt, endsAt, timeZone, place, joinUrl, capacity, registrationClosesAt, region, description } =
    convening
  return (
    <Card title={say('facts')}>
      <dl className="detail">
        <dt>{say('when')}</dt>
        <dd>
          {startsAt && endsAt ? (
            <>
              {times.date(startsAt, timeZone)}
              <br />
              {times.range(startsAt, endsAt, timeZone)} {times.zone(timeZone, startsAt)}
            </>
          ) : (
            say('noDates')
          )}
        </dd>
        <dt>{say('where')}</dt>
        <dd>
          {place}
          {place && joinUrl && <br />}
          {joinUrl && <a href={joinUrl}>{say('online')}</a>}
        </dd>
        <dt>{say('capacity')}</dt>
        <dd>{capacity ?? say('unlimited')}</dd>
        <dt>{say('closes')}</dt>
        <dd>{registrationClosesAt ? times.dateTime(registrationClosesAt, timeZone) : say('noDates')}</dd>
        <dt>{say('region')}</dt>
        <dd>{region.name}</dd>
      </dl>
      {description && <p className="after-list prewrap">{description}</p>}
      {convening.mayEdit && (
        <p className="after-list">
          <ButtonLink href={`/convenings/${id}/edit`} weight="quiet" size="small" icon="pencil">
            {say('edit')}
          </ButtonLink>
        </p>
      )}
    </Card>
  )
}
