import type { Rubric } from '@copractice/core/review'

export type LevelFields = { points: string; label: string; descriptor: string }
/** `weight` and `minimumWords` empty: as by themselves. `prompts`: one on each line. */
export type CriterionFields = {
  id: string
  title: string
  description: string
  commentRequired: boolean
  weight: string
  minimumWords: string
  prompts: string
  levels: LevelFields[]
}
export type CriterionProblem =
  | 'setUp.needed'
  | 'rubric.samePoints'
  | 'rubric.noPoints'
  | 'rubric.levelNeeded'
  | 'rubric.weightNumber'
  | 'rubric.wordsNumber'
  | 'rubric.promptsMany'
  | 'rubric.noneCounts'

export function criteriaFields(rubric: Rubric): CriterionFields[] {
  return rubric.criteria.map(({ weight, minimumWords, prompts, ...criterion }) => ({
    ...criterion,
    weight: weight === undefined ? '' : String(weight),
    minimumWords: minimumWords === undefined ? '' : String(minimumWords),
    prompts: (prompts ?? []).join('\n'),
    levels: criterion.levels.map((level) => ({ ...level, points: String(level.points) })),
  }))
}

/** A number as people type it, with a comma or a point; NaN when it is none. */
export const numberOf = (text: string) => (text.trim() ? Number(text.trim().replace(',', '.')) : Number.NaN)

const promptsOf = (text: string) =>
  text
    .split('\n')
    .map((line) => line.trim())
    .filter(Boolean)
const weightTyped = ({ weight }: CriterionFields) => (weight.trim() ? numberOf(weight) : 1)

/** What needs another look, by `criterion:ID`. */
export function criteriaProblems(criteria: readonly CriterionFields[]): Record<string, CriterionProblem> {
  const problems: Record<string, CriterionProblem> = {}
  for (const criterion of criteria) {
    const problem = problemOf(criterion)
    if (problem) problems[`criterion:${criterion.id}`] = problem
  }
  const first = criteria[0]
  if (first && criteria.every((criterion) => weightTyped(criterion) === 0))
    problems[`criterion:${first.id}`] ??= 'rubric.noneCounts'
  return problems
}

function problemOf(criterion: CriterionFields): CriterionProblem | null {
  const { title, levels, minimumWords, prompts } = criterion
  if (!title.trim()) return 'setUp.needed'
  const points = levels.map((level) => numberOf(level.points))
  if (levels.some(({ label }, place) => !label.trim() || !(points[place]! >= 0))) return 'rubric.levelNeeded'
  if (new Set(points).size < points.length) return 'rubric.samePoints'
  if (!points.some((value) => value > 0)) return 'rubric.noPoints'
  const weight = weightTyped(criterion)
  if (!(weight >= 0 && weight <= 100)) return 'rubric.weightNumber'
  const words = numberOf(minimumWords)
  if (minimumWords.trim() && !(Number.isInteger(words) && words >= 1 && words <= 500)) return 'rubric.wordsNumber'
  const asked = promptsOf(prompts)
  return asked.length > 5 || asked.some((prompt) => prompt.length > 300) ? 'rubric.promptsMany' : null
}

/** The rubric as it stands; ready to send once `criteriaProblems` names nothing. */
export function rubricOf(criteria: readonly CriterionFields[]): Rubric {
  return {
    criteria: criteria.map((criterion) => {
      const { id, title, description, commentRequired, levels } = criterion
      const weight = weightTyped(criterion)
      const words = numberOf(criterion.minimumWords)
      const prompts = promptsOf(criterion.prompts)
      return {
        id,
        title: title.trim(),
        description: description.trim(),
        commentRequired,
        ...(weight !== 1 && { weight }),
        ...(words > 0 && { minimumWords: words }),
        ...(prompts.length > 0 && { prompts }),
        levels: levels.map(({ points, label, descriptor }) => ({
          points: numberOf(points),
          label: label.trim(),
          descriptor: descriptor.trim(),
        })),
      }
    }),
  }
}

/** The most points one review of this rubric gives, as far as it is filled in. */
export const mostPoints = (criteria: readonly CriterionFields[]): number =>
  criteria.reduce((sum, criterion) => {
    const weight = weightTyped(criterion)
    const points = criterion.levels.map((level) => numberOf(level.points)).filter(Number.isFinite)
    return sum + (Number.isFinite(weight) ? weight : 0) * Math.max(0, ...points)
  }, 0)
