import { useEffect } from 'react'

/** Longer than a dialog takes to fade. */
const CLOSING_MS = 2000

/**
 * Where whoever works by keyboard goes on after a dialog: it gives the focus back to what opened it, and where that is gone by
 * then (what was asked for is done), the heading it stood under has it, or that of the page.
 */
export function useWayBack(isOpen: boolean): void {
  useEffect(() => {
    const { activeElement: opener, body } = document
    if (!isOpen || !opener || opener === body) return undefined
    const section = opener.closest('section')
    return () => {
      const since = performance.now()
      const look = () => {
        const { activeElement } = document
        if (activeElement === body) headingFor(section)?.focus({ preventScroll: true })
        else if (activeElement?.closest('[role=dialog]') && performance.now() - since < CLOSING_MS)
          requestAnimationFrame(look)
      }
      requestAnimationFrame(look)
    }
  }, [isOpen])
}

function headingFor(section: Element | null): HTMLElement | null {
  const near = section?.isConnected ? section.querySelector<HTMLElement>('h2, h3, h4') : null
  const heading = near ?? document.querySelector<HTMLElement>('h1')
  if (heading) heading.tabIndex = -1
  return heading
}
