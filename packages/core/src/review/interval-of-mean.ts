import { mean } from './aggregate-marks.ts'

/**
 * The 90 % interval of each work's mean: mean +- t * sqrt(MSW / n), where MSW is the variance within works pooled over
 * all of them and t the 95 % point of Student's distribution with its degrees of freedom. (With no prior opinion on
 * means and variance this is a credible interval, too.) Null for all when no work has two marks.
 */
export function intervalsOfMeans(
  works: readonly (readonly number[])[],
): (Readonly<{ low: number; high: number }> | null)[] {
  const means = works.map((marks) => mean(marks))
  const freedom = works.reduce((sum, marks) => sum + Math.max(0, marks.length - 1), 0)
  if (freedom === 0) return works.map(() => null)

  const within = works.reduce((sum, marks, i) => sum + marks.reduce((s, mark) => s + (mark - means[i]!) ** 2, 0), 0)
  const reach = studentPoint95(freedom) * Math.sqrt(within / freedom)
  return works.map((marks, i) => {
    const centre = means[i]
    if (centre === null || centre === undefined) return null
    return { low: centre - reach / Math.sqrt(marks.length), high: centre + reach / Math.sqrt(marks.length) }
  })
}

/** Exact for 1 and 2 degrees of freedom, to 0.01 from 3 on (Cornish and Fisher's series around the normal point). */
function studentPoint95(freedom: number): number {
  if (freedom === 1) return 6.3138
  if (freedom === 2) return 2.92
  const z = 1.6449
  const [z3, z5, z7] = [z ** 3, z ** 5, z ** 7]
  return (
    z +
    (z3 + z) / (4 * freedom) +
    (5 * z5 + 16 * z3 + 3 * z) / (96 * freedom ** 2) +
    (3 * z7 + 19 * z5 + 17 * z3 - 15 * z) / (384 * freedom ** 3)
  )
}
