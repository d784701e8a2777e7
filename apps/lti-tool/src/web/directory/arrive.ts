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

/** Gives up the part that was asked for before. */
let stop = () => {}

/**
 * Brings a part into view, that which the address names after `#` where none is named, once the page has it: what it shows comes later
 * than the page. What is in view already is left to the browser.
 */
export function goToPart(id = decodeURIComponent(location.hash.slice(1))): void {
  stop()
  // It may be there and still wait for what stands above it.
  const find = () => {
    const part = document.getElementById(id)
    return part?.getClientRects().length ? part : null
  }
  if (!id || find()) return
  const arrive = () => {
    const part = find()
    if (!part) return
    stop()
    part.scrollIntoView()
    part.tabIndex = -1
    part.focus({ preventScroll: true })
  }
  const observer = new MutationObserver(arrive)
  const timer = setTimeout(() => stop(), LOOKED_FOR_MS)
  stop = () => {
    observer.disconnect()
    clearTimeout(timer)
  }
  observer.observe(document.body, { childList: true, subtree: true })
}
