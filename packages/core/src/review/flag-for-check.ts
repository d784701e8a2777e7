/** A submission to look at. `interval` is where the true score lies with 90 %, null when nothing can be said. */
export type Spotted = Readonly<{
  submission: string
  points: readonly number[]
  interval: Readonly<{ low: number; high: number }> | null
  /** Whether an instructor has already marked it. */
  checked: boolean
}>

/** split: the marks fall into two camps; wide: the score is known too loosely. */
export type Flag = 'split' | 'wide'

/** Two camps are this much of the range apart, at least. */
const CAMPS_APART = 0.3
/** An interval is wide from this much of the range. */
const WIDE = 0.3

/**
 * Orders submissions for spot checks, those most worth a look first; `range` is the most points there are.
 *   gap = widest step between neighbouring marks / (0.3 * range);  width = (high - low) / (0.3 * range), or 1 if unknown
 * The larger of the two is the urgency. From 1 on it is flagged: split when the gap reaches 1, else wide. One that an
 * instructor has marked needs no look: no flag, and last. Ties go by id.
 */
export function flagForCheck(
  works: readonly Spotted[],
  range: number,
): Readonly<{ submission: string; flag: Flag | null }>[] {
  return works
    .map(({ submission, points, interval, checked }) => {
      const gap = widestStep(points) / (CAMPS_APART * range)
      const width = interval ? (interval.high - interval.low) / (WIDE * range) : 1
      if (checked) return { submission, flag: null, urgency: -1 }
      const flag = gap >= 1 ? ('split' as const) : width >= 1 ? ('wide' as const) : null
      return { submission, flag, urgency: Math.max(gap, width) }
    })
    .sort(
      (a, b) =>
        Number(b.flag !== null) - Number(a.flag !== null) ||
        b.urgency - a.urgency ||
        (a.submission < b.submission ? -1 : 1),
    )
    .map(({ submission, flag }) => ({ submission, flag }))
}

function widestStep(points: readonly number[]): number {
  const sorted = [...points].sort((a, b) => a - b)
  return sorted.reduce((widest, point, i) => Math.max(widest, point - (sorted[i - 1] ?? point)), 0)
}
