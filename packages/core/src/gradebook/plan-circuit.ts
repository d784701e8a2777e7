/** Scores that fail one after the other before their LMS is left alone. */
export const FAILURES_TO_OPEN = 5
const FIRST_REST_SECONDS = 30
const LONGEST_REST_SECONDS = 900

/**
 * How long an LMS is left alone after `failures` answers in a row that never came or were faults of its own; null: not
 * yet. 30 s, doubled each time a first score fails again, at most a quarter of an hour, times 0.75 to 1.25 by the dice.
 */
export function planCircuit(failures: number, now: Date, roll: () => number): Date | null {
  if (failures < FAILURES_TO_OPEN) return null
  const rest = Math.min(FIRST_REST_SECONDS * 2 ** (failures - FAILURES_TO_OPEN), LONGEST_REST_SECONDS)
  return new Date(now.getTime() + Math.ceil(rest * (0.75 + roll() / 2) * 1000))
}
