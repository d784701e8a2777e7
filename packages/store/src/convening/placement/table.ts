import type { Generated } from 'kysely'

export interface PlacementBoardTable {
  network_id: string
  id: Generated<string>
  convening_id: string
  version: Generated<number>
  /** bigint: node-postgres gives text. */
  seed: string
  policy: unknown
  state: 'solving' | 'open' | 'committed' | 'failed'
  layout: unknown
  objective: number | null
  bound: number | null
  solved_for: string | null
  solved_with: Generated<number>
  solved_at: Date | null
  solve_asked_at: Date | null
  solve_asked_by: string | null
  solve_taken_at: Date | null
  solve_attempts: Generated<number>
  solve_token: string | null
  keeps_pins: Generated<boolean>
  progress: unknown
  failure: string | null
  committed_at: Date | null
  committed_by: string | null
}
export interface PlacementChangeTable {
  network_id: string
  board_id: string
  version: number
  at: Date
  by_id: string
  kind: string
  of_version: number | null
  change: unknown
}
