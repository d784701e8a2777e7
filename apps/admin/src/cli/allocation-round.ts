import type { AllocationInput } from '@copractice/core/review'
import * as z from 'zod'

const id = z.string().min(1).max(200)

/**
 * A round to be allocated. `conflicts` are [reviewer, submission] pairs that must not be. A reviewer without `campus`
 * shares a campus with nobody. A work's reviewers are of different roles where that costs nothing else.
 */
export const AllocationRound = z
  .strictObject({
    seed: z.int().min(0).max(2_147_483_647).default(1),
    reviewsPerSubmission: z.int().min(1).max(10),
    submissions: z.array(z.strictObject({ id, authors: z.array(id) })),
    reviewers: z.array(z.strictObject({ id, campus: z.string().max(200).default(''), role: z.string().optional() })),
    conflicts: z.array(z.tuple([id, id])).default([]),
    sameCampus: z.enum(['forbid', 'avoid', 'allow']).default('avoid'),
  })
  .superRefine(({ submissions, reviewers, conflicts }, context) => {
    const refuse = (path: (string | number)[], message: string) => context.addIssue({ code: 'custom', path, message })
    const works = new Set<string>()
    for (const [i, { id }] of submissions.entries())
      if (works.size === works.add(id).size) refuse(['submissions', i, 'id'], 'Two submissions have this id')
    const people = new Set<string>()
    for (const [i, { id }] of reviewers.entries())
      if (people.size === people.add(id).size) refuse(['reviewers', i, 'id'], 'Two reviewers have this id')
    for (const [i, [reviewer, submission]] of conflicts.entries()) {
      if (!people.has(reviewer)) refuse(['conflicts', i, 0], 'No reviewer has this id')
      if (!works.has(submission)) refuse(['conflicts', i, 1], 'No submission has this id')
    }
  })

/** The same round as the rule takes it: a submission's campuses are those of its authors. */
export function toAllocationInput({ submissions, ...round }: z.infer<typeof AllocationRound>): AllocationInput {
  const campusOf = new Map(round.reviewers.map(({ id, campus }) => [id, campus]))
  return {
    ...round,
    submissions: submissions.map((submission) => ({
      ...submission,
      campuses: submission.authors.flatMap((author) => campusOf.get(author) || []),
    })),
  }
}
