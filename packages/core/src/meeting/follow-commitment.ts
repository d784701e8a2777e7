import { ok, refuse } from '../kernel/result.ts'
import type { CheckDay } from './participation-contract.ts'

const DAY = 86_400_000

/** When a commitment is looked at again (commitment.follow_up): 30 and 90 days after it was made. */
export const dueAt = (madeAt: Date, after: CheckDay): Date => new Date(madeAt.getTime() + after * DAY)

/** Refuses `commitment.not_yet` before its day; from then on its owner may answer, and answer anew. */
export function decideCheck(madeAt: Date, after: CheckDay, now: Date) {
  const due = dueAt(madeAt, after)
  return now < due ? refuse('commitment.not_yet', { dueAt: due.toISOString() }) : ok({ after, at: now })
}
