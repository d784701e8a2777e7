const LOOKED_FOR_MS = 8000

/** The page a launch opens, as the server wrote it beside the session; read before the session is taken out of the page. */
export function startAddress(doc: Document = document): string {
  try {
    const written = JSON.parse(doc.getElementById('session')?.textContent ?? '{}') as { startAt?: unknown }
    const { startAt } = written
    return typeof startAt === 'string' && /^\/(?!\/)/.test(startAt) ? startAt : '/'
  } catch {
    return '/'
  }
}

/** Brings the part that the address names after `#` into view once the page has it: what it shows comes later than the page. */
export function goToPart(win: Window & typeof globalThis = window): void {
  const id = decodeURIComponent(win.location.hash.slice(1))
  if (!id) return
  const arrive = () => {
    const part = win.document.getElementById(id)
    // It may be there and still wait for what stands above it.
    if (!part?.getClientRects().length) return
    stop()
    part.scrollIntoView()
    part.tabIndex = -1
    part.focus({ preventScroll: true })
  }
  const observer = new win.MutationObserver(arrive)
  const timer = win.setTimeout(() => stop(), LOOKED_FOR_MS)
  const stop = () => {
    observer.disconnect()
    win.clearTimeout(timer)
  }
  observer.observe(win.document.body, { childList: true, subtree: true })
}
