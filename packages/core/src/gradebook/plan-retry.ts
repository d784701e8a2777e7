/** Seconds to wait after the first try, the second and so on. */
const WAITS = {
  usual: [20, 60, 180, 540, 1620, 3600, 3600],
  /** One request failed at an LMS that answers others: it mostly arrives when sent again. */
  alone: [1, 2, 4, 8, 60, 600, 3600],
}

/** Tries in all before a score is given up, not counting those that found its LMS out of order. */
export const ATTEMPTS_AT_MOST = WAITS.usual.length + 1

const LONGEST_ASKED_SECONDS = 86_400

/**
 * When to try a score again after `attempts` tries: the wait for that many, times 0.5 to 1.5 by the dice so that scores
 * that failed together do not come back together; never before the LMS asked for. Null: give up.
 */
export function planRetry(
  {
    attempts,
    retryAfterSeconds,
    failedAlone = false,
  }: Readonly<{ attempts: number; retryAfterSeconds: number | null; failedAlone?: boolean }>,
  now: Date,
  roll: () => number,
): Date | null {
  const wait = WAITS[failedAlone ? 'alone' : 'usual'][attempts - 1]
  if (wait === undefined) return null
  const seconds = Math.max(wait * (0.5 + roll()), Math.min(retryAfterSeconds ?? 0, LONGEST_ASKED_SECONDS))
  return new Date(now.getTime() + Math.ceil(seconds * 1000))
}
