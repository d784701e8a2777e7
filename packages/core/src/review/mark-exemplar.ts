import { ok, refuse, type Refusal, type Result } from '../kernel/result.ts'
import { wrongPhase, type WrongPhase } from './change-phase.ts'
import { markReview } from './aggregate-marks.ts'
import type { Phase } from './contract.ts'
import { highestPoints, type Mark, type Rubric } from './rubric.ts'
import { fitsRubric, unmarkedIn, type Named, type UnfitMark } from './write-review.ts'

export type MarkExemplarRefusal =
  | WrongPhase
  | UnfitMark
  | Refusal<'review.already_filed', Readonly<{ filedAt: Date }>>
  | Refusal<'review.marks_missing', Readonly<{ criteria: readonly Named[] }>>

type Situation = Readonly<{ phase: Phase; rubric: Rubric; filedAt: Date | null }>

/** May this marking be kept, and with `files` be sent? From when the round is open until it is closed, and once. */
export function markExemplar(
  { phase, rubric, filedAt }: Situation,
  marks: readonly Mark[],
  files: boolean,
): Result<true, MarkExemplarRefusal> {
  if (filedAt) return refuse('review.already_filed', { filedAt })
  if (phase !== 'submit' && phase !== 'review') return wrongPhase(phase, 'review')
  const fits = fitsRubric(rubric, marks)
  if (!fits.ok) return fits
  const unmarked = files ? unmarkedIn(rubric, marks) : []
  return unmarked.length > 0 ? refuse('review.marks_missing', { criteria: unmarked }) : ok(true)
}

/** May this be the reference? Every criterion marked with points of the rubric. */
export function fitReference(
  rubric: Rubric,
  marks: readonly Mark[],
): Result<true, UnfitMark | Refusal<'review.marks_missing', Readonly<{ criteria: readonly Named[] }>>> {
  const fits = fitsRubric(rubric, marks)
  if (!fits.ok) return fits
  const unmarked = unmarkedIn(rubric, marks)
  return unmarked.length > 0 ? refuse('review.marks_missing', { criteria: unmarked }) : ok(true)
}

/** One criterion marked twice. `difference` is own minus reference, in points. */
export type ComparedCriterion = Readonly<{
  criterionId: string
  own: number
  reference: number
  of: number
  difference: number
}>
export type ComparedMarking = Readonly<{
  criteria: readonly ComparedCriterion[]
  /** In percent of the rubric's points, by the rubric's weights. */
  own: number
  reference: number
}>

/** A reviewer's marking of an exemplar beside the instructor's. A criterion without a mark counts 0, as everywhere. */
export function compareMarking(rubric: Rubric, own: readonly Mark[], reference: readonly Mark[]): ComparedMarking {
  const pointsIn = (marks: readonly Mark[], id: string) =>
    marks.find(({ criterionId }) => criterionId === id)?.points ?? 0
  return {
    criteria: rubric.criteria.map((criterion) => {
      const [mine, theirs] = [pointsIn(own, criterion.id), pointsIn(reference, criterion.id)]
      return {
        criterionId: criterion.id,
        own: mine,
        reference: theirs,
        of: highestPoints(criterion),
        difference: mine - theirs,
      }
    }),
    own: markReview(rubric, own).percent,
    reference: markReview(rubric, reference).percent,
  }
}
