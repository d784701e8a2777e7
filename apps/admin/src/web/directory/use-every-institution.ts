import { useEffect } from 'react'
import { listInstitutions, type InstitutionListed } from '@copractice/core/directory'
import { usePages } from '@copractice/ui'

/** The institutions in the reader's reach to choose among, page after page until all have come; undefined before the first. */
export function useEveryInstitution(): readonly InstitutionListed[] | undefined {
  const { data, isFetching, isError, fetchNextPage } = usePages(listInstitutions, { query: { limit: 100 } })
  const last = data?.pages.at(-1)
  useEffect(() => {
    if (last?.next && !isFetching && !isError) void fetchNextPage()
  }, [last, isFetching, isError, fetchNextPage])
  return data?.pages.flatMap(({ items }) => items)
}
