import { useState } from 'react'
import { showAgenda, type MeetingSeen } from '@copractice/core/meeting'
import { Loaded, TextButton, useRoute } from '@copractice/ui'
import { AgendaForm } from './agenda-form.tsx'
import { useParticipationRefusals, useParticipationWords } from './say-participation.ts'

/** What is planned for a meeting, behind a disclosure; those who lead it write it here. */
export function AgendaPart({ meeting }: { meeting: MeetingSeen }) {
  const say = useParticipationWords()
  const [isOpen, setIsOpen] = useState(false)
  return (
    <div className="stack">
      <p>
        <TextButton expanded={isOpen} about={meeting.title} onClick={() => setIsOpen(!isOpen)}>
          {say('agenda.open')}
        </TextButton>
      </p>
      {isOpen && <Agenda meeting={meeting} />}
    </div>
  )
}

function Agenda({ meeting }: { meeting: MeetingSeen }) {
  const say = useParticipationWords()
  const refusals = useParticipationRefusals()
  const [isWriting, setIsWriting] = useState(false)
  const agenda = useRoute(showAgenda, { params: { id: meeting.id } })
  return (
    <Loaded from={agenda} what={say('agenda.open')} lines={3} sayRefusal={refusals}>
      {({ items, findings, mayChange }) =>
        isWriting ? (
          <AgendaForm meeting={meeting} items={items} onClose={() => setIsWriting(false)} />
        ) : (
          <div className="stack">
            {items.length === 0 && <p className="muted">{say('agenda.none')}</p>}
            <ol>
              {items.map((item, at) => (
                <li key={at}>
                  <strong>{item.title}</strong>{' '}
                  <span className="small muted">
                    {say('agenda.line', { minutes: item.minutes, kind: say(`kind.${item.kind}`) })}
                    {item.functions.length > 0 &&
                      ` · ${item.functions.map((one) => say(`function.${one}`)).join(', ')}`}
                  </span>
                </li>
              ))}
            </ol>
            {findings.map((finding) => (
              <p key={finding.code} className="small">
                {say(`finding.${finding.code}`, finding.facts)}
              </p>
            ))}
            {mayChange && (
              <p>
                <TextButton about={meeting.title} onClick={() => setIsWriting(true)}>
                  {say(items.length ? 'agenda.change' : 'agenda.write')}
                </TextButton>
              </p>
            )}
          </div>
        )
      }
    </Loaded>
  )
}
