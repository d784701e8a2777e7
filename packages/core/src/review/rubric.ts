import * as z from 'zod'

/** One step of a criterion. `points` is what choosing it is worth; `label` is short, `descriptor` says what it looks like. */
export const Level = z.object({
  points: z.number().min(0).max(1000),
  label: z.string().trim().min(1).max(80),
  descriptor: z.string().trim().max(1000).default(''),
})
export type Level = z.infer<typeof Level>

/** One thing a review looks at: 2 to 6 levels with different points, the highest above 0. `id` is unique in its rubric. */
export const Criterion = z
  .object({
    id: z.string().regex(/^[a-z0-9_-]{1,40}$/, 'Letters a to z, digits, - and _, at most 40'),
    title: z.string().trim().min(1).max(200),
    description: z.string().trim().max(2000).default(''),
    levels: z.array(Level).min(2).max(6),
    commentRequired: z.boolean().default(false),
    /** The fewest words of a comment, where one is written; with `commentRequired` also the fewest at all. */
    minimumWords: z.number().int().min(1).max(500).optional(),
    /** What a point of this criterion counts beside one of another; left out: 1. With 0 it is read and not counted. */
    weight: z.number().min(0).max(100).optional(),
    /** Questions shown to the reviewer beside the comment. */
    prompts: z.array(z.string().trim().min(1).max(300)).max(5).optional(),
  })
  .refine(({ levels }) => new Set(levels.map(({ points }) => points)).size === levels.length, {
    path: ['levels'],
    message: 'Two levels of one criterion have the same points',
  })
  .refine(({ levels }) => levels.some(({ points }) => points > 0), {
    path: ['levels'],
    message: 'At least one level is worth more than 0 points',
  })
export type Criterion = z.infer<typeof Criterion>

/** What a point of a criterion counts. */
export const weightOf = ({ weight = 1 }: Readonly<{ weight?: number | undefined }>): number => weight

/** What every review of a round is written against. Fixed once the round is open. */
export const Rubric = z
  .object({ criteria: z.array(Criterion).min(1).max(20) })
  .refine(({ criteria }) => new Set(criteria.map(({ id }) => id)).size === criteria.length, {
    path: ['criteria'],
    message: 'Two criteria have the same id',
  })
  .refine(({ criteria }) => criteria.some((criterion) => weightOf(criterion) > 0), {
    path: ['criteria'],
    message: 'At least one criterion counts',
  })
export type Rubric = z.infer<typeof Rubric>

/** The mark for one criterion: the points of the level chosen, null while none is. */
export const Mark = z.object({
  criterionId: z.string().max(40),
  points: z.number().nullable(),
  comment: z.string().max(5000),
})
export type Mark = z.infer<typeof Mark>

/** The most points a criterion gives. */
export const highestPoints = (criterion: Criterion): number => Math.max(...criterion.levels.map(({ points }) => points))

/** The most points a review of this rubric can give, each criterion's points counted by its weight. */
export const rubricPoints = (rubric: Rubric): number =>
  rubric.criteria.reduce((sum, criterion) => sum + weightOf(criterion) * highestPoints(criterion), 0)
