import { expect, it } from 'vitest'
import type { GradeColumn } from '../gradebook/contract.ts'
import type { PersonId } from '../kernel/ids.ts'
import { compareGrades } from './compare-grades.ts'

const graded = (grades: Record<string, number>) => ({
  grade: (personId: PersonId, column: GradeColumn) => grades[`${personId} ${column}`] ?? null,
})

it('names each grade that would be another, also one that comes or goes, in the order of the people', () => {
  const before = graded({ 'a work': 12, 'a reviewing': 5, 'b work': 3, 'c work': 9 })
  const after = graded({ 'a work': 12, 'a reviewing': 6, 'b reviewing': 4, 'c work': 8 })
  expect(compareGrades(before, after, ['b', 'a'] as PersonId[])).toEqual([
    { personId: 'b', column: 'work', before: 3, after: null },
    { personId: 'b', column: 'reviewing', before: null, after: 4 },
    { personId: 'a', column: 'reviewing', before: 5, after: 6 },
  ])
})
