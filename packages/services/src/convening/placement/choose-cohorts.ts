import { loadHighs } from './load-highs.ts'
import type { Group } from './construct.ts'

/** Branch and bound stops at this many nodes, not at a time: the same everywhere. */
const NODES = 300

/**
 * The best set of cohorts out of `candidates` in which nobody sits twice, by HiGHS as a set-packing integer programme.
 * `parties`: how many there are. Falls back to none when HiGHS ends without an answer; the caller keeps its own then.
 */
export async function chooseCohorts(candidates: readonly Group[], parties: number): Promise<Group[]> {
  if (!candidates.length) return []
  const highs = await loadHighs()
  const starts = [0]
  for (const group of candidates) starts.push(starts.at(-1)! + group.parties.length)
  const indices = candidates.flatMap((group) => [...group.parties].sort((a, b) => a - b))
  const each = <T>(value: T) => candidates.map(() => value)
  return highs.withModel(
    {
      numCols: candidates.length,
      numRows: parties,
      sense: highs.constants.objectiveSense.maximize,
      colCost: candidates.map(({ points }) => points),
      colLower: each(0),
      colUpper: each(1),
      rowLower: Array.from({ length: parties }, () => -highs.infinity),
      rowUpper: Array.from({ length: parties }, () => 1),
      integrality: each(highs.constants.variableType.integer),
      matrix: {
        format: 'csc',
        numRows: parties,
        numCols: candidates.length,
        starts,
        indices,
        values: indices.map(() => 1),
      },
    },
    (model) => {
      model.options.set({
        output_flag: false,

        random_seed: 0,
        mip_max_nodes: NODES,
        mip_rel_gap: 0.0005,
      })
      model.run()
      const { colValue } = model.getSolution()
      return candidates.filter((_, at) => (colValue[at] ?? 0) > 0.5)
    },
  )
}
