/** What a rater model has to go by beyond a round's own marks. */
export type ModelGround = 'rounds_pooled' | 'exemplars' | 'checks'

/**
 * Whether the rater model may be offered beside the mean, and on which grounds: several rounds pooled, exemplars with a
 * reference marking, or instructor's checks. On one bare round it can do worse than the mean, so nothing is offered.
 * Offered is not chosen: the mean stays until the instructor decides. Source: domain.md, "Peer review: what is known".
 */
export function offerModel({
  rounds,
  exemplars,
  checks,
}: {
  rounds: number
  exemplars: number
  checks: number
}): Readonly<{ offered: boolean; because: readonly ModelGround[] }> {
  const because: ModelGround[] = []
  if (rounds > 1) because.push('rounds_pooled')
  if (exemplars > 0) because.push('exemplars')
  if (checks > 0) because.push('checks')
  return { offered: because.length > 0, because }
}
