import { ok, refuse } from '../kernel/result.ts'
import { MOST_PLACED, type Placeable, type Placed } from './placing-contract.ts'

/** What the LMS takes, as its deep linking request says (LTI Deep Linking 2.0, 3.4.1). Null: it did not say. */
export type PlacingTakes = Readonly<{ links: boolean; several: boolean | null; columns: boolean | null }>

/** How many at once; an LMS that does not say gets one. */
export const mostPlaced = ({ several }: PlacingTakes): number => (several === true ? MOST_PLACED : 1)

/** Unless the LMS says no: one that knows nothing of columns leaves what it is told of them aside. */
export const takesColumns = ({ columns }: PlacingTakes): boolean => columns !== false

const keyOf = ({ kind, id }: Placed) => `${kind} ${id}`

/**
 * Whether these choices may go back to the LMS, and in which order: the chosen one, each once. `offered` is what there is
 * of them for this instructor. Refuses `placing.links_not_taken`, `placing.too_many`, `placing.not_offered`.
 */
export function decidePlacing(takes: PlacingTakes, chosen: readonly Placed[], offered: readonly Placeable[]) {
  const keys = [...new Set(chosen.map(keyOf))]
  if (keys.length > 0 && !takes.links) return refuse('placing.links_not_taken', {})
  const most = mostPlaced(takes)
  if (keys.length > most) return refuse('placing.too_many', { most })
  const byKey = new Map(offered.map((placeable) => [keyOf(placeable), placeable]))
  const found = keys.map((key) => byKey.get(key))
  const all = found.filter((placeable) => placeable !== undefined)
  return all.length === found.length ? ok(all) : refuse('placing.not_offered', {})
}
