import * as z from 'zod'

/** The least and the most of what a rubric's parts take: of a number itself, of the characters of a text, of the entries of a list. */
export const RUBRIC_LIMITS = {
  points: [0, 1000],
  label: [1, 80],
  descriptor: [0, 1000],
  id: [1, 40],
  title: [1, 200],
  description: [0, 2000],
  levels: [2, 6],
  minimumWords: [1, 500],
  weight: [0, 100],
  prompts: [0, 5],
  prompt: [1, 300],
  criteria: [1, 20],
  note: [0, 500],
} as const
type Limited = keyof typeof RUBRIC_LIMITS

const number = (of: Limited) => z.number().min(RUBRIC_LIMITS[of][0]).max(RUBRIC_LIMITS[of][1])
const text = (of: Limited) => z.string().trim().min(RUBRIC_LIMITS[of][0]).max(RUBRIC_LIMITS[of][1])
const list = <T extends z.ZodType>(of: Limited, entry: T) =>
  z.array(entry).min(RUBRIC_LIMITS[of][0]).max(RUBRIC_LIMITS[of][1])

/** What a version says of itself. */
export const RubricNote = text('note')

/** One step of a criterion. `points` is what choosing it is worth; `label` is short, `descriptor` says what it looks like. */
export const Level = z.object({
  points: number('points'),
  label: text('label'),
  descriptor: text('descriptor').default(''),
})
export type Level = z.infer<typeof Level>

/** One thing a review looks at: 2 to 6 levels with different points, the highest above 0. `id` is unique in its rubric. */
export const Criterion = z
  .object({
    id: z.string().regex(/^[a-z0-9_-]{1,40}$/, 'Letters a to z, digits, - and _, at most 40'),
    title: text('title'),
    description: text('description').default(''),
    levels: list('levels', Level),
    commentRequired: z.boolean().default(false),
    /** The fewest words of a comment, where one is written; with `commentRequired` also the fewest at all. */
    minimumWords: number('minimumWords').int().optional(),
    /** What a point of this criterion counts beside one of another; left out: 1. With 0 it is read and not counted. */
    weight: number('weight').optional(),
    /** Questions shown to the reviewer beside the comment. */
    prompts: list('prompts', text('prompt')).optional(),
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
  .object({ criteria: list('criteria', Criterion) })
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
