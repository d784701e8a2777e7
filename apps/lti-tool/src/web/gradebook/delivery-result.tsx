import { spelt } from '@copractice/core/review'
import type { Delivery, DeliveryStatus } from '@copractice/core/gradebook'
import { StatusPill, useTimes, type IconName, type Tone } from '@copractice/ui'
import { useWords } from './say.ts'

const LOOK: Record<DeliveryStatus, { tone: Tone | 'plain'; icon: IconName }> = {
  waiting: { tone: 'warn', icon: 'retry' },
  arrived: { tone: 'ok', icon: 'check' },
  superseded: { tone: 'plain', icon: 'minus' },
  refused: { tone: 'bad', icon: 'warn' },
  given_up: { tone: 'bad', icon: 'warn' },
}

/** How one score fared, as a word with an icon and, where something went wrong, why and what comes next. */
export function DeliveryResult({ delivery, atMost }: { delivery: Delivery; atMost: number }) {
  const say = useWords()
  const times = useTimes()
  const { status, attempts, problem, detail, nextAttemptAt, changedInLms } = delivery
  const text = [
    changedInLms && say('publish.theirs', { score: spelt(changedInLms.score), sent: spelt(changedInLms.weHadSent) }),
    problem && !changedInLms && status !== 'arrived' && say(`problem.${problem}`),
    status === 'superseded' && say('status.supersededText'),
    status === 'arrived' && attempts > 1 && say('status.try', { count: attempts, ordinal: true }),
    status === 'waiting' &&
      problem &&
      nextAttemptAt &&
      say('status.next', { time: times.clock(nextAttemptAt), attempt: attempts + 1, atMost }),
  ].filter(Boolean)
  return (
    <>
      <StatusPill {...LOOK[status]}>{say(`status.${status}`)}</StatusPill>
      {text.length > 0 && <span className="small">{text.join(' ')}</span>}
      {detail && problem && status !== 'arrived' && <code className="xsmall muted">{detail}</code>}
    </>
  )
}
