import { findOverlap, type PublicSession } from '@copractice/core/convening'
import type { ConveningSessionId } from '@copractice/core/kernel'
import { Notice, useTimes } from '@copractice/ui'
import { useWords } from './say.ts'

/** Sessions to tick, by time. Two at the same time are told at once; the server refuses them too. */
export function SessionChoices(props: {
  sessions: readonly PublicSession[]
  timeZone: string
  chosen: ReadonlySet<ConveningSessionId>
  onChange: (chosen: ReadonlySet<ConveningSessionId>) => void
}) {
  const { sessions, timeZone, chosen, onChange } = props
  const say = useWords()
  const times = useTimes()
  const clash = findOverlap(sessions.filter(({ id }) => chosen.has(id)))
  return (
    <fieldset className="session-choices">
      <legend>{say('public.sessions')}</legend>
      <p className="hint">{say('public.sessionsHint')}</p>
      {sessions.map((session) => {
        const { id, title, track, startsAt, endsAt, offered } = session
        const when = `${times.date(startsAt, timeZone)}, ${times.range(startsAt, endsAt, timeZone)}`
        return (
          <label key={id} className="session-choice">
            <input
              type="checkbox"
              checked={chosen.has(id)}
              onChange={({ target }) => {
                const next = new Set(chosen)
                if (target.checked) next.add(id)
                else next.delete(id)
                onChange(next)
              }}
            />
            <span>
              {title}
              <br />
              <span className="small muted">{[when, track].filter(Boolean).join(' · ')}</span>
              {offered === 'waitlist' && !chosen.has(id) && (
                <span className="small muted"> · {say('public.sessionFull')}</span>
              )}
            </span>
          </label>
        )
      })}
      <div role="status">
        {clash && (
          <Notice tone="warn">
            {say('refusal.session.overlap', { first: clash[0].title, second: clash[1].title })}
          </Notice>
        )}
      </div>
    </fieldset>
  )
}
