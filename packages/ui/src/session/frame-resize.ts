/** Both edges together, in CSS pixels; a larger difference has another cause. */
const WIDEST_BORDER = 8

/**
 * Fits the page into a frame: tells the page around us how tall we are, so that the LMS shows no second scroll bar
 * (Canvas listens for `lti.frameResize`), and keeps track of which part of a tall frame the reader sees. The message
 * holds a number and nothing else, so any parent may read it. Returns what stops it.
 */
export function fitFrame(win: Window & typeof globalThis = window): () => void {
  if (!isFramed(win) || !('ResizeObserver' in win)) return () => undefined
  win.document.documentElement.dataset.framed = 'yes'
  let told = 0
  let border = 0
  const tell = () => {
    const height = Math.ceil(win.document.body.getBoundingClientRect().height) + border
    if (Math.abs(height - told) < 2) return
    told = height
    win.parent.postMessage({ subject: 'lti.frameResize', height }, '*')
  }
  const observer = new win.ResizeObserver(tell)
  // A border that the LMS draws around the frame is taken off what it gave: asked for as well, once it is known.
  const onResize = () => {
    const missing = told - border - win.innerHeight
    if (missing < 1 || missing > WIDEST_BORDER) return
    border = Math.max(border, missing)
    told = 0
    tell()
  }
  win.addEventListener('resize', onResize)
  observer.observe(win.document.body)
  const forget = followView(win)
  return () => {
    observer.disconnect()
    win.removeEventListener('resize', onResize)
    forget()
  }
}

export const isFramed = (win: Window = window): boolean => win.parent !== win

/**
 * A frame as tall as its content has no bottom edge in sight: what is fixed to it would be far away. As the pointer, the wheel or the
 * keyboard is at work, the part in sight is measured against the browser's window and given to the stylesheet, for messages and
 * dialogs. Not when a pointer goes down: what moves then would come between it and what is pressed.
 */
function followView(win: Window & typeof globalThis): () => void {
  const root = win.document.documentElement
  let isMeasuring = false
  const measure = () => {
    // A dialog that is open stays where it is.
    if (isMeasuring || win.document.querySelector('[role="dialog"]')) return
    isMeasuring = true
    const observer = new win.IntersectionObserver(([entry]) => {
      isMeasuring = false
      observer.disconnect()
      if (!entry || entry.intersectionRect.height === 0) return
      root.style.setProperty('--co-view-top', `${entry.intersectionRect.top}px`)
      root.style.setProperty('--co-view-height', `${entry.intersectionRect.height}px`)
    })
    observer.observe(root)
  }
  const events = ['pointermove', 'wheel', 'pointerup', 'keydown', 'focusin'] as const
  for (const event of events) win.addEventListener(event, measure, { capture: true, passive: true })
  return () => {
    for (const event of events) win.removeEventListener(event, measure, { capture: true })
  }
}
