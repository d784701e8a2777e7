import { useMemo } from 'react'
import type { PairingMatrix } from '@copractice/core/review'
import type { CellState } from './pairing-key.tsx'
import { usePersonName } from './person-name.ts'
import { usePairingWords } from './say-pairings.ts'

export type CellAt = (row: number, column: number) => CellState

/** What stands in each cell: a review's state, why there can be none, or nothing. */
export function useCells({ pairs, closed }: PairingMatrix): CellAt {
  const cells = useMemo(() => {
    const at = new Map<string, CellState>()
    for (const { row, column, why } of closed) at.set(`${row},${column}`, why)
    for (const { row, column, state } of pairs) at.set(`${row},${column}`, state)
    return at
  }, [pairs, closed])
  return (row, column) => cells.get(`${row},${column}`) ?? 'none'
}

/** A reviewer, with how they are away. */
export function useRowName(): (row: PairingMatrix['rows'][number]) => string {
  const say = usePairingWords()
  const nameOf = usePersonName()
  return (row) => (row.away ? say('awayMark', { name: nameOf(row), how: say(`away.${row.away}`) }) : nameOf(row))
}

/** A work by its author, or by its team. */
export function useColumnName(): (column: PairingMatrix['columns'][number]) => string {
  const say = usePairingWords()
  const nameOf = usePersonName()
  return (column) => (column.team ? say('team', { team: column.team, name: nameOf(column) }) : nameOf(column))
}
