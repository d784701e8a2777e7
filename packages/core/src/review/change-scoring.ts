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
 * May how the scores are worked out change? Until learners of any course see their grades: nothing they were told moves
 * under them; an instructor takes the grades back first. The model is chosen only where it is offered; the mean always is.
 */
export function changeScoring(
  round: Pick<Round, 'method' | 'reviewerWeights'>,
  { method, reviewerWeights }: ScoringChange,
  { offered, released }: Readonly<{ offered: boolean; released: boolean }>,
): Result<true, ScoringRefusal> {
  const weights = round.reviewerWeights
  const moves =
    (method !== undefined && method !== round.method) ||
    (reviewerWeights !== undefined &&
      (['agreement', 'completeness', 'helpfulness'] as const).some((part) => reviewerWeights[part] !== weights[part]))
  if (!moves) return ok(true)
  if (released) return refuse('score.released', {})
  if (method === 'model' && round.method !== 'model' && !offered) return refuse('score.model_not_offered', {})
  return ok(true)
}
