import { ok, refuse } from '../kernel/result.ts'

/** Newer than this, the latest key has just begun; another would only add to what LMSs have to fetch. */
const APART_MS = 60 * 60_000

/** Whether a new signing key may be made now. Refuses `keys.rotated_recently` with the moment from which it may. */
export function mayRotateKeys(newest: Date | null, now: Date) {
  const from = newest ? new Date(newest.getTime() + APART_MS) : now
  return from > now ? refuse('keys.rotated_recently', { from: from.toISOString() }) : ok(undefined)
}
