/** One mark in points. `submission` names the work of one round: work marked again in another round has another name. */
export type RaterMark = Readonly<{ submission: string; reviewer: string; round: string; points: number }>

/** Marks in flat arrays, by submission; ids in order, so that the order the marks came in is gone. */
export type MarkTable = Readonly<{
  submissions: readonly string[]
  reviewers: readonly string[]
  rounds: number
  /** Marks of submission i are those from start[i] up to, not including, start[i + 1]. */
  start: Int32Array
  reviewer: Int32Array
  /** (points - centre) / scale. */
  mark: Float64Array
  centre: number
  scale: number
  /** By submission: its round, and its true score on the scale of `mark`, NaN where that is not known. */
  round: Int32Array
  known: Float64Array
  /** By reviewer: how many marks they gave. */
  marksOf: Int32Array
  /** By reviewer: how many of these are of works whose true score is known, and the sum of mark - true over them. */
  anchoredMarks: Int32Array
  anchoredOff: Float64Array
}>

/**
 * `scale` is the standard deviation of marks within their rounds, but never under a tenth of the range: equal marks are
 * no proof of precision.
 */
export function layOutMarks(
  marks: readonly RaterMark[],
  anchors: ReadonlyMap<string, number>,
  range: number,
): MarkTable {
  const [submissions, submissionAt] = inOrder(marks.map(({ submission }) => submission))
  const [reviewers, reviewerAt] = inOrder(marks.map(({ reviewer }) => reviewer))
  const [rounds, roundAt] = inOrder(marks.map(({ round }) => round))
  const rows = marks
    .map((mark) => ({ i: submissionAt.get(mark.submission)!, r: reviewerAt.get(mark.reviewer)!, mark }))
    .sort((a, b) => a.i - b.i || a.r - b.r || a.mark.points - b.mark.points)

  const points = rows.map(({ mark }) => mark.points)
  const roundOf = rows.map(({ mark }) => roundAt.get(mark.round)!)
  const middle = rounds.map((_, q) => average(points.filter((_, at) => roundOf[at] === q)))
  const variance = average(points.map((point, at) => (point - middle[roundOf[at]!]!) ** 2))
  const centre = average(points)
  const scale = Math.max(Math.sqrt(variance), range / 10)

  const start = new Int32Array(submissions.length + 1)
  const round = new Int32Array(submissions.length)
  const marksOf = new Int32Array(reviewers.length)
  const anchoredMarks = new Int32Array(reviewers.length)
  const anchoredOff = new Float64Array(reviewers.length)
  for (const [at, { i, r, mark }] of rows.entries()) {
    start[i + 1]!++
    marksOf[r]!++
    round[i] = roundOf[at]!
    const anchor = anchors.get(mark.submission)
    if (anchor === undefined) continue
    anchoredMarks[r]!++
    anchoredOff[r]! += (mark.points - anchor) / scale
  }
  for (let i = 0; i < submissions.length; i++) start[i + 1]! += start[i]!

  return {
    submissions,
    reviewers,
    rounds: rounds.length,
    start,
    reviewer: Int32Array.from(rows, ({ r }) => r),
    mark: Float64Array.from(points, (point) => (point - centre) / scale),
    centre,
    scale,
    round,
    known: Float64Array.from(submissions, (id) => ((anchors.get(id) ?? Number.NaN) - centre) / scale),
    marksOf,
    anchoredMarks,
    anchoredOff,
  }
}

const average = (numbers: readonly number[]) => numbers.reduce((sum, x) => sum + x, 0) / numbers.length

function inOrder(ids: readonly string[]): [string[], Map<string, number>] {
  const sorted = [...new Set(ids)].sort()
  return [sorted, new Map(sorted.map((id, index) => [id, index]))]
}
