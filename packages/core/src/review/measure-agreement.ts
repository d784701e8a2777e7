/** All between 1 (reviewers agree) and below 0 (less than by chance); null where the marks cannot tell. */
export type Agreement = Readonly<{
  /** ICC(1): how much of one mark is the work rather than the reader (Shrout and Fleiss 1979). */
  icc1: number | null
  /** ICC(1,k): the same of the mean of k marks. */
  icc1k: number | null
  /** Krippendorff's alpha for interval data. */
  alpha: number | null
}>

/** Marks summed up around their common mean. */
type Sums = Readonly<{ n: number; sum: number; squares: number }>

/**
 * Measures agreement from the marks of each work, in any numbers per work.
 *   one-way analysis of variance over all works: MSB, MSW;  k = (N - sum of n_i^2 / N) / (works - 1), the n_i if all equal
 *   icc1 = (MSB - MSW) / (MSB + (k - 1) * MSW);  icc1k = (MSB - MSW) / MSB
 *   alpha = 1 - observed / expected squared difference, over works with two marks or more (Krippendorff 2011)
 * null: fewer than two works, no work with two marks, or all marks the same.
 */
export function measureAgreement(works: readonly (readonly number[])[]): Agreement {
  const marked = works.filter((marks) => marks.length > 0)
  return { ...intraclass(marked), alpha: intervalAlpha(marked.filter((marks) => marks.length > 1)) }
}

function intraclass(works: readonly (readonly number[])[]): { icc1: number | null; icc1k: number | null } {
  const groups = centred(works)
  const total = groups.reduce((sum, { n }) => sum + n, 0)
  if (groups.length < 2 || total === groups.length) return { icc1: null, icc1k: null }

  const within = groups.reduce((sum, group) => sum + group.squares - group.sum ** 2 / group.n, 0)
  const between = groups.reduce((sum, group) => sum + group.sum ** 2 / group.n, 0)
  const msb = between / (groups.length - 1)
  const msw = Math.max(0, within) / (total - groups.length)
  const k = (total - groups.reduce((sum, { n }) => sum + n * n, 0) / total) / (groups.length - 1)
  return { icc1: ratio(msb - msw, msb + (k - 1) * msw), icc1k: ratio(msb - msw, msb) }
}

/** Sums of squared differences over all ordered pairs of n numbers come from 2 * (n * squares - sum^2): no pair is visited. */
function intervalAlpha(works: readonly (readonly number[])[]): number | null {
  const groups = centred(works)
  const total = groups.reduce((sum, { n }) => sum + n, 0)
  const squares = groups.reduce((sum, group) => sum + group.squares, 0)
  if (groups.length < 2) return null

  const observed = groups.reduce((sum, g) => sum + (2 * (g.n * g.squares - g.sum ** 2)) / (g.n - 1), 0) / total
  const unlike = ratio(observed, (2 * squares) / (total - 1))
  return unlike === null ? null : 1 - unlike
}

/** Centred first, so that squares of large marks do not drown small differences. */
function centred(works: readonly (readonly number[])[]): Sums[] {
  const all = works.flat()
  const centre = all.reduce((sum, mark) => sum + mark, 0) / all.length
  return works.map((marks) => {
    const off = marks.map((mark) => mark - centre)
    return {
      n: off.length,
      sum: off.reduce((sum, x) => sum + x, 0),
      squares: off.reduce((sum, x) => sum + x * x, 0),
    }
  })
}

const ratio = (above: number, below: number): number | null => (below > 1e-12 ? above / below : null)
