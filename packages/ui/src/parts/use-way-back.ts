import { useEffect } from 'react'

/** Longer than a dialog takes to fade. */
const CLOSING_MS = 2000
/** Longer than what was sent takes to change the page. */
const REFRESHING_MS = 10_000

/**
 * Where whoever works by keyboard goes on after a dialog: it gives the focus back to what opened it, and where that is gone by
 * then or goes a moment later (what was asked for is done), the heading it stood under has it, or that of the page. From the next key
 * or press on, the focus is theirs.
 */
export function useWayBack(isOpen: boolean): void {
  useEffect(() => {
    const { activeElement: opener, body } = document
    if (!isOpen || !opener || opener === body) return undefined
    const section = opener.closest('section')
    return () => watchFocus(opener, section)
  }, [isOpen])
}

function watchFocus(opener: Element, section: Element | null): void {
  const since = performance.now()
  let isTheirs = false
  // What is pressed while the dialog still fades is not meant for the page.
  const onPress = () => (isTheirs ||= document.activeElement === opener)
  const look = () => {
    const { activeElement, body } = document
    const passed = performance.now() - since
    const isOnItsWay =
      activeElement === opener ? passed < REFRESHING_MS : activeElement?.closest('[role=dialog]') && passed < CLOSING_MS
    if (isOnItsWay && !isTheirs) return void requestAnimationFrame(look)
    if (activeElement === body && !isTheirs) headingFor(section)?.focus({ preventScroll: true })
    removeEventListener('keydown', onPress, true)
    removeEventListener('pointerdown', onPress, true)
  }
  addEventListener('keydown', onPress, true)
  addEventListener('pointerdown', onPress, true)
  requestAnimationFrame(look)
}

function headingFor(section: Element | null): HTMLElement | null {
  const near = section?.isConnected ? section.querySelector<HTMLElement>('h2, h3, h4') : null
  const heading = near ?? document.querySelector<HTMLElement>('h1')
  if (heading) heading.tabIndex = -1
  return heading
}
