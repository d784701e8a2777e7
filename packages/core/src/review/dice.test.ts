import { describe, expect, it } from 'vitest'
import { dice, shuffled } from './dice.ts'

describe('dice', () => {
  it('give the same numbers for a seed today and in years: a round is dealt again as it was', () => {
    const roll = dice(1)
    expect([roll(), roll(), roll()]).toEqual([0.6270739405881613, 0.002735721180215478, 0.5274470399599522])
    expect(dice(2 ** 31 - 1)()).toBe(0.4290980885270983)
  })
})

describe('shuffled', () => {
  it('leaves what it is given as it is, and the same order for a seed', () => {
    const [roll, letters] = [dice(1), 'abcdef'.split('')]
    expect([shuffled(letters, roll).join(''), shuffled(letters, roll).join('')]).toEqual(['ebfcad', 'aefcdb'])
    expect(letters.join('')).toBe('abcdef')
  })

  it('puts three things into each of the six orders equally often', () => {
    const roll = dice(7)
    const orders = Array.from({ length: 6000 }, () => shuffled(['a', 'b', 'c'], roll).join(''))
    const counts = Array.from(Map.groupBy(orders, (order) => order).values(), ({ length }) => length)
    expect(counts).toHaveLength(6)
    for (const count of counts) expect(Math.abs(count - 1000)).toBeLessThan(120)
  })
})
