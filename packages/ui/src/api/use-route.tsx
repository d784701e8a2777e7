import { createContext, use, type ReactNode } from 'react'
import {
  keepPreviousData,
  QueryClient,
  QueryClientProvider,
  useMutation,
  useQuery,
  useQueryClient,
  type UseMutationResult,
  type UseQueryResult,
} from '@tanstack/react-query'
import type { Route, RouteOutput } from '@copractice/core/kernel'
import type { Call, CallProblem, Given } from './create-api.ts'

/** A failed call as TanStack Query wants it: thrown, with the problem inside. */
export class CallFailed<R extends Route = Route> extends Error {
  readonly problem: CallProblem<R>
  constructor(problem: CallProblem<R>) {
    super(problem.code)
    this.problem = problem
  }
}

const CallContext = createContext<Call | null>(null)

/** A lost connection and a fault are worth asking again; a refusal is an answer. */
const worthRetrying = (count: number, error: unknown) =>
  count < 2 && error instanceof CallFailed && ['offline', 'fault'].includes(error.problem.code)

export function createQueryClient(): QueryClient {
  return new QueryClient({
    defaultOptions: { queries: { staleTime: 2000, retry: worthRetrying, networkMode: 'always' } },
  })
}

export function ApiProvider({ call, client, children }: { call: Call; client: QueryClient; children: ReactNode }) {
  return (
    <CallContext value={call}>
      <QueryClientProvider client={client}>{children}</QueryClientProvider>
    </CallContext>
  )
}

export function useCall(): Call {
  const call = use(CallContext)
  if (!call) throw new Error('useCall needs an ApiProvider above it')
  return call
}

/** The cache key of a route: without `given`, every answer of that route, for invalidation. */
export function routeKey(route: Route, given?: { params?: unknown; query?: unknown }): readonly unknown[] {
  const key = [route.method, route.path]
  return given ? [...key, { params: given.params ?? {}, query: given.query ?? {} }] : key
}

export type Loading<R extends Route> = UseQueryResult<RouteOutput<R>, CallFailed<R>>

/**
 * Reads a GET route and keeps it in the cache. `everyMs` asks again at that pace while the page is looked at. `forgets`: it is gone with
 * the page that shows it, as for what is written there and saved as one types: coming back, one reads what was saved last.
 */
export function useRoute<R extends Route>(
  route: R,
  given: Given<R>,
  options: { enabled?: boolean; everyMs?: number | false; keepPrevious?: boolean; forgets?: boolean } = {},
): Loading<R> {
  const call = useCall()
  return useQuery<RouteOutput<R>, CallFailed<R>>({
    queryKey: routeKey(route, given),
    queryFn: async ({ signal }) => {
      const answer = await call(route, given, signal)
      if (!answer.ok) throw new CallFailed(answer.problem)
      return answer.value
    },
    enabled: options.enabled ?? true,
    refetchInterval: options.everyMs ?? false,
    ...(options.forgets && { gcTime: 0 }),
    ...(options.keepPrevious && { placeholderData: keepPreviousData }),
  })
}

export type Sending<R extends Route> = UseMutationResult<RouteOutput<R>, CallFailed<R>, Given<R>>

/**
 * Sends to a route that changes something, then makes the answers of `refreshes` be asked again; it counts as under way
 * until they have come. Those of pages not on screen are forgotten, so that the next page never shows how things were before.
 * `onDone` comes first, and also when the refreshed page no longer holds the sender: use it rather
 * than the callbacks of `mutate`, which are lost then.
 */
export function useSend<R extends Route>(
  route: R,
  options: { refreshes?: readonly Route[]; onDone?: (value: RouteOutput<R>, given: Given<R>) => void } = {},
): Sending<R> {
  const call = useCall()
  const client = useQueryClient()
  return useMutation<RouteOutput<R>, CallFailed<R>, Given<R>>({
    networkMode: 'always',
    mutationFn: async (given) => {
      const answer = await call(route, given)
      if (!answer.ok) throw new CallFailed(answer.problem)
      return answer.value
    },
    onSuccess: async (value, given) => {
      const keys = (options.refreshes ?? []).map((other) => ({ queryKey: routeKey(other) }))
      for (const key of keys) client.removeQueries({ ...key, type: 'inactive' })
      options.onDone?.(value, given)
      await Promise.all(keys.map((key) => client.invalidateQueries(key)))
    },
  })
}
