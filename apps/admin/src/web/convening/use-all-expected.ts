import { useQuery } from '@tanstack/react-query'
import { listExpected, type Expected } from '@copractice/core/convening'
import type { ConveningId, ConveningSessionId, RouteOutput } from '@copractice/core/kernel'
import { CallFailed, routeKey, useCall, type Loading } from '@copractice/ui'

/** More than any room holds. */
const PAGES = 20
const EVERY_MS = 30_000

/**
 * Everybody expected at the desk, kept in this page's memory so that names can be found without a connection, and asked
 * again as others check people in.
 */
export function useAllExpected(
  conveningId: ConveningId,
  { sessionId, everyone }: Readonly<{ sessionId: ConveningSessionId | null; everyone: boolean }>,
): Loading<typeof listExpected> {
  const call = useCall()
  const query = { ...(sessionId && { sessionId, ...(everyone && { everyone: 'yes' as const }) }) }
  return useQuery<RouteOutput<typeof listExpected>, CallFailed<typeof listExpected>>({
    queryKey: [...routeKey(listExpected, { params: { conveningId }, query }), 'all'],
    queryFn: async ({ signal }) => {
      const people: Expected[] = []
      let after: string | undefined
      for (let page = 0; page < PAGES; page++) {
        const asked = { ...query, ...(after && { after }) }
        const answer = await call(listExpected, { params: { conveningId }, query: asked }, signal)
        if (!answer.ok) throw new CallFailed<typeof listExpected>(answer.problem)
        people.push(...answer.value.items)
        if (!answer.value.next) break
        after = answer.value.next
      }
      return { items: people, next: null }
    },
    refetchInterval: EVERY_MS,
  })
}
