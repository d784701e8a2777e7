import type { CohortHome } from '@copractice/core/cohort'
import type { MeetingSeen } from '@copractice/core/meeting'
import { ButtonLink, PageTitle, SeatRing, TimeSpan, useNow } from '@copractice/ui'
import { Button } from '@instructure/ui/v11_7'
import { useSeen } from '../directory/session-provider.tsx'
import { AnswerMeeting } from './answer-meeting.tsx'
import { CalendarButton } from './calendar-button.tsx'
import { useStartsIn } from './starts-in.ts'
import { useWords } from './say.ts'

type Seats = CohortHome['seats']
const JOIN_FROM_MINUTES = 60

/** The next meeting in one sentence, when and where, one filled button, and who comes as a ring of seats. */
export function NextMeeting({ meeting, seats, within }: { meeting: MeetingSeen; seats: Seats; within: string }) {
  const say = useWords()
  const now = useNow()
  const startsIn = useStartsIn()
  const { title, startsAt, endsAt, timeZone, bring, joinUrl, number, total, coming } = meeting
  const minutes = (endsAt.getTime() - startsAt.getTime()) / 60_000
  const isSoon = startsAt.getTime() - now.getTime() < JOIN_FROM_MINUTES * 60_000
  return (
    <section className="upnext" aria-labelledby="h-next">
      <div>
        <p className="eyebrow">
          <span className="dot-now" />
          {say('next.eyebrow', { number, total })}
        </p>
        <PageTitle id="h-next" within={within}>
          {startsIn(title, startsAt, now)}
        </PageTitle>
        <dl>
          <dt>{say('next.when')}</dt>
          <dd>
            <TimeSpan from={startsAt} minutes={minutes} setIn={timeZone} note={say('next.whereSet')} />
          </dd>
          <dt>{say('next.where')}</dt>
          <dd>
            <Where meeting={meeting} />
          </dd>
          {bring && (
            <>
              <dt>{say('next.bring')}</dt>
              <dd>{bring}</dd>
            </>
          )}
        </dl>
        <div className="row">
          {joinUrl && isSoon && <JoinButton href={joinUrl} />}
          <AnswerMeeting meeting={meeting} isMain={!(joinUrl && isSoon)} />
          {joinUrl && !isSoon && <JoinButton href={joinUrl} isQuiet />}
          <CalendarButton meeting={meeting} />
        </div>
      </div>
      <div className="hero-ring">
        <SeatRing
          seats={seats.ring.map(({ letter, colour, name, coming }) => ({ letter, colour, name, isMarked: coming }))}
          capacity={seats.capacity}
          figure={coming}
          caption={say('ring.coming')}
          marked={say('ring.marked')}
        />
      </div>
    </section>
  )
}

export function Where({ meeting: { place, joinUrl } }: { meeting: MeetingSeen }) {
  const say = useWords()
  if (!joinUrl) return place
  return place ? say('next.placeOrOnline', { place }) : say('next.online')
}

/** In a window of its own: a frame inside an LMS is no place for a meeting. */
function JoinButton({ href, isQuiet = false }: { href: string; isQuiet?: boolean }) {
  const say = useWords()
  return (
    <Button href={href} target="_blank" rel="noopener noreferrer" color="primary" withBackground={!isQuiet}>
      {say('next.join')}
      <span className="vh">{say('next.newWindow')}</span>
    </Button>
  )
}

/** Before any meeting is set: how full the table is, and what will stand here. */
export function NoMeeting({ seats, within }: { seats: Seats; within: string }) {
  const say = useWords()
  const { can } = useSeen()
  return (
    <section className="upnext" aria-labelledby="h-next">
      <div>
        <PageTitle id="h-next" within={within}>
          {say('none.title')}
        </PageTitle>
        <p>{say('none.text')}</p>
        {can.planMeetings && (
          <p className="apart">
            <ButtonLink href="/meetings">{say('none.plan')}</ButtonLink>
          </p>
        )}
      </div>
      <div className="hero-ring">
        <SeatRing
          seats={seats.ring.map(({ letter, colour, name }) => ({ letter, colour, name }))}
          capacity={seats.capacity}
          figure={seats.taken}
          caption={say('ring.seats', { capacity: seats.capacity })}
        />
      </div>
    </section>
  )
}
