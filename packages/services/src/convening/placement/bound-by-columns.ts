import type { Instance } from './instance.ts'
import { loadHighs, type Highs } from './load-highs.ts'
import { priceCohorts, type Column } from './price-cohorts.ts'

/** Rounds of pricing, and nodes searched in all of them: a limit of work, not of time, is the same everywhere. */
const ROUNDS = 200
const NODES = 40_000
/** While what is reached is further than `FAR` from the bound, more work is worth its while. */
const FAR = 0.02
const NODES_WHEN_FAR = 150_000

/**
 * A bound on the objective by the linear relaxation of "choose cohorts, nobody twice" over all cohorts the policy
 * allows, each worth no less than its points. They are too many to list, so they come in by pricing (column
 * generation). For any prices u >= 0 of people, and W[c] >= the most that the points of a cohort with chair c exceed the
 * prices of its people, sum(u) + the sum of the `cohorts` greatest W is a valid bound (weak duality: every cohort has a
 * chair, no chair has two). Each round yields one, and stopping early costs tightness, never truth; the first is `sum`.
 * `started` are cohorts known already, `reached` the points of the best placement known. Returns the bound and the
 * columns priced in.
 */
export async function boundByColumns(
  instance: Instance,
  { most, cohorts, sum }: { most: Float64Array; cohorts: number; sum: number },
  started: readonly Column[],
  reached: number,
): Promise<{ bound: number; columns: Column[] }> {
  const highs = await loadHighs()
  const isOpen = [...most].map((points) => points > 0)
  const columns: Column[] = []
  let best = sum
  let nodes = 0
  const model = highs.createModel(packing(highs, most.length))
  const add = ({ people, points }: Column) =>
    model.addCol(points, 0, 1, { indices: [...people], values: people.map(() => 1) })
  const priceAt = (prices: Float64Array) => {
    const priced = priceCohorts(instance, isOpen, prices)
    nodes += priced.nodes
    const paid = prices.reduce((total, price, row) => total + (isOpen[row] ? price : 0), 0)
    const worst = priced.most.sort((a, b) => b - a).slice(0, cohorts)
    const bound = paid + worst.reduce((total, gain) => total + gain, 0)
    best = Math.min(best, bound)
    for (const column of priced.found) {
      columns.push(column)
      add(column)
    }
    return priced.found.length
  }
  try {
    model.options.set({ output_flag: false, random_seed: 0 })
    for (const column of started) add(column)
    for (let round = 0; round < ROUNDS && started.length; round++) {
      const isFar = best - reached > FAR * best
      if (nodes > (isFar ? NODES_WHEN_FAR : NODES)) break
      model.run()
      const dual = model.getSolution().rowDual.map((price) => Math.abs(price))
      const floor = dual.reduce((total, price) => total + price, 0)
      if (best - floor < 0.0003 * best) break
      if (priceAt(dual) === 0) break
    }
  } finally {
    model.dispose()
  }
  return { bound: best, columns }
}

/** An empty packing problem: a row "at most once" for everybody, columns to come. */
function packing(highs: Highs, rows: number) {
  return {
    numCols: 0,
    numRows: rows,
    sense: highs.constants.objectiveSense.maximize,
    colCost: [],
    colLower: [],
    colUpper: [],
    rowLower: Array.from({ length: rows }, () => -highs.infinity),
    rowUpper: Array.from({ length: rows }, () => 1),
    matrix: { format: 'csc', numRows: rows, numCols: 0, starts: [0], indices: [], values: [] },
  } as const
}
