import { PersonId, type RubricVersionId } from '@copractice/core/kernel'
import {
  datesInOrder,
  FILES_AT_MOST_USUALLY,
  type Advance,
  type Anonymity,
  type ConflictReason,
  type LatePolicy,
  type NamedPerson,
  type RoundDetail,
  type RoundSetup,
  type Rubric,
  type SameCampus,
  type WorkKind,
} from '@copractice/core/review'
import { fromLocalField, toLocalField } from '@copractice/ui'
import {
  criteriaFields,
  criteriaProblems,
  numberOf,
  rubricOf,
  type CriterionFields,
  type CriterionProblem,
} from './criterion-fields.ts'

export type PairFields = Readonly<{
  people: readonly [NamedPerson, NamedPerson]
  reason: ConflictReason
  note: string
}>

/** The set-up as it stands in its form: text where people type, so that half a number is not lost. An empty date: none. */
export type RoundFields = {
  title: string
  instructions: string
  workKinds: readonly WorkKind[]
  filesAtMost: string
  openFrom: string
  submitUntil: string
  reviewUntil: string
  reviseUntil: string
  timeZone: string
  advance: Advance
  late: LatePolicy['kind']
  graceMinutes: string
  percentPerDay: string
  percentAtMost: string
  criteria: CriterionFields[]
  rubricVersionId: RubricVersionId | null
  reviewsPerSubmission: string
  anonymity: Anonymity
  sameCampus: SameCampus
  submitFirst: boolean
  selfAssessment: boolean
  workMaximum: string
  reviewingMaximum: string
  agreement: string
  completeness: string
  helpfulness: string
  conflicts: readonly PairFields[]
}

/** What needs another look: a key of the form's messages for each place. Criteria go by `criterion:ID`. */
export type FieldProblems = Readonly<Record<string, FieldProblem>>
export type FieldProblem =
  | CriterionProblem
  | 'setUp.order'
  | 'setUp.kindNeeded'
  | 'setUp.openOrder'
  | 'setUp.reviseOrder'
  | 'setUp.files'
  | 'setUp.percent'
  | 'setUp.minutes'
  | 'setUp.shares'

const DAY_MS = 86_400_000

/**
 * A new round as most want it: text or files, due in two weeks, reviews a week later, both at the end of the day there;
 * going by its dates; three reviews each, nobody named.
 */
export function newRoundFields(rubric: Rubric, timeZone: string, now: Date): RoundFields {
  const endOfDay = (days: number) =>
    `${toLocalField(new Date(now.getTime() + days * DAY_MS), timeZone).slice(0, 10)}T23:59`
  return {
    title: '',
    instructions: '',
    workKinds: ['text', 'file'],
    filesAtMost: String(FILES_AT_MOST_USUALLY),
    openFrom: '',
    submitUntil: endOfDay(14),
    reviewUntil: endOfDay(21),
    reviseUntil: '',
    timeZone,
    advance: 'by_date',
    late: 'closed',
    graceMinutes: '0',
    percentPerDay: '10',
    percentAtMost: '50',
    criteria: criteriaFields(rubric),
    rubricVersionId: null,
    reviewsPerSubmission: '3',
    anonymity: 'double',
    sameCampus: 'avoid',
    submitFirst: true,
    selfAssessment: false,
    workMaximum: '20',
    reviewingMaximum: '10',
    agreement: '60',
    completeness: '40',
    helpfulness: '0',
    conflicts: [],
  }
}

export function fieldsOfRound(round: RoundDetail): RoundFields {
  const { plan, setup, timeZone } = round
  const { latePolicy, reviewerWeights } = plan
  const local = (date: Date | null) => (date ? toLocalField(date, timeZone) : '')
  const [perDay, atMost] =
    latePolicy.kind === 'deducted' ? [latePolicy.percentPerDay, latePolicy.percentAtMost] : [10, 50]
  return {
    title: round.title,
    instructions: round.instructions,
    workKinds: plan.workKinds,
    filesAtMost: String(plan.filesAtMost),
    openFrom: local(plan.openFrom),
    submitUntil: local(round.submitUntil),
    reviewUntil: local(round.reviewUntil),
    reviseUntil: local(plan.reviseUntil),
    timeZone,
    advance: plan.advance,
    late: latePolicy.kind,
    graceMinutes: String(latePolicy.graceMinutes),
    percentPerDay: String(perDay),
    percentAtMost: String(atMost),
    criteria: criteriaFields(round.rubric),
    rubricVersionId: setup?.rubricSource?.rubricVersionId ?? null,
    reviewsPerSubmission: String(round.reviewsPerSubmission),
    anonymity: round.anonymity,
    sameCampus: setup?.sameCampus ?? 'avoid',
    submitFirst: plan.submitFirst,
    selfAssessment: plan.selfAssessment,
    workMaximum: String(round.workMaximum),
    reviewingMaximum: String(round.reviewingMaximum),
    agreement: String(reviewerWeights.agreement),
    completeness: String(reviewerWeights.completeness),
    helpfulness: String(reviewerWeights.helpfulness),
    conflicts: setup?.conflicts ?? [],
  }
}

