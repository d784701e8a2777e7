import { useDeferredValue, useState } from 'react'

/**
 * What a searched list in pages needs: the text, the cursor to ask for, and how to go on and back. A new search begins
 * at the first page.
 */
export function useList() {
  const [text, setText] = useState('')
  const [cursors, setCursors] = useState<readonly string[]>([])
  const search = useDeferredValue(text.trim())
  const after = cursors.at(-1)
  return {
    text,
    search,
    setText: (value: string) => {
      setText(value)
      setCursors([])
    },
    startAgain: () => setCursors([]),
    query: { limit: 50, ...(search && { search }), ...(after && { after }) },
    page: cursors.length + 1,
    next: (cursor: string) => setCursors([...cursors, cursor]),
    back: () => setCursors(cursors.slice(0, -1)),
  }
}
export type List = ReturnType<typeof useList>
