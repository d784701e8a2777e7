import * as z from 'zod'

const id = z.string().min(1).max(200)
const Scores = z.record(id, z.number().min(0))

/**
 * Marks to be scored. `scores` has points for every criterion, 0 to its `max`. One reviewer marks a submission once per
 * round. `checks` are the instructor's own marks of submissions: of exemplars, or of work looked at.
 */
export const ScoreMarksInput = z
  .strictObject({
    criteria: z.array(z.strictObject({ id, max: z.number().positive() })).min(1),
    marks: z.array(z.strictObject({ submission: id, reviewer: id, round: id.default('1'), scores: Scores })),
    checks: z.array(z.strictObject({ submission: id, scores: Scores })).default([]),
    method: z.enum(['mean', 'model']).default('mean'),
  })
  .superRefine(({ criteria, marks, checks }, context) => {
    const refuse = (path: (string | number)[], message: string) => context.addIssue({ code: 'custom', path, message })
    const once = (seen: Set<string>, key: string, path: (string | number)[], message: string) =>
      seen.has(key) ? refuse(path, message) : void seen.add(key)
    const [ids, pairs, checked] = [new Set<string>(), new Set<string>(), new Set<string>()]
    for (const [i, criterion] of criteria.entries())
      once(ids, criterion.id, ['criteria', i, 'id'], 'Two criteria have this id')

    const fits = (scores: Readonly<Record<string, number>>, path: (string | number)[]) => {
      for (const { id, max } of criteria) {
        const score = scores[id]
        if (score === undefined) refuse([...path, 'scores', id], 'This criterion has no score')
        else if (score > max) refuse([...path, 'scores', id], `The most this criterion gives is ${max}`)
      }
      for (const id of Object.keys(scores))
        if (!ids.has(id)) refuse([...path, 'scores', id], 'No criterion has this id')
    }
    for (const [i, { submission, reviewer, round, scores }] of marks.entries()) {
      fits(scores, ['marks', i])
      const pair = JSON.stringify([round, submission, reviewer])
      once(pairs, pair, ['marks', i, 'reviewer'], 'This reviewer has marked this submission before in this round')
    }
    const marked = new Set(marks.map(({ submission }) => submission))
    for (const [i, { submission, scores }] of checks.entries()) {
      fits(scores, ['checks', i])
      once(checked, submission, ['checks', i, 'submission'], 'This submission has been checked before')
      if (!marked.has(submission)) refuse(['checks', i, 'submission'], 'Nobody has marked this submission')
    }
  })
export type ScoreMarksInput = z.infer<typeof ScoreMarksInput>
