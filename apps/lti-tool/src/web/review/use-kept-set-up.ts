import { useCallback, useState } from 'react'
import { drop, keep, kept } from '@copractice/ui'
import { useSeen } from '../directory/session-provider.tsx'
import type { RoundFields } from './round-fields.ts'

/**
 * The set-up of a round that is not saved yet, kept in this browser for this person and cohort, so that a reload loses
 * nothing. `isBack`: it is what was typed on an earlier visit. `begun` counts how often it was begun anew.
 */
export function useKeptSetUp(blank: () => RoundFields) {
  const { person, cohort } = useSeen()
  const key = `copractice.draft:${person.id}:new-round:${cohort?.id ?? ''}`
  const [{ fields, isBack, begun }, setState] = useState(() => {
    const before = kept(key) as Partial<RoundFields> | undefined
    return { fields: { ...blank(), ...before }, isBack: before !== undefined, begun: 0 }
  })
  return {
    fields,
    isBack,
    begun,
    keep: useCallback((typed: RoundFields) => keep(key, typed), [key]),
    drop: () => drop(key),
    beginAnew: () => {
      drop(key)
      setState({ fields: blank(), isBack: false, begun: begun + 1 })
    },
  }
}
