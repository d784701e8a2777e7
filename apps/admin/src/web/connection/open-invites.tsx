import type { OpenInvite } from '@copractice/core/directory'
import { AppLink, Notice, useTimes } from '@copractice/ui'
import { useRefusalWords, useWords } from './say.ts'

/** The invites of one institution that are still out: how long they hold, and why the last registration with one failed. */
export function OpenInvites({ invites }: { invites: readonly OpenInvite[] }) {
  const say = useWords()
  if (!invites.length) return null
  return (
    <div className="stack">
      <h3>{say('invites.title')}</h3>
      <ul className="plain stack">
        {invites.map((invite) => (
          <Line key={invite.id} invite={invite} />
        ))}
      </ul>
    </div>
  )
}

function Line({ invite: { madeAt, expiresAt, lastRefusal } }: { invite: OpenInvite }) {
  const say = useWords()
  const times = useTimes()
  return (
    <li className="stack">
      <p>{say('invites.line', { made: times.dateTime(madeAt), until: times.dateTime(expiresAt) })}</p>
      {lastRefusal ? <LastRefusal {...lastRefusal} /> : <p className="small muted">{say('invites.untried')}</p>}
    </li>
  )
}

function LastRefusal({ at, code, reference }: NonNullable<OpenInvite['lastRefusal']>) {
  const say = useWords()
  const times = useTimes()
  const told = useRefusalWords()(code, 'other')
  return (
    <Notice tone="bad">
      <p>{say('invites.refused', { date: times.dateTime(at) })}</p>
      {told && (
        <p>
          {told.means} <strong>{told.todo}</strong>
        </p>
      )}
      <p className="small">
        {say('invites.reference')}{' '}
        <AppLink href={`/refusals?reference=${encodeURIComponent(reference)}`}>{reference}</AppLink>{' '}
        <span className="rule-code">{code}</span>
      </p>
    </Notice>
  )
}
