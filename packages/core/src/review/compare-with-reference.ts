import { mean } from './aggregate-marks.ts'
import { gradeReviewer } from './grade-reviewer.ts'

type MarkedWork = Readonly<{
  marks: readonly Readonly<{ reviewer: string; points: number }>[]
  /** The instructor's own mark, where there is one. */
  check: number | undefined
}>

/** `bias` in points, `precision` per squared point, both null where there is too little to tell; `grade` in percent. */
export type ComparedReviewer = Readonly<{
  reviewer: string
  n: number
  bias: number | null
  precision: number | null
  grade: number
}>

/**
 * Compares every mark with its reference: the instructor's check where there is one, else the mean of the *others'*
 * marks, so that nobody is measured by what their own mark has moved. `range` is the most points there are.
 *   bias = mean of mark - reference;  precision = 1 / variance of it (null with fewer than two, or when it is 0)
 *   grade = `gradeReviewer` against the reference, of the reviews that were filed
 * By reviewer's id. Takes time in proportion to the marks, also where a whole course marks one exemplar.
 */
export function compareWithReference(works: readonly MarkedWork[], range: number): ComparedReviewer[] {
  const given = new Map<string, { points: number; reference: number | null }[]>()
  for (const { marks, check } of works) {
    const sum = (mean(marks.map(({ points }) => points)) ?? 0) * marks.length
    for (const { reviewer, points } of marks) {
      const others = marks.length > 1 ? (sum - points) / (marks.length - 1) : null
      if (!given.has(reviewer)) given.set(reviewer, [])
      given.get(reviewer)!.push({ points, reference: check ?? others })
    }
  }
  const percent = (points: number) => (100 * points) / range
  return [...given]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([reviewer, marks]) => {
      const off = marks.flatMap(({ points, reference }) => (reference === null ? [] : [points - reference]))
      const reviews = marks.map(({ points, reference }) => ({
        given: percent(points),
        others: reference === null ? [] : [percent(reference)],
      }))
      return { reviewer, n: marks.length, ...deviation(off), grade: gradeReviewer(reviews, 100).percent! }
    })
}

function deviation(off: readonly number[]): { bias: number | null; precision: number | null } {
  const bias = mean(off)
  if (bias === null || off.length < 2) return { bias, precision: null }
  const variance = off.reduce((sum, x) => sum + (x - bias) ** 2, 0) / (off.length - 1)
  return { bias, precision: variance > 1e-12 ? 1 / variance : null }
}
