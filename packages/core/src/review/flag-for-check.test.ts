import { describe, expect, it } from 'vitest'
import { flagForCheck, type Spotted } from './flag-for-check.ts'

const work = (submission: string, points: number[], interval: [number, number] | null, checked = false): Spotted => ({
  submission,
  points,
  interval: interval && { low: interval[0], high: interval[1] },
  checked,
})

describe('flagForCheck', () => {
  it('flags a split from three tenths of the range on, an interval just as wide as wide', () => {
    expect(flagForCheck([work('a', [70, 40], [45, 60])], 100)).toEqual([{ submission: 'a', flag: 'split' }])
    expect(flagForCheck([work('a', [70, 41], [45, 60])], 100)).toEqual([{ submission: 'a', flag: null }])
    expect(flagForCheck([work('a', [70, 65], [40, 70])], 100)).toEqual([{ submission: 'a', flag: 'wide' }])
    expect(flagForCheck([work('a', [70, 65], [40, 69])], 100)).toEqual([{ submission: 'a', flag: null }])
    expect(flagForCheck([work('a', [7, 4], [4.5, 6])], 10)).toEqual([{ submission: 'a', flag: 'split' }])
  })

  it('takes marks that spread evenly for no split', () => {
    expect(flagForCheck([work('a', [10, 90, 50, 30, 70], [40, 60])], 100)).toEqual([{ submission: 'a', flag: null }])
  })

  it('flags what nothing can be said about', () => {
    expect(flagForCheck([work('a', [50], null)], 100)).toEqual([{ submission: 'a', flag: 'wide' }])
  })

  it('puts first what is most worth a look, and last what an instructor has marked', () => {
    const listed = flagForCheck(
      [
        work('calm', [50, 52], [48, 54]),
        work('checked', [0, 100], [0, 100], true),
        work('b', [50, 52], [30, 70]),
        work('a', [50, 52], [30, 70]),
        work('worst', [0, 100], [0, 100]),
        work('calmer', [50, 51], [49, 52]),
      ],
      100,
    )
    expect(listed).toEqual([
      { submission: 'worst', flag: 'split' },
      { submission: 'a', flag: 'wide' },
      { submission: 'b', flag: 'wide' },
      { submission: 'calm', flag: null },
      { submission: 'calmer', flag: null },
      { submission: 'checked', flag: null },
    ])
  })
})
