import type { RefusalCode } from '@copractice/core/kernel'
import type {
  answerPairing,
  applyToFacilitate,
  decideFacilitator,
  offerPairing,
  PairingReason,
  restFromFacilitating,
  showProposalPairing,
  WhyNot,
  withdrawPairing,
} from '@copractice/core/proposal'
import { refusalsOf, wordsOf } from '@copractice/ui'
import messages from './pairing.en.json' with { type: 'json' }

type Code = RefusalCode<
  | typeof answerPairing
  | typeof applyToFacilitate
  | typeof decideFacilitator
  | typeof offerPairing
  | typeof restFromFacilitating
  | typeof showProposalPairing
  | typeof withdrawPairing
>

export const usePairingWords = wordsOf('pairing', messages)
export const usePairingRefusals = refusalsOf<Code>('pairing', messages)

/** What speaks for a pair, in words. */
export function useReason(): (reason: PairingReason) => string {
  const say = usePairingWords()
  return (reason) => {
    switch (reason.code) {
      case 'pairing.facilitator_wish':
      case 'pairing.host_wish':
        return say(`reason.${reason.code}.${reason.facts.wish}`)
      case 'pairing.zone':
        return reason.facts.hours === 0 ? say('reason.pairing.zone.same') : say('reason.pairing.zone', reason.facts)
      case 'pairing.language':
        return say('reason.pairing.language', { languages: reason.facts.languages.join(', ') })
      case 'pairing.area':
      case 'pairing.availability':
        return say(`reason.${reason.code}`, reason.facts)
      case 'pairing.other_campus':
        return say('reason.pairing.other_campus')
    }
  }
}

/** What stands against a pair, in words; `names` for the ids in its facts. */
export function useWhyNot(names: Readonly<Record<string, string>>): (why: WhyNot) => string {
  const say = usePairingWords()
  const list = (ids: readonly string[]) => ids.map((id) => names[id] ?? '?').join(', ')
  return (why) => {
    switch (why.code) {
      case 'pairing.facilitator_taken':
        return say('not.pairing.facilitator_taken', { names: list(why.facts.proposalIds) })
      case 'pairing.proposal_taken':
      case 'pairing.campus_taken':
        return say(`not.${why.code}`, { names: list(why.facts.facilitatorIds) })
      case 'pairing.no_language':
        return say('not.pairing.no_language', {
          theirs: why.facts.theirs.join(', '),
          needed: why.facts.needed.join(', '),
        })
      case 'pairing.no_time':
        return say('not.pairing.no_time', why.facts)
      default:
        return say(`not.${why.code}`)
    }
  }
}
