import { useParams } from '@tanstack/react-router'
import { showCohort } from '@copractice/core/cohort'
import type { CohortId, RouteOutput } from '@copractice/core/kernel'
import { AppLink, Card, Loaded, SeatRing, useRoute, useTimes } from '@copractice/ui'
import { AdminPage } from '../directory/admin-page.tsx'
import { useMe } from '../directory/signed-in.tsx'
import { LifePart } from './life-part.tsx'
import { LiveIn } from './live-in.tsx'
import { MeetingsPart } from './meetings-part.tsx'
import { MessagePart } from './message-part.tsx'
import { Seats } from './seats.tsx'
import { useRefusals, useWords } from './say.ts'
import './cohort.css'
import './season.css'

export type CohortShown = RouteOutput<typeof showCohort>

/** One cohort: who is seated, when it meets, and where it is live. */
export function CohortPage() {
  const say = useWords()
  const refusals = useRefusals()
  const { isReadOnly } = useMe()
  const cohortId = useParams({ strict: false }).cohortId as CohortId
  const cohort = useRoute(showCohort, { params: { cohortId } })
  return (
    <AdminPage title={cohort.data?.name ?? say('cohort')}>
      <Loaded from={cohort} what={say('cohort')} lines={10} sayRefusal={refusals}>
        {(found) => (
          <div className="two-thirds">
            <div>
              <Seats cohort={found} />
              {!isReadOnly && <MessagePart cohort={found} />}
              <LiveIn cohort={found} />
            </div>
            <div>
              <AtAGlance cohort={found} />
              <MeetingsPart cohort={found} />
              <LifePart cohort={found} />
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
