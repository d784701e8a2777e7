/** Spearman's: the correlation of ranks, ties sharing their middle rank. Null where one side is all the same. */
export function rankCorrelation(a: readonly number[], b: readonly number[]): number | null {
  const [x, y] = [ranks(a), ranks(b)]
  const middle = (a.length + 1) / 2
  const sum = (of: (i: number) => number) => x.reduce((total, _, i) => total + of(i), 0)
  const [xx, yy] = [sum((i) => (x[i]! - middle) ** 2), sum((i) => (y[i]! - middle) ** 2)]
  return xx === 0 || yy === 0 ? null : sum((i) => (x[i]! - middle) * (y[i]! - middle)) / Math.sqrt(xx * yy)
}

function ranks(numbers: readonly number[]): number[] {
  return numbers.map((number) => {
    const below = numbers.filter((other) => other < number).length
    const same = numbers.filter((other) => other === number).length
    return below + (same + 1) / 2
  })
}
