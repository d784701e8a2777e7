/**
 * Tells the page around us how tall we are, so that the LMS shows no second scroll bar (Canvas listens for
 * `lti.frameResize`). The message holds a number and nothing else, so any parent may read it. Returns what stops it.
 */
export function sendFrameHeight(win: Window & typeof globalThis = window): () => void {
  if (win.parent === win || !('ResizeObserver' in win)) return () => undefined
  let told = 0
  const observer = new win.ResizeObserver(() => {
    const height = Math.ceil(win.document.body.getBoundingClientRect().height)
    if (Math.abs(height - told) < 2) return
    told = height
    win.parent.postMessage({ subject: 'lti.frameResize', height }, '*')
  })
  observer.observe(win.document.body)
  return () => observer.disconnect()
}

export const isFramed = (win: Window = window): boolean => win.parent !== win
