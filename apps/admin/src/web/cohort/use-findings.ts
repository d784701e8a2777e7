import { useEffect, useState } from 'react'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { checkCohortDraft, type CohortDraft } from '@copractice/core/cohort'
import type { RouteOutput } from '@copractice/core/kernel'
import { CallFailed, routeKey, useCall } from '@copractice/ui'

export type Checked = RouteOutput<typeof checkCohortDraft>
export type Check = Readonly<{
  checked: Checked | undefined
  problem: CallFailed<typeof checkCohortDraft>['problem'] | undefined
}>

const PAUSE_MS = 350

/** Asks the rules about the draft each time it has rested for a moment; what they said last stays until they answer. */
export function useFindings(draft: CohortDraft): Check {
  const call = useCall()
  const text = JSON.stringify(draft)
  const [rested, setRested] = useState(text)
  useEffect(() => {
    const timer = setTimeout(() => setRested(text), PAUSE_MS)
    return () => clearTimeout(timer)
  }, [text])
  const query = useQuery<Checked, CallFailed<typeof checkCohortDraft>>({
    queryKey: [...routeKey(checkCohortDraft), rested],
    queryFn: async ({ signal }) => {
      const answer = await call(checkCohortDraft, { body: draft }, signal)
      if (!answer.ok) throw new CallFailed(answer.problem)
      return answer.value
    },
    // Only what stands on screen is asked about: the key is the rested text, the draft is the same by then.
    enabled: rested === text && draft.regionId !== '',
    placeholderData: keepPreviousData,
  })
  return { checked: query.data, problem: query.error?.problem }
}
