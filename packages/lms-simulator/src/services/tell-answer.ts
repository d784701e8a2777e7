import type { Fault, FaultService, LogEntry } from '../options.ts'
import type { Platform } from '../platform.ts'
import type { Answer } from '../profiles/dialect.ts'
import type { Telling } from './serve.ts'

const TRIES = ['first', 'second', 'third', 'fourth', 'fifth', 'sixth', 'seventh', 'eighth', 'ninth', 'tenth']
const TROUBLE: Partial<Record<Fault['kind'], string>> = {
  busy: 'too busy',
  error: 'broken',
  reset_after: 'the line dropped',
  reset_before: 'the line dropped',
  silence_after: 'no answer',
  silence_before: 'no answer',
  expired_token: 'token forgotten',
}

/** The failed tries of the same thing just before this one, oldest first. */
function failedTries(log: LogEntry[], service: FaultService, telling: Telling): LogEntry[] {
  const same = log.filter(
    (entry) =>
      entry.service === service &&
      entry.message === telling.message &&
      entry.personId === telling.personId &&
      entry.columnId === telling.columnId,
  )
  const lastGood = same.findLastIndex((entry) => entry.fault === undefined || entry.fault === 'latency')
  return same.slice(lastGood + 1)
}

/** The answer in words: "accepted on the second try, after “too busy”". */
export function tellAnswer(
  platform: Platform,
  service: FaultService,
  telling: Telling,
  answer: Answer,
  fault: Fault | undefined,
): string {
  if (fault?.kind === 'reset_before') return 'the line dropped, nothing was kept'
  if (fault?.kind === 'silence_before') return 'never answered, nothing was kept'
  const good = answer.status < 300
  if (fault?.kind === 'silence_after') return good ? 'kept, never answered' : 'refused, never answered'
  if (fault?.kind === 'reset_after') return good ? 'kept, then the line dropped' : 'refused, then the line dropped'
  if (fault !== undefined && fault.kind !== 'latency') return `${TROUBLE[fault.kind] ?? 'failed'} (${answer.status})`
  if (!good) return `refused (${answer.status})${answer.reason === undefined ? '' : `: ${answer.reason}`}`
  const word = answer.reason ?? (service === 'scores' || service === 'token' ? 'accepted' : 'answered')
  const late = fault?.kind === 'latency' ? `, ${fault.milliseconds / 1000} seconds late` : ''
  const failed = failedTries(platform.state.log, service, telling)
  const last = failed.at(-1)?.fault
  if (last === undefined) return word + late
  const nth = TRIES[failed.length] ?? `${failed.length + 1}th`
  return `${word} on the ${nth} try, after “${TROUBLE[last] ?? 'trouble'}”${late}`
}
