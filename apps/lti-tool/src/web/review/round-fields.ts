import { PersonId } from '@copractice/core/kernel'
import type { Anonymity, NamedPerson, RoundDetail, RoundSetup, Rubric, SameCampus } from '@copractice/core/review'
import { fromLocalField, toLocalField } from '@copractice/ui'

export type LevelFields = { points: string; label: string; descriptor: string }
export type CriterionFields = {
  id: string
  title: string
  description: string
  commentRequired: boolean
  levels: LevelFields[]
}
type Pair = readonly [NamedPerson, NamedPerson]

/** The set-up as it stands in its form: text where people type, so that half a number is not lost. */
export type RoundFields = {
  title: string
  instructions: string
  submitUntil: string
  reviewUntil: string
  timeZone: string
  criteria: CriterionFields[]
  reviewsPerSubmission: string
  anonymity: Anonymity
  sameCampus: SameCampus
  workMaximum: string
  reviewingMaximum: string
  conflicts: readonly Pair[]
}

/** What needs another look: a key of the form's messages for each place. Criteria go by `criterion:ID`. */
export type FieldProblems = Readonly<Record<string, FieldProblem>>
export type FieldProblem =
  | 'setUp.needed'
  | 'setUp.order'
  | 'rubric.samePoints'
  | 'rubric.noPoints'
  | 'rubric.levelNeeded'

export function criteriaFields(rubric: Rubric): CriterionFields[] {
  return rubric.criteria.map((criterion) => ({
    ...criterion,
    levels: criterion.levels.map((level) => ({ ...level, points: String(level.points) })),
  }))
}

const DAY_MS = 86_400_000

/** A new round: work due in two weeks, reviews a week later, both at the end of the day there. */
export function newRoundFields(rubric: Rubric, timeZone: string, now: Date): RoundFields {
  const endOfDay = (days: number) =>
    `${toLocalField(new Date(now.getTime() + days * DAY_MS), timeZone).slice(0, 10)}T23:59`
  return {
    title: '',
    instructions: '',
    submitUntil: endOfDay(14),
    reviewUntil: endOfDay(21),
    timeZone,
    criteria: criteriaFields(rubric),
    reviewsPerSubmission: '3',
    anonymity: 'double',
    sameCampus: 'avoid',
    workMaximum: '20',
    reviewingMaximum: '10',
    conflicts: [],
  }
}

export function fieldsOfRound(round: RoundDetail): RoundFields {
  return {
    title: round.title,
    instructions: round.instructions,
    submitUntil: toLocalField(round.submitUntil, round.timeZone),
    reviewUntil: toLocalField(round.reviewUntil, round.timeZone),
    timeZone: round.timeZone,
    criteria: criteriaFields(round.rubric),
    reviewsPerSubmission: String(round.reviewsPerSubmission),
    anonymity: round.anonymity,
    sameCampus: round.setup?.sameCampus ?? 'avoid',
    workMaximum: String(round.workMaximum),
    reviewingMaximum: String(round.reviewingMaximum),
    conflicts: round.setup?.conflicts ?? [],
  }
}

/** A number as people type it, with a comma or a point; NaN when it is none. */
const numberOf = (text: string) => (text.trim() ? Number(text.trim().replace(',', '.')) : Number.NaN)
const isPositive = (text: string) => numberOf(text) > 0
const isCount = (text: string) => Number.isInteger(numberOf(text)) && numberOf(text) >= 1 && numberOf(text) <= 10

/** The set-up ready to send, or what needs another look first. */
export function setupOf(fields: RoundFields): { setup: RoundSetup } | { problems: FieldProblems } {
  const submitUntil = fromLocalField(fields.submitUntil, fields.timeZone)
  const reviewUntil = fromLocalField(fields.reviewUntil, fields.timeZone)
  const problems: Record<string, FieldProblem> = {}
  if (!fields.title.trim()) problems.title = 'setUp.needed'
  if (!submitUntil) problems.submitUntil = 'setUp.needed'
  if (!reviewUntil) problems.reviewUntil = 'setUp.needed'
  if (submitUntil && reviewUntil && reviewUntil <= submitUntil) problems.reviewUntil = 'setUp.order'
  if (!isCount(fields.reviewsPerSubmission)) problems.reviewsPerSubmission = 'setUp.needed'
  if (!isPositive(fields.workMaximum)) problems.workMaximum = 'setUp.needed'
  if (!isPositive(fields.reviewingMaximum)) problems.reviewingMaximum = 'setUp.needed'
  for (const criterion of fields.criteria) {
    const problem = criterionProblem(criterion)
    if (problem) problems[`criterion:${criterion.id}`] = problem
  }
  if (Object.keys(problems).length > 0 || !submitUntil || !reviewUntil) return { problems }
  return {
    setup: {
      title: fields.title.trim(),
      instructions: fields.instructions.trim(),
      submitUntil,
      reviewUntil,
      timeZone: fields.timeZone,
      rubric: { criteria: fields.criteria.map(criterionOf) },
      reviewsPerSubmission: numberOf(fields.reviewsPerSubmission),
      anonymity: fields.anonymity,
      sameCampus: fields.sameCampus,
      workMaximum: numberOf(fields.workMaximum),
      reviewingMaximum: numberOf(fields.reviewingMaximum),
      conflicts: fields.conflicts.map(([first, second]) => [
        PersonId.parse(first.personId),
        PersonId.parse(second.personId),
      ]),
    },
  }
}

function criterionProblem({ title, levels }: CriterionFields): FieldProblem | null {
  if (!title.trim()) return 'setUp.needed'
  const points = levels.map((level) => numberOf(level.points))
  if (levels.some(({ label }, place) => !label.trim() || !(points[place]! >= 0))) return 'rubric.levelNeeded'
  if (new Set(points).size < points.length) return 'rubric.samePoints'
  return points.some((value) => value > 0) ? null : 'rubric.noPoints'
}

const criterionOf = ({ id, title, description, commentRequired, levels }: CriterionFields) => ({
  id,
  title: title.trim(),
  description: description.trim(),
  commentRequired,
  levels: levels.map(({ points, label, descriptor }) => ({
    points: numberOf(points),
    label: label.trim(),
    descriptor: descriptor.trim(),
  })),
})

/** The most points one review of this rubric gives, as far as it is filled in. */
export const mostPoints = (criteria: readonly CriterionFields[]): number =>
  criteria.reduce(
    (sum, { levels }) => sum + Math.max(0, ...levels.map(({ points }) => numberOf(points)).filter(Number.isFinite)),
    0,
  )
