import type { MeetingSeen } from '@copractice/core/meeting'
import { AppLink, Icon, Section, useNow, useTimes } from '@copractice/ui'
import { useWords } from './say.ts'

/** The term as a line of meetings: held, next, to come, and the deadline they lead to. */
export function TermList(props: {
  meetings: readonly MeetingSeen[]
  nextId: string | undefined
  deadline: Date | null
}) {
  const { meetings, nextId, deadline } = props
  const say = useWords()
  const times = useTimes()
  return (
    <Section title={say('term.title')} aside={<AppLink href="/meetings">{say('term.all')}</AppLink>}>
      {meetings.length === 0 && !deadline && <p className="muted">{say('term.none')}</p>}
      <ol className="season">
        {meetings.map((meeting) => (
          <TermMeeting
            key={meeting.id}
            meeting={meeting}
            isNext={meeting.id === nextId}
            leadsToLine={deadline !== null && meeting === meetings.at(-1)}
          />
        ))}
        {deadline && (
          <li className="line-item">
            <span className="node">
              <Icon name="flag" small />
            </span>
            <div className="t">
              <strong>{say('term.deadline')}</strong>
              <br />
              <span className="small muted">{times.date(deadline)}</span>
            </div>
          </li>
        )}
      </ol>
    </Section>
  )
}

function TermMeeting(props: { meeting: MeetingSeen; isNext: boolean; leadsToLine: boolean }) {
  const { meeting, isNext, leadsToLine } = props
  const { title, startsAt, endsAt, number } = meeting
  const say = useWords()
  const times = useTimes()
  const isHeld = endsAt < useNow()
  const names = [isHeld ? 'done' : isNext ? 'now' : 'next', leadsToLine && 'to-line'].filter(Boolean).join(' ')
  return (
    <li className={names}>
      <span className="node">{isHeld ? <Icon name="check" small /> : <span aria-hidden="true">{number}</span>}</span>
      <div className="t">
        <strong>{title}</strong>
        <br />
        <span className="small muted">
          {times.day(startsAt)}
          <span className="vh">{say(isHeld ? 'term.held' : 'term.coming', { number })}</span>
        </span>
      </div>
    </li>
  )
}
