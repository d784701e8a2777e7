export const FEEDBACK_AT_LEAST = 5
export const USEFULNESS = [1, 2, 3, 4, 5] as const

type Answer = Readonly<{ usefulness: number; kept: string; change: string }>

/** `count` null: too few to tell without telling who. */
export type FeedbackSummary = Readonly<{
  answers: number | null
  mean: number | null
  spread: readonly Readonly<{ usefulness: number; count: number | null }>[]
  kept: readonly string[]
  change: readonly string[]
}>

/**
 * Counts with the small ones hidden: a cell of 1 to 4 tells on people, and so does the rest when only it is hidden. The
 * smallest of the others are hidden with it until at least two cells and 5 people are.
 */
export function suppressSmallCells(counts: readonly number[], least = FEEDBACK_AT_LEAST): (number | null)[] {
  const hidden = new Set(counts.flatMap((count, at) => (count > 0 && count < least ? [at] : [])))
  const others = counts.flatMap((count, at) => (count >= least ? [{ count, at }] : []))
  others.sort((one, other) => one.count - other.count)
  const sum = () => [...hidden].reduce((total, at) => total + counts[at]!, 0)
  while (hidden.size > 0 && (hidden.size < 2 || sum() < least) && others.length) hidden.add(others.shift()!.at)
  return counts.map((count, at) => (hidden.has(at) ? null : count))
}

/**
 * What people said of a convening, without anybody's name: nothing at all below 5 answers, texts in alphabetical order so
 * that no order of sending shows, small cells of the spread hidden, and the mean with them: it would tell them.
 */
export function summariseFeedback(answers: readonly Answer[]): FeedbackSummary {
  const none = USEFULNESS.map((usefulness) => ({ usefulness, count: null }))
  if (answers.length < FEEDBACK_AT_LEAST) return { answers: null, mean: null, spread: none, kept: [], change: [] }
  const counts = USEFULNESS.map((value) => answers.filter(({ usefulness }) => usefulness === value).length)
  const shown = suppressSmallCells(counts)
  const mean = answers.reduce((sum, { usefulness }) => sum + usefulness, 0) / answers.length
  const texts = (of: 'kept' | 'change') =>
    answers
      .map((answer) => answer[of].trim())
      .filter(Boolean)
      .sort((one, other) => (one < other ? -1 : 1))
  return {
    answers: answers.length,
    mean: shown.includes(null) ? null : Math.round(mean * 10) / 10,
    spread: USEFULNESS.map((usefulness, at) => ({ usefulness, count: shown[at]! })),
    kept: texts('kept'),
    change: texts('change'),
  }
}
