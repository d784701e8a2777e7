import type { BoardBlock, Reason } from '@copractice/core/convening/board'
import type { Violation, WhyUnplaced } from '@copractice/core/convening/placement'
import { nameOf, type Placement } from './load-placement.ts'

type Told = WhyUnplaced | BoardBlock | Violation

/** A reason as the page reads it: cohorts and people by name instead of key, place and id. */
export function tellReason(placement: Placement, { code, facts }: Told): Reason {
  const { cohorts } = placement.board
  const cohortName = (which: string | number) =>
    (typeof which === 'number' ? cohorts[which] : cohorts.find(({ key }) => key === which))?.name ?? ''
  const told = Object.entries(facts as Record<string, string | number | (string | number)[]>).map(([fact, value]) => {
    if (fact === 'cohort') return [fact, cohortName(value as string | number)]
    if (fact === 'cohorts') return [fact, (value as number[]).map(cohortName)]
    if (fact === 'people' && Array.isArray(value)) return [fact, value.map((id) => nameOf(placement, String(id)))]
    return [fact, value]
  })
  return { code, facts: Object.fromEntries(told) as Reason['facts'] }
}
