import type { GradeColumn } from '../gradebook/contract.ts'
import type { PersonId } from '../kernel/ids.ts'
import type { ScoredRound } from './score-round.ts'

/** A grade that would be another. null: none. */
export type GradeChange = Readonly<{
  personId: PersonId
  column: GradeColumn
  before: number | null
  after: number | null
}>

/** Whose grades differ between two ways in which a round was worked out, in the order of the people. */
export function compareGrades(
  before: Pick<ScoredRound, 'grade'>,
  after: Pick<ScoredRound, 'grade'>,
  people: readonly PersonId[],
): GradeChange[] {
  const cells = people.flatMap((personId) => (['work', 'reviewing'] as const).map((column) => ({ personId, column })))
  return cells
    .map((cell) => ({
      ...cell,
      before: before.grade(cell.personId, cell.column),
      after: after.grade(cell.personId, cell.column),
    }))
    .filter((cell) => cell.before !== cell.after)
}
