import * as z from 'zod'

/** mean: of the reviews. model: the rater model's estimate, when the instructor chooses it. */
export const ScoreMethod = z.enum(['mean', 'model'])
export type ScoreMethod = z.infer<typeof ScoreMethod>

const share = z.number().int().min(0).max(100)

/** What a reviewer's grade is made of, in percent; together 100. */
export const ReviewerWeights = z
  .object({ agreement: share, completeness: share, helpfulness: share })
  .refine(({ agreement, completeness, helpfulness }) => agreement + completeness + helpfulness === 100, {
    message: 'The three shares make 100 together',
  })
export type ReviewerWeights = z.infer<typeof ReviewerWeights>

/**
 * What the comment beside a score says in the gradebook, in this order. reviews: what the reviews say in all, nameless;
 * criteria: the mean for each criterion; late: what lateness took off; own: the instructor's own words (`own`).
 */
export const GradeComment = z.object({
  include: z.array(z.enum(['reviews', 'criteria', 'late', 'own'])).max(4),
  own: z.string().trim().max(2000).default(''),
})
export type GradeComment = z.infer<typeof GradeComment>
