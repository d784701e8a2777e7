import { useEffect, useLayoutEffect, useRef } from 'react'

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

/**
 * For a button that may go while it has the focus: it made room for a form, or what it asked for is done. The heading it stood
 * under has the focus then, or that of the page, unless what came in its place took it. Give the answer to the element. A dialog's
 * buttons go with their dialog, which has its own way back.
 */
export function useHandOn(): (element: Element | null) => void {
  const button = useRef<Element>(null)
  useLayoutEffect(
    () => () => {
      const gone = button.current
      if (gone && gone === document.activeElement && !gone.closest('[role=dialog]'))
        watchFocus(gone, gone.closest('section'))
    },
    [],
  )
  return (element) => {
    // Still asked for when React has let go of it.
    if (element) button.current = element
  }
}

function watchFocus(opener: Element, section: Element | null): void {
  const since = performance.now()
  let isTheirs = false
  let landed: HTMLElement | null = null
  // What is pressed while the dialog still fades is not meant for the page.
  const onPress = () => (isTheirs ||= document.activeElement === opener || document.activeElement === landed)
  const isOnItsWay = (passed: number): boolean => {
    const { activeElement, body } = document
    if (activeElement?.closest('[role=dialog]')) return passed < CLOSING_MS
    if (activeElement === body) {
      landed = headingFor(section)
      landed?.focus({ preventScroll: true })
      // Without one, what comes in the place of all that stood there is still being asked for; and this one may go with it.
      return passed < REFRESHING_MS
    }
    return (activeElement === opener || activeElement === landed) && passed < REFRESHING_MS
  }
  const look = () => {
    if (!isTheirs && isOnItsWay(performance.now() - since)) return void requestAnimationFrame(look)
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
