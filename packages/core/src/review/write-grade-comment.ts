import type { GradeComment } from './grade-setup.ts'
import type { WorkScore } from './score-round.ts'
import type { Rubric } from './rubric.ts'
import { spelt } from './spell-points.ts'

/** What LMSs show without trouble; Canvas and Moodle both keep more. */
const LETTERS_AT_MOST = 4000

/**
 * The comment that goes with a score into the gradebook, in plain text, empty when nothing is chosen: the instructor's
 * own words, what lateness took off, the mean for each criterion, what each review says in all. Nobody is named, and
 * reviews come in the order in which authors read them. `comments` are those of the reviews, in that order. The reviewing
 * column (`work` null) has the instructor's own words alone.
 */
export function writeGradeComment(
  { include, own }: GradeComment,
  rubric: Rubric,
  work: Readonly<{ score: Pick<WorkScore, 'marks' | 'late'>; comments: readonly string[] }> | null,
): string {
  const parts: string[] = []
  if (include.includes('own') && own.trim()) parts.push(own.trim())
  if (work && include.includes('late') && work.score.late > 0)
    parts.push(`Handed in late: ${spelt(work.score.late)} % is taken off.`)
  if (work && include.includes('criteria') && work.score.marks.length > 0) {
    const count = work.score.marks.length
    const lines = rubric.criteria.map(({ id, title }) => {
      const given = work.score.marks.map((mark) => mark.criteria.find(({ criterionId }) => criterionId === id)!)
      const sum = given.reduce((total, { points }) => total + points, 0)
      return `${title}: ${spelt(sum / count)} of ${spelt(given[0]!.of)}`
    })
    parts.push([`Mean of ${count} ${count === 1 ? 'review' : 'reviews'}`, ...lines].join('\n'))
  }
  if (work && include.includes('reviews'))
    for (const [index, comment] of work.comments.entries())
      if (comment.trim()) parts.push(`Review ${index + 1}: ${comment.trim()}`)
  const text = parts.join('\n\n')
  return text.length <= LETTERS_AT_MOST ? text : `${text.slice(0, LETTERS_AT_MOST - 1)}…`
}
