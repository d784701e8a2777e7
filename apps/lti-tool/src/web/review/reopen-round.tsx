import { useState } from 'react'
import { reopenRoundRoute, type RoundDetail } from '@copractice/core/review'
import {
  ActionButton,
  ConfirmModal,
  DateTimeField,
  fromLocalField,
  Notice,
  ProblemNotice,
  toLocalField,
  useSend,
  useTell,
} from '@copractice/ui'
import { roundRefreshes } from './round-refreshes.ts'
import { useRefusals, useWords } from './say.ts'

const DAY_MS = 86_400_000

/** closed -> review, with a new last day for the reviews. */
export function ReopenRound({ round: { roundId, reviewUntil, timeZone, setup } }: { round: RoundDetail }) {
  const say = useWords()
  const refusals = useRefusals()
  const tell = useTell()
  const [isAsking, setIsAsking] = useState(false)
  const [until, setUntil] = useState(() =>
    toLocalField(new Date(Math.max(reviewUntil.getTime(), Date.now() + 3 * DAY_MS)), timeZone),
  )
  const reopen = useSend(reopenRoundRoute, {
    refreshes: roundRefreshes,
    onDone: () => tell({ text: say('run.reopened') }),
  })
  const at = fromLocalField(until, timeZone)
  return (
    <>
      <ActionButton weight="quiet" onClick={() => setIsAsking(true)}>
        {say('run.reopen')}
      </ActionButton>
      <ConfirmModal
        isOpen={isAsking}
        title={say('run.reopen')}
        confirm={say('run.reopen')}
        isBusy={reopen.isPending}
        onClose={() => setIsAsking(false)}
        onConfirm={() =>
          reopen.mutate(
            { params: { roundId }, body: at ? { reviewUntil: at } : {} },
            { onSuccess: () => setIsAsking(false) },
          )
        }
      >
        <p>{say('run.reopenWhat')}</p>
        {setup && setup.released > 0 && (
          <Notice tone="warn">{say('run.reopenReleased', { count: setup.released })}</Notice>
        )}
        <DateTimeField label={say('run.reopenUntil')} value={until} zone={timeZone} onChange={setUntil} />
        {reopen.error && <ProblemNotice problem={reopen.error.problem} sayRefusal={refusals} />}
      </ConfirmModal>
    </>
  )
}
