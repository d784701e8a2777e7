import { useState } from 'react'
import { Checkbox } from '@instructure/ui/v11_7'
import { allocateRoute, type Allocated, type RoundDetail } from '@copractice/core/review'
import {
  ActionButton,
  ConfirmModal,
  EmptyState,
  ProblemNotice,
  useNow,
  useSend,
  useTell,
  useTimes,
} from '@copractice/ui'
import { Impossible } from './impossible.tsx'
import { roundRefreshes } from './round-refreshes.ts'
import { useRefusals, useWords } from './say.ts'

/** Deals out the reviews: first worked out and shown in numbers, then sent. What makes it impossible is said exactly. */
export function DealPart({ round: { roundId, submitUntil }, handedIn }: { round: RoundDetail; handedIn: number }) {
  const say = useWords()
  const refusals = useRefusals()
  const times = useTimes()
  const tell = useTell()
  const isEarly = submitUntil > useNow()
  const [withoutWork, setWithoutWork] = useState(false)
  const [plan, setPlan] = useState<Allocated | null>(null)
  const preview = useSend(allocateRoute, { onDone: setPlan })
  const deal = useSend(allocateRoute, {
    refreshes: roundRefreshes,
    onDone: () => {
      setPlan(null)
      tell({ text: say('run.dealt') })
    },
  })
  if (handedIn === 0) return <EmptyState title={say('run.dealNone')} icon="inbox" />
  const send = (isPreview: boolean) => ({ params: { roundId }, body: { preview: isPreview, withoutWork } })
  return (
    <>
      <p>{say('run.dealReady', { count: handedIn })}</p>
      {isEarly && <p className="small muted">{say('run.dealEarly', { when: times.dateTime(submitUntil) })}</p>}
      <Checkbox label={say('run.withoutWork')} checked={withoutWork} onChange={() => setWithoutWork(!withoutWork)} />
      {preview.error?.problem.code === 'allocation.impossible' ? (
        <Impossible facts={preview.error.problem.facts} />
      ) : (
        preview.error && <ProblemNotice problem={preview.error.problem} sayRefusal={refusals} />
      )}
      <div>
        <ActionButton isBusy={preview.isPending} onClick={() => preview.mutate(send(true))}>
          {say('run.deal')}
        </ActionButton>
      </div>
      <ConfirmModal
        isOpen={plan !== null}
        title={say('run.dealAsk')}
        confirm={say('run.deal')}
        isBusy={deal.isPending}
        onClose={() => setPlan(null)}
        onConfirm={() => deal.mutate(send(false))}
      >
        {plan && (
          <>
            <p>{say('run.dealText', { count: plan.pairs, min: plan.load.min, max: plan.load.max })}</p>
            {plan.sameCampusPairs > 0 && <p>{say('run.dealSame', { count: plan.sameCampusPairs })}</p>}
            {!plan.connected && <p>{say('run.dealApart')}</p>}
          </>
        )}
        {deal.error && <ProblemNotice problem={deal.error.problem} sayRefusal={refusals} />}
      </ConfirmModal>
    </>
  )
}
