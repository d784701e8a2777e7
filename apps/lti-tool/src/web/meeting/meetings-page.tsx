import { useState } from 'react'
import { listMeetings, type MeetingSeen } from '@copractice/core/meeting'
import { ActionButton, EmptyState, Loaded, PageTitle, Section, TimeSpan, useNow, useRoute } from '@copractice/ui'
import { useSeen } from '../directory/session-provider.tsx'
import { AnswerMeeting } from './answer-meeting.tsx'
import { AgendaPart } from './agenda-part.tsx'
import { AttendancePart } from './attendance-part.tsx'
import { CalendarButton } from './calendar-button.tsx'
import { Where } from './next-meeting.tsx'
import { PlanMeetingForm } from './plan-meeting-form.tsx'
import { useRefusals, useWords } from './say.ts'
import './meeting.css'

/** Every meeting of the cohort: those to come with an answer each, then those held. Facilitators plan them here. */
export function MeetingsPage() {
  const say = useWords()
  const refusals = useRefusals()
  const { cohort, can } = useSeen()
  const [isPlanning, setIsPlanning] = useState(false)
  const meetings = useRoute(listMeetings, { query: { limit: 100 } })
  const now = useNow()
  return (
    <div className="parts">
      <div className="page-head">
        <div>
          <PageTitle {...(cohort && { within: cohort.name })}>{say('page.title')}</PageTitle>
        </div>
        {can.planMeetings && !isPlanning && (
          <ActionButton icon="plus" onClick={() => setIsPlanning(true)}>
            {say('plan.open')}
          </ActionButton>
        )}
      </div>
      {isPlanning && <PlanMeetingForm meeting={null} onClose={() => setIsPlanning(false)} />}
      <Loaded from={meetings} what={say('page.loading')} lines={6} sayRefusal={refusals}>
        {({ items }) => {
          const toCome = items.filter(({ endsAt }) => endsAt > now)
          const held = items.filter(({ endsAt }) => endsAt <= now).toReversed()
          return (
            <>
              <Section title={say('page.toCome')}>
                {toCome.length === 0 ? (
                  <EmptyState title={say('none.title')} icon="calendar">
                    {say('none.text')}
                  </EmptyState>
                ) : (
                  <ul className="list meetings">
                    {toCome.map((meeting) => (
                      <MeetingToCome key={meeting.id} meeting={meeting} />
                    ))}
                  </ul>
                )}
              </Section>
              {held.length > 0 && (
                <Section title={say('page.held')}>
                  <ul className="list meetings">
                    {held.map((meeting) => (
                      <li key={meeting.id}>
                        <MeetingFacts meeting={meeting} />
                        <AgendaPart meeting={meeting} />
                        <AttendancePart meeting={meeting} />
                      </li>
                    ))}
                  </ul>
                </Section>
              )}
            </>
          )
        }}
      </Loaded>
    </div>
  )
}

function MeetingToCome({ meeting }: { meeting: MeetingSeen }) {
  const say = useWords()
  const { can } = useSeen()
  const [isChanging, setIsChanging] = useState(false)
  if (isChanging) {
    return (
      <li>
        <PlanMeetingForm meeting={meeting} onClose={() => setIsChanging(false)} />
      </li>
    )
  }
  return (
    <li id={`meeting-${meeting.id}`}>
      <MeetingFacts meeting={meeting} />
      <AgendaPart meeting={meeting} />
      <p className="small muted">{say('page.comingCount', { count: meeting.coming })}</p>
      <div className="row">
        <AnswerMeeting meeting={meeting} />
        {meeting.joinUrl && (
          <a className="btn btn-quiet" href={meeting.joinUrl} target="_blank" rel="noopener noreferrer">
            {say('page.join')}
            <span className="vh">: {meeting.title}</span>
          </a>
        )}
        <CalendarButton meeting={meeting} />
        {can.planMeetings && (
          <ActionButton weight="quiet" icon="pencil" onClick={() => setIsChanging(true)}>
            {say('plan.changeButton')}
            <span className="vh">: {meeting.title}</span>
          </ActionButton>
        )}
      </div>
    </li>
  )
}

function MeetingFacts({ meeting }: { meeting: MeetingSeen }) {
  const say = useWords()
  const { title, startsAt, endsAt, timeZone, number, total, bring } = meeting
  const minutes = (endsAt.getTime() - startsAt.getTime()) / 60_000
  return (
    <>
      <p className="small muted">{say('page.number', { number, total })}</p>
      <h3>{title}</h3>
      <p>
        <TimeSpan from={startsAt} minutes={minutes} setIn={timeZone} note={say('next.whereSet')} />
      </p>
      <p>
        <Where meeting={meeting} />
      </p>
      {bring && (
        <p>
          <strong>{say('next.bring')}:</strong> {bring}
        </p>
      )}
    </>
  )
}
