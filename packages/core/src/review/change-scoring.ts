import { ok, refuse, type Refusal, type Result } from '../kernel/result.ts'
import type { ReviewerWeights, ScoreMethod } from './grade-setup.ts'
import type { Round } from './round.ts'

export type ScoringChange = Readonly<{
  method?: ScoreMethod | undefined
  reviewerWeights?: ReviewerWeights | undefined
}>

export type ScoringRefusal =
  | Refusal<'score.model_not_offered', Record<string, never>>
  | Refusal<'score.released', Record<string, never>>

/**
 * May how the scores are worked out change? The mean may be taken again at any time. The model is taken up only where it
 * is offered, and like other weights only until learners of any course see their grades: an instructor takes the grades
 * back first.
 */
export function changeScoring(
  round: Pick<Round, 'method' | 'reviewerWeights'>,
  { method, reviewerWeights }: ScoringChange,
  { offered, released }: Readonly<{ offered: boolean; released: boolean }>,
): Result<true, ScoringRefusal> {
  const weights = round.reviewerWeights
  const takesModel = method === 'model' && round.method !== 'model'
  const weighsAnew =
    reviewerWeights !== undefined &&
    (['agreement', 'completeness', 'helpfulness'] as const).some((part) => reviewerWeights[part] !== weights[part])
  if (released && (takesModel || weighsAnew)) return refuse('score.released', {})
  return takesModel && !offered ? refuse('score.model_not_offered', {}) : ok(true)
}
