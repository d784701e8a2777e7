const WEEK = 7 * 86_400_000
/** Monday 5 January 1970. */
const FIRST_MONDAY = 4 * 86_400_000
/** Coprime with 26: every letter has its week, and neighbours in the alphabet do not follow each other. */
const STEP = 7

/** The letter a list of names starts at in the week of `now` (weeks begin on Monday, UTC), so that nobody is always first. */
export function startingLetter(now: Date): string {
  const week = Math.floor((now.getTime() - FIRST_MONDAY) / WEEK)
  return String.fromCodePoint(65 + ((((week * STEP) % 26) + 26) % 26))
}
