import { useEffect } from 'react'
import { listInstitutions, type InstitutionListed } from '@copractice/core/directory'
import { usePages, type CallProblem } from '@copractice/ui'

/**
 * The institutions in the reader's reach to choose among, page after page until all have come; undefined before the first.
 * `problem`: why some of them have not come, for a notice beside the choice with `retry`.
 */
export function useEveryInstitution(): Readonly<{
  institutions: readonly InstitutionListed[] | undefined
  problem: CallProblem<typeof listInstitutions> | undefined
  retry: () => void
}> {
  const { data, error, isFetching, isError, fetchNextPage, refetch } = usePages(listInstitutions, {
    query: { limit: 100 },
  })
  const last = data?.pages.at(-1)
  useEffect(() => {
    if (last?.next && !isFetching && !isError) void fetchNextPage()
  }, [last, isFetching, isError, fetchNextPage])
  return {
    institutions: data?.pages.flatMap(({ items }) => items),
    // Asking again for what is all there may fail without a word.
    problem: last?.next === null ? undefined : error?.problem,
    retry: () => void refetch(),
  }
}
