import { useState } from 'react'
import { noteAttendance, showAttendance, type MeetingSeen } from '@copractice/core/meeting'
import { LetterBadge, Loaded, ProblemNotice, TextButton, useRoute, useSend } from '@copractice/ui'
import { useSeen } from '../directory/session-provider.tsx'
import { useParticipationRefusals, useParticipationWords } from './say-participation.ts'

/** Who was at a meeting that has begun: each tick is kept at once. For those who lead it. */
export function AttendancePart({ meeting }: { meeting: MeetingSeen }) {
  const say = useParticipationWords()
  const { can } = useSeen()
  const [isOpen, setIsOpen] = useState(false)
  if (!can.planMeetings) return null
  return (
    <div className="stack">
      <p>
        <TextButton expanded={isOpen} about={meeting.title} onClick={() => setIsOpen(!isOpen)}>
          {say('attendance.open')}
        </TextButton>
      </p>
      {isOpen && <Attendance meeting={meeting} />}
    </div>
  )
}

function Attendance({ meeting }: { meeting: MeetingSeen }) {
  const say = useParticipationWords()
  const refusals = useParticipationRefusals()
  const params = { id: meeting.id }
  const attendance = useRoute(showAttendance, { params })
  const note = useSend(noteAttendance, { refreshes: [showAttendance] })
  return (
    <Loaded from={attendance} what={say('attendance.open')} lines={5} sayRefusal={refusals}>
      {({ people }) => (
        <fieldset className="stack">
          <legend className="vh">{say('attendance.legend', { title: meeting.title })}</legend>
          <ul className="plain attendance">
            {people.map(({ id, name, institution, isPresent }) => (
              <li key={id}>
                <label className="with-badge">
                  <input
                    type="checkbox"
                    checked={isPresent}
                    disabled={note.isPending}
                    onChange={({ target }) =>
                      note.mutate({ params, body: { personId: id, isPresent: target.checked } })
                    }
                  />
                  <LetterBadge mark={institution} small />
                  {name ?? say('attendance.noName')}
                </label>
              </li>
            ))}
          </ul>
          <p className="small muted" role="status">
            {say('attendance.count', { present: people.filter((one) => one.isPresent).length, all: people.length })}
          </p>
          {note.error && <ProblemNotice problem={note.error.problem} sayRefusal={refusals} />}
        </fieldset>
      )}
    </Loaded>
  )
}
