import { useEffect, useId, useRef, type ReactNode } from 'react'

/**
 * The h1 of a page; it also names the document. When a reader moves to a page inside the app, focus goes to it, so
 * that assistive technology says where they are.
 */
export function PageTitle(props: {
  children: string
  /** After the page's own name in the document title, e.g. the space's name. */
  within?: string
  className?: string
  id?: string
}) {
  const { children, within, className, id } = props
  const heading = useRef<HTMLHeadingElement>(null)
  useEffect(() => {
    document.title = [children, within].filter(Boolean).join(', ')
  }, [children, within])
  useEffect(() => {
    if (document.documentElement.dataset.moved) heading.current?.focus({ preventScroll: true })
  }, [])
  return (
    <h1 ref={heading} tabIndex={-1} className={className} id={id}>
      {children}
    </h1>
  )
}

/**
 * Call when the address has changed inside the app: scrolls up and lets the next PageTitle take focus. A frame as tall as
 * its content scrolls with the page around it, which Canvas does when asked; the message says nothing else.
 */
export function pageMoved(): void {
  document.documentElement.dataset.moved = 'yes'
  window.scrollTo(0, 0)
  if (window.parent !== window) window.parent.postMessage({ subject: 'lti.scrollToTop' }, '*')
}

/** A titled part of a page, as a landmark of its own. Lines and space set it apart; `isCard` is for what one picks up. */
export function Section(props: {
  title: string
  aside?: ReactNode
  isCard?: boolean
  level?: 2 | 3
  id?: string
  children: ReactNode
}) {
  const { title, aside, isCard = false, level = 2, id, children } = props
  const headingId = useId()
  const Title = `h${level}` as const
  return (
    <section aria-labelledby={headingId} className={isCard ? 'card' : undefined} id={id}>
      <div className="sec-head">
        <Title id={headingId}>{title}</Title>
        {aside}
      </div>
      {children}
    </section>
  )
}

export const Card = (props: Omit<Parameters<typeof Section>[0], 'isCard'>) => <Section {...props} isCard />
