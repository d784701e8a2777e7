import { useParams } from '@tanstack/react-router'
import { showCohort } from '@copractice/core/cohort'
import type { CohortId, RouteOutput } from '@copractice/core/kernel'
import { AppLink, Card, EmptyState, Loaded, SeatRing, TimeText, useRoute, useTimes } from '@copractice/ui'
import { AdminPage } from '../directory/admin-page.tsx'
import { LiveIn } from './live-in.tsx'
import { Seats } from './seats.tsx'
import { useRefusals, useWords } from './say.ts'
import './cohort.css'

export type CohortShown = RouteOutput<typeof showCohort>

/** One cohort: who is seated, when it meets, and where it is live. */
export function CohortPage() {
  const say = useWords()
  const refusals = useRefusals()
  const cohortId = useParams({ strict: false }).cohortId as CohortId
  const cohort = useRoute(showCohort, { params: { cohortId } })
  return (
    <AdminPage title={cohort.data?.name ?? say('cohort')}>
      <Loaded from={cohort} what={say('cohort')} lines={10} sayRefusal={refusals}>
        {(found) => (
          <div className="two-thirds">
            <div>
              <Seats cohort={found} />
              <LiveIn cohort={found} />
            </div>
            <div>
              <AtAGlance cohort={found} />
              <Meetings cohort={found} />
            </div>
          </div>
        )}
      </Loaded>
    </AdminPage>
  )
}

function AtAGlance({ cohort }: { cohort: CohortShown }) {
  const say = useWords()
  const times = useTimes()
  const { seats, seatList, theme, region, convening, submissionDeadline, timeZone } = cohort
  const ring = seatList
    .filter(({ status, kind }) => status === 'seated' && kind !== 'facilitator')
    .map(({ institution, kind }) => ({ ...institution, isMarked: kind === 'chair' }))
  return (
    <Card title={theme}>
      <SeatRing
        seats={ring}
        capacity={seats.capacity}
        figure={seats.taken}
        caption={say('ring.caption', { capacity: seats.capacity })}
        marked={say('ring.chairs')}
      />
      <dl className="detail">
        <dt>{say('region')}</dt>
        <dd>{region.name}</dd>
        {convening && (
          <>
            <dt>{say('convening')}</dt>
            <dd>
              <AppLink href={`/convenings/${convening.id}`}>{convening.name}</AppLink>
            </dd>
          </>
        )}
        <dt>{say('deadline')}</dt>
        <dd>{submissionDeadline ? times.dateTime(submissionDeadline, timeZone) : say('deadline.none')}</dd>
      </dl>
    </Card>
  )
}

function Meetings({ cohort }: { cohort: CohortShown }) {
  const say = useWords()
  return (
    <Card title={say('meetings')}>
      {cohort.meetingList.length ? (
        <ol className="meetings">
          {cohort.meetingList.map(({ id, title, startsAt, timeZone, place, joinUrl }) => (
            <li key={id}>
              <strong>{title}</strong>
              <br />
              <span className="small">
                <TimeText at={startsAt} setIn={timeZone} />
              </span>
              <br />
              <span className="small muted">{[place, joinUrl && say('online')].filter(Boolean).join(', ')}</span>
            </li>
          ))}
        </ol>
      ) : (
        <EmptyState title={say('meetings.none')} icon="calendar">
          {say('meetings.noneText')}
        </EmptyState>
      )}
    </Card>
  )
}
