import type { UseInfiniteQueryResult } from '@tanstack/react-query'
import { useUiWords } from '../words/create-i18n.ts'
import { ActionButton } from './action-button.tsx'

type Pages = Pick<UseInfiniteQueryResult, 'hasNextPage' | 'isFetchingNextPage' | 'fetchNextPage'>

/** The button below a list that goes on (`usePages`), in words of its own or in ours; gone once the last page has come. */
export function ShowMore({ of: pages, children }: { of: Pages; children?: string }) {
  const say = useUiWords()
  if (!pages.hasNextPage) return null
  return (
    <ActionButton weight="quiet" isBusy={pages.isFetchingNextPage} onClick={() => void pages.fetchNextPage()}>
      {children ?? say('showMore')}
    </ActionButton>
  )
}
