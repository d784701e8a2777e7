import { rubricPoints, weightOf, type Criterion, type Rubric } from './rubric.ts'

/** What one criterion is in one version and not in the other. Numbers are of the level's place, from 1. */
export type RubricChange =
  | Readonly<{ kind: 'added' | 'removed'; title: string }>
  | Readonly<{ kind: 'renamed'; title: string; before: string }>
  | Readonly<{ kind: 'reworded' | 'reordered_levels' | 'prompts'; title: string }>
  | Readonly<{ kind: 'weight' | 'levels'; title: string; before: number; after: number }>
  | Readonly<{ kind: 'points'; title: string; level: number; before: number; after: number }>
  | Readonly<{ kind: 'comment_needed' | 'comment_free'; title: string }>
  | Readonly<{ kind: 'words'; title: string; before: number; after: number }>
  | Readonly<{ kind: 'order'; title: string }>

/**
 * `countsOtherwise`: the same choices can give another percentage, so that marks under the two versions do not compare.
 * `pointsBefore`, `pointsAfter`: the most a review can give.
 */
export type RubricComparison = Readonly<{
  changes: readonly RubricChange[]
  countsOtherwise: boolean
  pointsBefore: number
  pointsAfter: number
}>

const COUNTING: ReadonlySet<RubricChange['kind']> = new Set(['added', 'removed', 'weight', 'levels', 'points'])

/** What changes from one version of a rubric to the next, criterion by criterion; the same criterion has the same id. */
export function compareRubrics(before: Rubric, after: Rubric): RubricComparison {
  const old = new Map(before.criteria.map((criterion) => [criterion.id, criterion]))
  const kept = new Set(after.criteria.map(({ id }) => id))
  const changes: RubricChange[] = [
    ...after.criteria.flatMap((criterion) => {
      const was = old.get(criterion.id)
      return was ? changesOf(was, criterion) : [{ kind: 'added' as const, title: criterion.title }]
    }),
    ...before.criteria.filter(({ id }) => !kept.has(id)).map(({ title }) => ({ kind: 'removed' as const, title })),
    ...moved(before, after, kept, old),
  ]
  return {
    changes,
    countsOtherwise: changes.some(({ kind }) => COUNTING.has(kind)),
    pointsBefore: rubricPoints(before),
    pointsAfter: rubricPoints(after),
  }
}

/** Do two rubrics say the same to the last word? */
export const sameRubric = (one: Rubric, other: Rubric): boolean => compareRubrics(one, other).changes.length === 0

function changesOf(was: Criterion, is: Criterion): RubricChange[] {
  const { title } = is
  const changes: RubricChange[] = []
  if (was.title !== title) changes.push({ kind: 'renamed', title, before: was.title })
  if (weightOf(was) !== weightOf(is))
    changes.push({ kind: 'weight', title, before: weightOf(was), after: weightOf(is) })
  if (was.levels.length !== is.levels.length)
    changes.push({ kind: 'levels', title, before: was.levels.length, after: is.levels.length })
  else changes.push(...pointsOf(was, is))
  const words = ({ description, levels }: Criterion) =>
    JSON.stringify([description, ...levels.map(({ label, descriptor }) => [label, descriptor])])
  if (was.levels.length === is.levels.length && words(was) !== words(is)) changes.push({ kind: 'reworded', title })
  if (was.commentRequired !== is.commentRequired)
    changes.push({ kind: is.commentRequired ? 'comment_needed' : 'comment_free', title })
  const least = ({ minimumWords = 0 }: Criterion) => minimumWords
  if (least(was) !== least(is)) changes.push({ kind: 'words', title, before: least(was), after: least(is) })
  if ((was.prompts ?? []).join('\n') !== (is.prompts ?? []).join('\n')) changes.push({ kind: 'prompts', title })
  return changes
}

function pointsOf(was: Criterion, is: Criterion): RubricChange[] {
  const points = ({ levels }: Criterion) => levels.map((level) => level.points)
  const sorted = (all: number[]) => [...all].sort((a, b) => a - b).join()
  if (points(was).join() === points(is).join()) return []
  if (sorted(points(was)) === sorted(points(is))) return [{ kind: 'reordered_levels', title: is.title }]
  return is.levels.flatMap((level, place) => {
    const before = was.levels[place]!.points
    return before === level.points
      ? []
      : [{ kind: 'points' as const, title: is.title, level: place + 1, before, after: level.points }]
  })
}

/** One line at most: that the order of what stayed is another. */
function moved(
  before: Rubric,
  after: Rubric,
  kept: ReadonlySet<string>,
  old: ReadonlyMap<string, Criterion>,
): RubricChange[] {
  const was = before.criteria.filter(({ id }) => kept.has(id))
  const is = after.criteria.filter(({ id }) => old.has(id))
  const first = is.find(({ id }, place) => was[place]!.id !== id)
  return first ? [{ kind: 'order', title: first.title }] : []
}
