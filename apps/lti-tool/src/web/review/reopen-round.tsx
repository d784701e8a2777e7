import { reopenRoundRoute, type RoundDetail } from '@copractice/core/review'
import { Notice, useNow, useSend, useTell } from '@copractice/ui'
import { AskDate } from './ask-date.tsx'
import { roundRefreshes } from './round-refreshes.ts'
import { useRefusals, useWords } from './say.ts'

const DAY_MS = 86_400_000

/** closed -> review, with a new last day for the reviews. */
export function ReopenRound({ round: { roundId, reviewUntil, timeZone, setup } }: { round: RoundDetail }) {
  const say = useWords()
  const refusals = useRefusals()
  const tell = useTell()
  const now = useNow()
  const reopen = useSend(reopenRoundRoute, {
    refreshes: roundRefreshes,
    onDone: () => tell({ text: say('run.reopened') }),
  })
  return (
    <AskDate
      button={say('run.reopen')}
      weight="quiet"
      title={say('run.reopen')}
      dateLabel={say('run.reopenUntil')}
      first={() => new Date(Math.max(reviewUntil.getTime(), now.getTime() + 3 * DAY_MS))}
      timeZone={timeZone}
      sending={reopen}
      sayRefusal={refusals}
      onPick={(until, done) => reopen.mutate({ params: { roundId }, body: { reviewUntil: until } }, done)}
    >
      <p>{say('run.reopenWhat')}</p>
      {setup && setup.released > 0 && (
        <Notice tone="warn">{say('run.reopenReleased', { count: setup.released })}</Notice>
      )}
    </AskDate>
  )
}
