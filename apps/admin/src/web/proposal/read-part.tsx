import { PoolPart } from './pairing/pool-part.tsx'
import { PairingLink } from './pairing/pairing-link.tsx'
import type { ProposalShown } from '@copractice/core/proposal'
import { fromLocalField, LetterBadge, Section, useTimes } from '@copractice/ui'
import { PersonLine, WaitingNote } from './draft-people.tsx'
import { SeasonStrip } from './season-strip.tsx'
import { useWords } from './say.ts'

/** The proposal as it was sent, to read. */
export function ReadPart({ shown }: { shown: ProposalShown }) {
  const say = useWords()
  const times = useTimes()
  const { body, hosts, people } = shown
  const day = (date: string | null) => {
    const at = date && fromLocalField(`${date}T12:00`, body.timeZone)
    return at ? times.date(at, body.timeZone) : say('read.none')
  }
  const named = (ids: readonly string[]) => people.filter(({ id }) => ids.includes(id))
  const list = (ids: readonly string[]) =>
    ids.length ? named(ids).map((person) => <PersonLine key={person.id} person={person} />) : say('read.none')
  return (
    <>
      <Section title={say('what.title')} isCard>
        <dl className="detail">
          <dt>{say('hosts.title')}</dt>
          <dd>
            {hosts.map((host) => (
              <span key={host.id} className="row person-line">
                <LetterBadge mark={host} small />
                {host.name}
              </span>
            ))}
          </dd>
          <dt>{say('field.area')}</dt>
          <dd>{body.area || say('read.none')}</dd>
          <dt>{say('field.scope')}</dt>
          <dd>{say(`scope.${body.scope}`)}</dd>
          <dt>{say('field.modality')}</dt>
          <dd>{say(`modality.${body.modality}`)}</dd>
          <dt>{say('read.dates')}</dt>
          <dd>{say('read.between', { from: day(body.startsOn), until: day(body.endsOn) })}</dd>
          <dt>{say('field.cohorts')}</dt>
          <dd>{body.cohorts}</dd>
          <dt>{say('read.chairs')}</dt>
          <dd>{list(body.chairs)}</dd>
          <dt>{say('read.facilitators')}</dt>
          <dd>
            {body.facilitators.length ? list(body.facilitators) : say(`people.${body.facilitation}`)}
            <WaitingNote
              people={people.filter(({ id }) => body.chairs.includes(id) || body.facilitators.includes(id))}
            />
            {body.facilitation === 'pair_us' && shown.can.readAll && <PairingLink proposalId={shown.id} />}
            <PoolPart shown={shown} />
          </dd>
        </dl>
      </Section>
      <Section title={say('voice.title')} isCard>
        {(['domain', 'community', 'practice'] as const).map((part) => (
          <Said key={part} title={say(`field.${part}`)} text={body.charter[part]} />
        ))}
        {(['democratic', 'inclusive'] as const).map((part) => (
          <Said key={part} title={say(`field.${part}`)} text={body[part]} />
        ))}
      </Section>
      <Section title={say('meetings.title', { count: body.meetings.length })} isCard>
        <SeasonStrip body={body} shown={shown} />
        <ol className="plain plan-read">
          {body.meetings.map(({ title, date, startTime, minutes, place, joinUrl }, at) => {
            const start = date && startTime ? fromLocalField(`${date}T${startTime}`, body.timeZone) : null
            const when = start
              ? `${times.dateTime(start, body.timeZone)} ${times.zone(body.timeZone, start)}, ${minutes} min`
              : day(date)
            const where = [place, joinUrl && say('communities.online')].filter(Boolean).join(', ')
            return (
              <li key={at}>
                <strong>
                  {at + 1}. {title || say('meeting.number', { number: at + 1 })}
                </strong>
                <span className="small muted">{[when, where].filter(Boolean).join(' · ')}</span>
              </li>
            )
          })}
        </ol>
      </Section>
    </>
  )
}

function Said({ title, text }: { title: string; text: string }) {
  const say = useWords()
  return (
    <div className="said">
      <h3>{title}</h3>
      {text.trim() ? <p className="voice prewrap">{text}</p> : <p className="muted">{say('read.none')}</p>}
    </div>
  )
}
