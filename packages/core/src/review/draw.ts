/** Random draws for the rater model, told the dice: `roll` gives numbers in [0, 1). */
export type Roll = () => number

/** Standard normal numbers (Box and Muller: two at a time, the second kept for the next call). */
export function normalDraws(roll: Roll): () => number {
  let spare = Number.NaN
  return () => {
    if (!Number.isNaN(spare)) {
      const kept = spare
      spare = Number.NaN
      return kept
    }
    const radius = Math.sqrt(-2 * Math.log(1 - roll()))
    const angle = 2 * Math.PI * roll()
    spare = radius * Math.sin(angle)
    return radius * Math.cos(angle)
  }
}

/** A gamma number of `shape` >= 1 and rate 1 (Marsaglia and Tsang 2000). Divide by the rate wanted. */
export function drawGamma(shape: number, normal: () => number, roll: Roll): number {
  const d = shape - 1 / 3
  const c = 1 / Math.sqrt(9 * d)
  for (;;) {
    const x = normal()
    const root = 1 + c * x
    if (root <= 0) continue
    const v = root * root * root
    const u = 1 - roll()
    // Nearly always true where the next line is, and needs no logarithm.
    if (u < 1 - 0.0331 * x * x * x * x) return d * v
    if (Math.log(u) < 0.5 * x * x + d - d * v + d * Math.log(v)) return d * v
  }
}
