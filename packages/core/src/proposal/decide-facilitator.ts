import { ok, refuse } from '../kernel/result.ts'

export const FACILITATOR_STATUSES = ['applied', 'in_pool', 'resting', 'declined'] as const
export type FacilitatorStatus = (typeof FACILITATOR_STATUSES)[number]

/** What becomes of an application that is sent (again): who is in the pool or rests stays so, a declined one waits anew. */
export const statusAfterApplying = (before: FacilitatorStatus | undefined): FacilitatorStatus =>
  before === 'in_pool' || before === 'resting' ? before : 'applied'

/** Only what waits is decided; a no needs its reason. */
export function decideFacilitator(status: FacilitatorStatus, verdict: 'in_pool' | 'declined', reason: string) {
  if (status !== 'applied') return refuse('facilitator.not_waiting', { status })
  if (verdict === 'declined' && !reason) return refuse('facilitator.needs_reason', {})
  return ok(verdict)
}

/** Resting is the facilitator's own act, and only of who is in the pool; ending it leads back there. */
export function decideRest(status: FacilitatorStatus, rests: boolean) {
  if (status !== 'in_pool' && status !== 'resting') return refuse('facilitator.not_in_pool', { status })
  return ok(rests ? ('resting' as const) : ('in_pool' as const))
}

type Answers = Readonly<{ facilitatorAnswer: 'yes' | 'no' | null; hostsAnswer: 'yes' | 'no' | null }>
type Offer = Answers & Readonly<{ status: 'offered' | 'agreed' | 'declined' | 'withdrawn' }>

/** Both sides consent, or there is no pairing: one no ends it, two yes agree it. Refuses what is over or agreed already. */
export function answerPairing(offer: Offer, as: 'facilitator' | 'hosts', answer: 'yes' | 'no') {
  if (offer.status !== 'offered') return refuse('pairing.closed', { status: offer.status })
  const answers: Answers = {
    facilitatorAnswer: as === 'facilitator' ? answer : offer.facilitatorAnswer,
    hostsAnswer: as === 'hosts' ? answer : offer.hostsAnswer,
  }
  const said = [answers.facilitatorAnswer, answers.hostsAnswer]
  const status: Offer['status'] = said.includes('no')
    ? 'declined'
    : said.every((one) => one === 'yes')
      ? 'agreed'
      : 'offered'
  return ok({ ...answers, status })
}

/** An offer that waits, or was agreed, can be taken back. */
export const withdrawPairing = ({ status }: Pick<Offer, 'status'>) =>
  status === 'offered' || status === 'agreed' ? ok(null) : refuse('pairing.closed', { status })
