import { PolicyLimits } from '@copractice/core/programme'
import { useWords } from './say.ts'

export type LimitName = keyof PolicyLimits
export const LIMITS = Object.keys(PolicyLimits.shape) as LimitName[]

/** The value of one limit, of any version, in words. */
export function useSpellLimit(): (limit: LimitName, value: unknown) => string {
  const say = useWords()
  return (limit, value) => {
    const known = PolicyLimits.shape[limit].safeParse(value)
    if (!known.success) return String(value)
    const of = { [limit]: known.data } as Partial<PolicyLimits>
    if (of.eligibleAffiliations) return of.eligibleAffiliations.map((kind) => say(`affiliation.${kind}`)).join(', ')
    if (of.conveningTerms) {
      const spelt = of.conveningTerms.map(({ term, begins }) =>
        say('term.begins', { term: say(`term.${term}`), day: begins }),
      )
      return spelt.join(', ') || say('none')
    }
    if (of.commitment) return say('minutesOver', of.commitment)
    if (of.strengths) {
      const held = Object.entries(of.strengths) as [keyof PolicyLimits['strengths'], 'block' | 'warn'][]
      const spelt = held.map(([rule, how]) =>
        say('strength.is', { rule: say(`rule.${rule}`), strength: say(`strength.${how}`) }),
      )
      return spelt.join('; ') || say('none')
    }
    return typeof known.data === 'number' ? String(known.data) : say('none')
  }
}
