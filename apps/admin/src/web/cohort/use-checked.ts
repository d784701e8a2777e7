import { useEffect, useState } from 'react'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import type { Route, RouteOutput } from '@copractice/core/kernel'
import { CallFailed, routeKey, useCall, type Given } from '@copractice/ui'

const PAUSE_MS = 350

/** Asks a POST route that saves nothing each time what is given has rested for a moment; the last answer stays meanwhile. */
export function useChecked<R extends Route>(route: R, given: Given<R>, isEnabled = true) {
  const call = useCall()
  const text = JSON.stringify(given)
  const [rested, setRested] = useState(text)
  useEffect(() => {
    const timer = setTimeout(() => setRested(text), PAUSE_MS)
    return () => clearTimeout(timer)
  }, [text])
  return useQuery<RouteOutput<R>, CallFailed<R>>({
    queryKey: [...routeKey(route), rested],
    queryFn: async ({ signal }) => {
      const answer = await call(route, given, signal)
      if (!answer.ok) throw new CallFailed(answer.problem)
      return answer.value
    },
    // Only what stands on screen is asked about: the key is the rested text, what is given is the same by then.
    enabled: isEnabled && rested === text,
    placeholderData: keepPreviousData,
  })
}
