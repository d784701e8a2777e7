import { useEffect, useState, type RefObject } from 'react'
import { passageAt, type TextPassage } from '@copractice/core/review'

/** The words selected in a text by pointer or touch, as a passage of it; null while nothing of it is. `top` is in pixels within the text. */
export function useSelectedPassage(
  text: RefObject<HTMLElement | null>,
  body: string,
): { passage: TextPassage; top: number } | null {
  const [selected, setSelected] = useState<{ passage: TextPassage; top: number } | null>(null)
  useEffect(() => {
    const read = () => {
      const selection = document.getSelection()
      const around = text.current
      if (!selection || selection.isCollapsed || selection.rangeCount === 0 || !around) return setSelected(null)
      const range = selection.getRangeAt(0)
      const start = offsetOf(around, range.startContainer, range.startOffset)
      const end = offsetOf(around, range.endContainer, range.endOffset)
      const passage = start === null || end === null ? null : passageAt(body, { start, end })
      if (!passage) return setSelected(null)
      const top = range.getBoundingClientRect().bottom - around.getBoundingClientRect().top
      setSelected({ passage, top })
    }
    document.addEventListener('selectionchange', read)
    return () => document.removeEventListener('selectionchange', read)
  }, [text, body])
  return selected
}

/** Where in the body a place of the page is: in or after the nearest words before it. Null outside the text. */
function offsetOf(around: HTMLElement, node: Node, offset: number): number | null {
  if (!around.contains(node)) return null
  const words = node.parentElement?.closest<HTMLElement>('[data-at]')
  if (node.nodeType === Node.TEXT_NODE && words) return Number(words.dataset.at) + offset
  const place = document.createRange()
  place.setStart(node, offset)
  const before = [...around.querySelectorAll<HTMLElement>('[data-at]')].findLast(
    (run) => place.comparePoint(run, 0) < 0,
  )
  return before ? Number(before.dataset.at) + (before.textContent?.length ?? 0) : 0
}
