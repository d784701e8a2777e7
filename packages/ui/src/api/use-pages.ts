import {
  keepPreviousData,
  useInfiniteQuery,
  type InfiniteData,
  type UseInfiniteQueryResult,
} from '@tanstack/react-query'
import type { Route, RouteOutput } from '@copractice/core/kernel'
import type { Given } from './create-api.ts'
import { CallFailed, routeKey, useCall } from './use-route.tsx'

type Paged<R extends Route> = RouteOutput<R> & { readonly next: string | null }
export type LoadingPages<R extends Route> = UseInfiniteQueryResult<InfiniteData<RouteOutput<R>>, CallFailed<R>>

/** A list that goes on with "Show more": each page asks for what follows the one before. */
export function usePages<R extends Route>(
  route: R,
  given: Given<R>,
  options: { first?: RouteOutput<R>; everyMs?: number | false; keepPrevious?: boolean } = {},
): LoadingPages<R> {
  const call = useCall()
  return useInfiniteQuery({
    queryKey: [...routeKey(route, given), 'pages'],
    initialPageParam: null as string | null,
    queryFn: async ({ pageParam, signal }) => {
      const query = { ...(given as { query?: object }).query, ...(pageParam !== null && { after: pageParam }) }
      const answer = await call(route, { ...given, query } as Given<R>, signal)
      if (!answer.ok) throw new CallFailed<R>(answer.problem)
      return answer.value
    },
    getNextPageParam: (last) => (last as Paged<R>).next,
    refetchInterval: options.everyMs ?? false,
    ...(options.keepPrevious && { placeholderData: keepPreviousData }),
    ...(options.first !== undefined && { initialData: { pages: [options.first], pageParams: [null] } }),
  })
}
