import { rosterRoute, rosterSyncRoute, syncRosterRoute, type RosterState } from '@copractice/core/gradebook'
import { ActionButton, Notice, ProblemNotice, Spoken, useSend, useTimes } from '@copractice/ui'
import { useRefusals, useWords } from './say.ts'

/** How the reading of the roster stands, in words, with counts while it goes on, and the button that begins it. */
export function RosterSyncLine({ state }: { state: RosterState }) {
  const say = useWords()
  const refusals = useRefusals()
  const sync = useSend(syncRosterRoute, { refreshes: [rosterSyncRoute, rosterRoute] })
  const { isOffered, maySync } = state
  const { status, problem } = state.sync
  const isBusy = status === 'running' || (status === 'waiting' && problem === null)
  const begin = maySync && !isBusy && (
    <ActionButton
      weight={status === 'never' ? 'primary' : 'secondary'}
      size="small"
      icon="retry"
      isBusy={sync.isPending}
      onClick={() => sync.mutate({})}
    >
      {say(problem ? 'roster.again' : 'roster.read')}
    </ActionButton>
  )
  if (!isOffered) return <Notice tone="warn">{say('roster.notOffered')}</Notice>
  return (
    <>
      {problem ? (
        <Notice tone="warn" live action={begin}>
          <strong>{say(`rosterProblem.${problem}`)}</strong>
          <p className="small">
            <Standing state={state} />
          </p>
          {state.sync.detail && state.sync.detail !== say(`rosterProblem.${problem}`) && (
            <p className="small muted">{state.sync.detail}</p>
          )}
        </Notice>
      ) : (
        <div className="row between">
          <p>
            <Standing state={state} />
          </p>
          {begin}
        </div>
      )}
      <Spoken>{isBusy ? say('roster.running', { count: state.sync.seen }) : ''}</Spoken>
      {sync.error && <ProblemNotice problem={sync.error.problem} sayRefusal={refusals} />}
    </>
  )
}

function Standing({ state: { sync } }: { state: RosterState }) {
  const say = useWords()
  const times = useTimes()
  const { status, seen, added, departed, finishedAt, nextTryAt, problem } = sync
  switch (status) {
    case 'never':
      return say('roster.unread')
    case 'running':
      return say('roster.running', { count: seen })
    case 'waiting':
      return problem && nextTryAt ? say('roster.retry', { time: times.clock(nextTryAt) }) : say('roster.waiting')
    case 'failed':
      return say('roster.kept')
    case 'done':
      return (
        <>
          {finishedAt && say('roster.done', { time: times.moment(finishedAt), count: seen })}{' '}
          {added > 0 && say('roster.added', { count: added })}{' '}
          {departed > 0 && say('roster.departed', { count: departed })}
        </>
      )
  }
}
