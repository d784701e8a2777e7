import type { Phase } from './contract.ts'

export type RoundStep = Readonly<{
  step: 'set_up' | 'submit' | 'review' | 'closed' | 'revise'
  state: 'done' | 'now' | 'ahead'
  /** Until when; null where no date ends it. */
  until: Date | null
}>
type Round = Readonly<{ phase: Phase; submitUntil: Date; reviewUntil: Date; reviseUntil: Date | null }>
const ORDER: readonly Phase[] = ['draft', 'submit', 'review', 'closed']

/**
 * Where a round stands, for its phase strip; exactly one step is `now`. Those who take part do not set up, and once it is
 * closed they read; while revising lasts that is what is now for them, beside an instructor's checking.
 */
export function roundSteps(round: Round, viewer: 'instructor' | 'other', now: Date): RoundStep[] {
  const { phase, submitUntil, reviewUntil, reviseUntil } = round
  const at = ORDER.indexOf(phase)
  const untils = [null, submitUntil, reviewUntil, null]
  const names = ['set_up', 'submit', 'review', 'closed'] as const
  const steps: RoundStep[] = names.map((step, place) => ({
    step,
    state: place < at ? 'done' : place === at ? 'now' : 'ahead',
    until: untils[place]!,
  }))
  if (reviseUntil) steps.push({ step: 'revise', state: 'ahead', until: reviseUntil })
  const seen = viewer === 'instructor' ? steps : steps.slice(1)
  if (phase !== 'closed' || !reviseUntil) return seen
  const isRevising = now <= reviseUntil
  return seen.map((one) => {
    if (one.step === 'revise')
      return { ...one, state: !isRevising ? 'done' : viewer === 'instructor' ? 'ahead' : 'now' }
    return one.step === 'closed' && viewer === 'other' && isRevising ? { ...one, state: 'done' } : one
  })
}
