import type { AllocationInput } from './allocate-reviewers.ts'

/** Why a person may not review a work. */
export type KeptApart = 'own_work' | 'conflict' | 'same_campus'

type Rules = Pick<AllocationInput, 'submissions' | 'reviewers' | 'conflicts' | 'sameCampus'>

/** Which rule keeps a person from reviewing a work, if any; the first that holds of own work, conflict, campus. */
export function keptApart(input: Rules): (submission: number, reviewer: number) => KeptApart | null {
  const authors = input.submissions.map((submission) => new Set(submission.authors))
  const conflicts = conflictsOf(input)

  return (submission, reviewer) => {
    const { id, campus } = input.reviewers[reviewer]!
    if (authors[submission]!.has(id)) return 'own_work'
    if (conflicts[submission]!.includes(reviewer)) return 'conflict'
    if (input.sameCampus === 'forbid' && input.submissions[submission]!.campuses.includes(campus)) return 'same_campus'
    return null
  }
}

/** By submission, the positions of reviewers in conflict with it; packed, as a large round may have millions. */
function conflictsOf({ submissions, reviewers, conflicts }: Rules): Int32Array[] {
  const works = new Map(submissions.map(({ id }, index) => [id, index]))
  const people = new Map(reviewers.map(({ id }, index) => [id, index]))
  let pairs = new Int32Array(256)
  let length = 0
  const count = new Int32Array(submissions.length)
  let last: string | undefined
  let work: number | undefined
  for (const [reviewer, submission] of conflicts) {
    // Lists mostly come by submission.
    if (submission !== last) work = works.get(submission)
    last = submission
    const person = people.get(reviewer)
    if (work === undefined || person === undefined) continue
    if (length === pairs.length) {
      const longer = new Int32Array(2 * length)
      longer.set(pairs)
      pairs = longer
    }
    pairs[length++] = work
    pairs[length++] = person
    count[work]!++
  }
  const packed = Array.from(count, (size) => new Int32Array(size))
  for (let at = 0; at < length; at += 2) packed[pairs[at]!]![--count[pairs[at]!]!] = pairs[at + 1]!
  return packed
}
