/** Tries in all before a score is given up, not counting those that found its LMS out of order. */
export const ATTEMPTS_AT_MOST = 8

const FIRST_WAIT_SECONDS = 20
const LONGEST_WAIT_SECONDS = 3600

/**
 * When to try a score again after `attempts` tries: 20 s (or `firstWaitSeconds`) * 3^(attempts - 1), at most an hour,
 * times 0.5 to 1.5 by the dice so that scores that failed together do not come back together; never before the LMS asked for. Null: give up.
 */
export function planRetry(
  {
    attempts,
    retryAfterSeconds,
    firstWaitSeconds = FIRST_WAIT_SECONDS,
  }: Readonly<{ attempts: number; retryAfterSeconds: number | null; firstWaitSeconds?: number }>,
  now: Date,
  roll: () => number,
): Date | null {
  if (attempts >= ATTEMPTS_AT_MOST) return null
  const wait = Math.min(firstWaitSeconds * 3 ** (attempts - 1), LONGEST_WAIT_SECONDS) * (0.5 + roll())
  const seconds = Math.max(wait, Math.min(retryAfterSeconds ?? 0, 24 * LONGEST_WAIT_SECONDS))
  return new Date(now.getTime() + Math.ceil(seconds * 1000))
}
