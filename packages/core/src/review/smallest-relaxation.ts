import { allocateReviewers, type AllocationInput } from './allocate-reviewers.ts'
import { keptApart } from './kept-apart.ts'
import { FlowNetwork } from './min-cost-flow.ts'

/** Constraints to give up together. Each counts as one, `fewerReviews` as one for each review less, a conflict as one. */
export type Relaxation = Readonly<{
  /** The same campus may review where nothing else will do. */
  sameCampus: boolean
  fewerReviews: number
  /** People who handed nothing in review too. */
  withoutWork: boolean
  /** [reviewer, submission] */
  conflicts: readonly (readonly [reviewer: string, submission: string])[]
  size: number
}>

/** Above so many pairs of a person and a work the search takes longer than anybody waits. */
const PAIRS_AT_MOST = 300_000

/**
 * The smallest sets of constraints that, given up together, make an impossible allocation possible; all of the smallest
 * size that differ in kind, and of each the conflicts that are fewest. `spare` are those who could review although they
 * handed nothing in. Empty where nothing helps; null where the round is too large to search.
 * For each choice of campus, reviews and spare people the fewest conflicts come from a cheapest flow in which a pair in
 * conflict costs 1: no smaller set exists. Choices that alone are larger than the best found are not looked at.
 */
export function smallestRelaxations(input: AllocationInput, spare: AllocationInput['reviewers']): Relaxation[] | null {
  const everyone = [...input.reviewers, ...spare]
  if (input.submissions.length * everyone.length > PAIRS_AT_MOST) return null
  let best = Infinity
  let found: Relaxation[] = []
  for (const choice of choices(input, spare.length > 0)) {
    const base = Number(choice.sameCampus) + choice.fewerReviews + Number(choice.withoutWork)
    if (base > best) break
    const conflicts = fewestConflicts({
      ...input,
      reviewers: choice.withoutWork ? everyone : input.reviewers,
      sameCampus: choice.sameCampus ? 'avoid' : input.sameCampus,
      reviewsPerSubmission: input.reviewsPerSubmission - choice.fewerReviews,
    })
    if (!conflicts || base + conflicts.length > best) continue
    const size = base + conflicts.length
    if (size < best) found = []
    best = size
    found.push({ ...choice, conflicts, size })
  }
  return found
}

type Choice = Pick<Relaxation, 'sameCampus' | 'fewerReviews' | 'withoutWork'>

/** Every choice besides conflicts, smallest first. */
function choices({ sameCampus, reviewsPerSubmission: k }: AllocationInput, hasSpare: boolean): Choice[] {
  const all: Choice[] = []
  for (let size = 0; size <= k + 1; size++)
    for (const campus of sameCampus === 'forbid' ? [false, true] : [false])
      for (const withoutWork of hasSpare ? [false, true] : [false]) {
        const fewerReviews = size - Number(campus) - Number(withoutWork)
        if (fewerReviews >= 0 && fewerReviews < k) all.push({ sameCampus: campus, fewerReviews, withoutWork })
      }
  return all
}

/** The fewest conflicts to give up so that the round can be dealt; null when giving up all of them does not do. */
function fewestConflicts(input: AllocationInput): Relaxation['conflicts'] | null {
  const { submissions, reviewers, reviewsPerSubmission: k } = input
  const [n, m] = [submissions.length, reviewers.length]
  if (m === 0) return null
  const average = (n * k) / m
  const sink = n + m + 1
  const network = new FlowNetwork(sink + 1)
  // Everybody's least is filled before anybody gets more: then as few as there can be are left below it.
  const least = Math.ceil(average - 1)
  const filling = n * k + 1
  for (let r = 0; r < m; r++)
    for (let j = Math.floor(average) + 1; j >= 1; j--) network.addArc(n + 1 + r, sink, 1, j <= least ? 0 : filling)
  const apart = keptApart(input)
  const apartElse = keptApart({ ...input, conflicts: [] })
  const conflicts: { arc: number; pair: readonly [string, string] }[] = []
  for (let s = 0; s < n; s++) {
    network.addArc(0, 1 + s, k, 0)
    for (let r = 0; r < m; r++) {
      if (apartElse(s, r) !== null) continue
      const isConflict = apart(s, r) !== null
      const arc = network.addArc(1 + s, n + 1 + r, 1, isConflict ? 1 : 0)
      if (isConflict) conflicts.push({ arc, pair: [reviewers[r]!.id, submissions[s]!.id] })
    }
  }
  if (network.run(0, sink) < n * k) return null
  const given = conflicts.filter(({ arc }) => network.flow(arc) === 1).map(({ pair }) => pair)
  const left = [...input.conflicts].filter(([r, s]) => !given.some(([gr, gs]) => gr === r && gs === s))
  return allocateReviewers({ ...input, conflicts: left }).ok ? given : null
}