const isPositive = (text: string) => numberOf(text) > 0
const isWhole = (text: string, least: number, most: number) =>
  Number.isInteger(numberOf(text)) && numberOf(text) >= least && numberOf(text) <= most
const isPercent = (text: string) => numberOf(text) >= 0 && numberOf(text) <= 100

/** The set-up ready to send, or what needs another look first. */
export function setupOf(fields: RoundFields): { setup: RoundSetup } | { problems: FieldProblems } {
  const dates = datesOf(fields)
  const problems: Record<string, FieldProblem> = { ...dateProblems(dates), ...criteriaProblems(fields.criteria) }
  if (!fields.title.trim()) problems.title = 'setUp.needed'
  if (fields.workKinds.length === 0) problems.workKinds = 'setUp.kindNeeded'
  if (fields.workKinds.includes('file') && !isWhole(fields.filesAtMost, 1, 20)) problems.filesAtMost = 'setUp.files'
  if (!isWhole(fields.reviewsPerSubmission, 1, 10)) problems.reviewsPerSubmission = 'setUp.needed'
  if (!isPositive(fields.workMaximum)) problems.workMaximum = 'setUp.needed'
  if (!isPositive(fields.reviewingMaximum)) problems.reviewingMaximum = 'setUp.needed'
  if (!isWhole(fields.graceMinutes, 0, 1440)) problems.graceMinutes = 'setUp.minutes'
  if (fields.late === 'deducted') {
    if (!isPercent(fields.percentPerDay)) problems.percentPerDay = 'setUp.percent'
    if (!isPercent(fields.percentAtMost)) problems.percentAtMost = 'setUp.percent'
  }
  const shares = [fields.agreement, fields.completeness, fields.helpfulness]
  if (!shares.every((text) => isWhole(text, 0, 100)) || shares.reduce((sum, text) => sum + numberOf(text), 0) !== 100)
    problems.shares = 'setUp.shares'
  const { submitUntil, reviewUntil, openFrom, reviseUntil } = dates
  if (Object.keys(problems).length > 0 || !submitUntil || !reviewUntil) return { problems }
  const [agreement, completeness, helpfulness] = shares.map(numberOf) as [number, number, number]
  return {
    setup: {
      title: fields.title.trim(),
      instructions: fields.instructions.trim(),
      workKinds: [...fields.workKinds],
      filesAtMost: fields.workKinds.includes('file') ? numberOf(fields.filesAtMost) : FILES_AT_MOST_USUALLY,
      openFrom,
      submitUntil,
      reviewUntil,
      reviseUntil,
      timeZone: fields.timeZone,
      advance: fields.advance,
      latePolicy: lateOf(fields),
      rubric: rubricOf(fields.criteria),
      rubricVersionId: fields.rubricVersionId,
      reviewsPerSubmission: numberOf(fields.reviewsPerSubmission),
      anonymity: fields.anonymity,
      sameCampus: fields.sameCampus,
      submitFirst: fields.submitFirst,
      selfAssessment: fields.selfAssessment,
      workMaximum: numberOf(fields.workMaximum),
      reviewingMaximum: numberOf(fields.reviewingMaximum),
      reviewerWeights: { agreement, completeness, helpfulness },
      conflicts: fields.conflicts.map(({ people: [first, second], reason, note }) => ({
        people: [PersonId.parse(first.personId), PersonId.parse(second.personId)],
        reason,
        note: note.trim(),
      })),
    },
  }
}

/** The dates as far as they are filled in; null: none, or not one. */
export function datesOf(fields: RoundFields) {
  const at = (text: string) => fromLocalField(text, fields.timeZone)
  return {
    openFrom: fields.advance === 'by_date' ? at(fields.openFrom) : null,
    submitUntil: at(fields.submitUntil),
    reviewUntil: at(fields.reviewUntil),
    reviseUntil: at(fields.reviseUntil),
  }
}

function dateProblems({ openFrom, submitUntil, reviewUntil, reviseUntil }: ReturnType<typeof datesOf>) {
  const problems: Record<string, FieldProblem> = {}
  const isAfter = (date: Date | null, before: Date | null) =>
    !date || !before || datesInOrder({ submitUntil: before, reviewUntil: date })
  if (!submitUntil) problems.submitUntil = 'setUp.needed'
  if (!reviewUntil) problems.reviewUntil = 'setUp.needed'
  if (!isAfter(submitUntil, openFrom)) problems.openFrom = 'setUp.openOrder'
  if (!isAfter(reviewUntil, submitUntil)) problems.reviewUntil = 'setUp.order'
  if (!isAfter(reviseUntil, reviewUntil)) problems.reviseUntil = 'setUp.reviseOrder'
  return problems
}

function lateOf({ late, ...fields }: RoundFields): LatePolicy {
  const graceMinutes = numberOf(fields.graceMinutes)
  if (late !== 'deducted') return { kind: late, graceMinutes }
  const { percentPerDay, percentAtMost } = fields
  return { kind: late, graceMinutes, percentPerDay: numberOf(percentPerDay), percentAtMost: numberOf(percentAtMost) }
}
