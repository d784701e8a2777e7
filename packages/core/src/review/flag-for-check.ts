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
 *   split: a step between neighbouring marks of at least 0.3 * range; these come first, the widest step at the top
 *   wide: high - low of at least 0.3 * range, or no interval; these come next, the widest interval at the top
 * Then the others, by the width of their interval, and last what an instructor has marked: it needs no look and has no
 * flag. Ties go by id.
 */
export function flagForCheck(
  works: readonly Spotted[],
  range: number,
): Readonly<{ submission: string; flag: Flag | null }>[] {
  return works
    .map((work) => ({ submission: work.submission, ...judge(work, range) }))
    .sort((a, b) => a.rank - b.rank || b.amount - a.amount || (a.submission < b.submission ? -1 : 1))
    .map(({ submission, flag }) => ({ submission, flag }))
}

function judge({ points, interval, checked }: Spotted, range: number) {
  const gap = tidy(widestStep(points) / range)
  const width = interval ? tidy((interval.high - interval.low) / range) : 1
  if (checked) return { flag: null, rank: 3, amount: width }
  if (gap >= CAMPS_APART) return { flag: 'split' as const, rank: 0, amount: gap }
  if (width >= WIDE) return { flag: 'wide' as const, rank: 1, amount: width }
  return { flag: null, rank: 2, amount: width }
}

/** So that the last binary digit decides neither a flag nor an order. */
const tidy = (share: number) => Math.round(share * 1e9) / 1e9

function widestStep(points: readonly number[]): number {
  const sorted = [...points].sort((a, b) => a - b)
  return sorted.reduce((widest, point, i) => Math.max(widest, point - (sorted[i - 1] ?? point)), 0)
}
