import { describe, expect, it } from 'vitest'
import { dice } from './dice.ts'
import { drawGamma, normalDraws } from './draw.ts'

const moments = (draw: () => number) => {
  const drawn = Array.from({ length: 20_000 }, draw)
  const mean = drawn.reduce((sum, x) => sum + x, 0) / drawn.length
  return { mean, variance: drawn.reduce((sum, x) => sum + (x - mean) ** 2, 0) / drawn.length }
}

// 20,000 draws: standard errors are 0.7 % of a standard deviation, and 1 to 2 % of a variance.
describe('draws', () => {
  it('of a normal number have mean 0 and variance 1', () => {
    const { mean, variance } = moments(normalDraws(dice(4)))
    expect(Math.abs(mean)).toBeLessThan(0.03)
    expect(Math.abs(variance - 1)).toBeLessThan(0.04)
  })

  it.each([1, 4, 30])('of a gamma number of shape %i have that mean and that variance', (shape) => {
    const roll = dice(4)
    const normal = normalDraws(roll)
    const { mean, variance } = moments(() => drawGamma(shape, normal, roll))
    expect(Math.abs(mean / shape - 1)).toBeLessThan(0.03)
    expect(Math.abs(variance / shape - 1)).toBeLessThan(0.08)
  })
})
