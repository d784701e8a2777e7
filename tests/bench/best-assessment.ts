/** A mark of one work on a scale of 0 to 100. */
export type Assessment = Readonly<{ submission: string; reviewer: string; percent: number }>

/**
 * For comparison only: the reviewer's grade by "comparison with the best assessment", as Moodle's Workshop publishes the
 * idea. Of one work's assessments the one nearest to their mean counts as the best (ties: all of them). Everyone is
 * graded by the distance d to the nearest best one: 100 - |d| * d^2 / (strictness * variance of the work's marks), not
 * below 0; strictness 5 ("fair"), variance not under 0.01. A reviewer's grade is the mean over the works.
 * Whoever is nearest the mean gets 100, whatever the truth; of two assessments both are.
 */
export function gradeByBestAssessment(assessments: readonly Assessment[]): Map<string, number> {
  const works = Map.groupBy(assessments, ({ submission }) => submission)
  const grades = new Map<string, number[]>()
  for (const marks of works.values()) {
    const mean = marks.reduce((sum, { percent }) => sum + percent, 0) / marks.length
    const variance = marks.reduce((sum, { percent }) => sum + (percent - mean) ** 2, 0) / marks.length
    const nearest = Math.min(...marks.map(({ percent }) => Math.abs(percent - mean)))
    const best = marks.filter(({ percent }) => Math.abs(percent - mean) <= nearest + 1e-9)
    for (const { reviewer, percent } of marks) {
      const distance = Math.min(...best.map((other) => Math.abs(percent - other.percent)))
      const grade = Math.max(0, 100 - distance ** 3 / (5 * Math.max(variance, 0.01)))
      grades.set(reviewer, [...(grades.get(reviewer) ?? []), grade])
    }
  }
  return new Map([...grades].map(([id, all]) => [id, all.reduce((sum, grade) => sum + grade, 0) / all.length]))
}
