import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { hideSmall, hideSmallList, hideSmallPair } from './hide-small.ts'

describe('small counts', () => {
  it('are hidden, and with one of them the next larger, so that the total does not tell it', () => {
    expect(hideSmallList([3, 20, 9])).toEqual({ counts: [null, 20, null], total: 32 })
  })
  it('are hidden together where they are enough, and with another where they are not', () => {
    expect(hideSmallList([4, 3, 20])).toEqual({ counts: [null, null, 20], total: 27 })
    expect(hideSmallList([2, 1, 20])).toEqual({ counts: [null, null, null], total: 23 })
  })
  it('leave nothing told of a list that is small as a whole', () => {
    expect(hideSmallList([3])).toEqual({ counts: [null], total: null })
    expect(hideSmallList([])).toEqual({ counts: [], total: 0 })
  })
  it('of 0, 5 and more are told', () => {
    expect(hideSmallList([5, 0, 6])).toEqual({ counts: [5, 0, 6], total: 11 })
  })
  it('of a table are hidden in rows and columns alike', () => {
    expect(
      hideSmall([
        [1, 10, 10],
        [10, 10, 10],
        [10, 10, 20],
      ]).cells,
    ).toEqual([
      [null, null, 10],
      [null, null, 10],
      [10, 10, 20],
    ])
  })

  const table = fc
    .record({ rows: fc.integer({ min: 1, max: 5 }), columns: fc.integer({ min: 1, max: 4 }) })
    .chain(({ rows, columns }) => {
      const count = fc.oneof(fc.nat(6), fc.nat(30))
      return fc.array(fc.array(count, { minLength: columns, maxLength: columns }), { minLength: rows, maxLength: rows })
    })

  it('of 1 to 4 are never told, and no hidden one follows from what is told, whatever the table', () => {
    fc.assert(
      fc.property(table, (rows) => {
        const { cells, rowTotals, columnTotals, total } = hideSmall(rows)
        const all = [...cells.map((row, i) => [...row, rowTotals[i]!]), [...columnTotals, total]]
        for (const told of all.flat()) expect(told === null || told === 0 || told >= 5).toBe(true)
        expect(determined(all)).toEqual([])
      }),
      { numRuns: 400 },
    )
  })
})

it('two lists of the same people hide alike: what is left of the total follows from neither', () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(fc.nat(3), fc.nat(3), fc.nat(12)), { minLength: 1, maxLength: 30 }), (groups) => {
      const sums = (of: 0 | 1) =>
        [0, 1, 2, 3].map((at) => groups.reduce((all, one) => all + (one[of] === at ? one[2] : 0), 0))
      const { one, other, total } = hideSmallPair(sums(0), sums(1))
      for (const told of [...one, ...other, total]) expect(told === null || told === 0 || told >= 5).toBe(true)
      const hidden = (list: readonly (number | null)[]) => list.filter((told) => told === null).length
      // A list that hides one alone is safe only where the total is hidden, and that from the other list too.
      const fewest = [one, other].map(hidden).filter((count) => count > 0 || total === null)
      expect(Math.min(...fewest, 2)).toBeGreaterThanOrEqual(total === null ? 1 : 2)
    }),
  )
})

/** Hidden entries that the sums of rows and columns determine: by elimination, not by the graph the rule uses. */
function determined(all: readonly (readonly (number | null)[])[]): string[] {
  const unknown = all.flatMap((row, i) => row.flatMap((told, j) => (told === null ? [`${i},${j}`] : [])))
  const sign = (at: number, last: number) => (at === last ? -1 : 1)
  const [height, width] = [all.length, all[0]!.length]
  const equations = [
    ...all.map((_row, i) =>
      unknown.map((u) => (Number(u.split(',')[0]) === i ? sign(Number(u.split(',')[1]), width - 1) : 0)),
    ),
    ...all[0]!.map((_c, j) =>
      unknown.map((u) => (Number(u.split(',')[1]) === j ? sign(Number(u.split(',')[0]), height - 1) : 0)),
    ),
  ]
  const rank = (rows: number[][]): number => {
    const left = rows.map((row) => [...row])
    let done = 0
    for (let column = 0; column < unknown.length && done < left.length; column++) {
      const pivot = left.findIndex((row, at) => at >= done && Math.abs(row[column]!) > 1e-9)
      if (pivot < 0) continue
      ;[left[done], left[pivot]] = [left[pivot]!, left[done]!]
      for (let at = done + 1; at < left.length; at++) {
        const factor = left[at]![column]! / left[done]![column]!
        left[at] = left[at]!.map((value, k) => value - factor * left[done]![k]!)
      }
      done++
    }
    return done
  }
  const whole = rank(equations)
  return unknown.filter((_u, at) => rank([...equations, unknown.map((_, k) => (k === at ? 1 : 0))]) === whole)
}
