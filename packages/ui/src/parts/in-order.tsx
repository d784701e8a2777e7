import { useLayoutEffect, useRef, type ReactNode } from 'react'

/** A part that shows grey lines, at its top or in parts of its own: what comes after it waits (see loading.css). */
const WAITING = '.lines, :has(> .lines, .in-order > .lines)'

/**
 * Parts that are shown from the top on, each once all above it has come, so that nothing moves under anybody's hand. What was shown
 * stays, also where a part comes in above it later.
 */
export function InOrder({ className, children }: { className?: string; children: ReactNode }) {
  const parts = useRef<HTMLDivElement>(null)
  useLayoutEffect(() => {
    const { current } = parts
    if (!current) return undefined
    const look = () => {
      for (const part of current.children) {
        part.setAttribute('data-shown', '')
        if (part.matches(WAITING)) return
      }
    }
    look()
    const observer = new MutationObserver(look)
    observer.observe(current, { childList: true, subtree: true })
    return () => observer.disconnect()
  }, [])
  return (
    <div ref={parts} className={className ? `${className} in-order` : 'in-order'}>
      {children}
    </div>
  )
}
