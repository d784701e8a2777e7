/**
 * This browser's own keeping place. A frame whose storage the browser blocks throws at the first touch, so every
 * access is tried, and a reader without storage simply loses what only storage could give (text across a reload).
 */
export function kept(key: string): unknown {
  try {
    const text = window.localStorage.getItem(key)
    return text === null ? undefined : JSON.parse(text)
  } catch {
    return undefined
  }
}

/** Whether this browser keeps anything for this page. */
export function canKeep(): boolean {
  try {
    window.localStorage.setItem('copractice.try', '')
    window.localStorage.removeItem('copractice.try')
    return true
  } catch {
    return false
  }
}

export function keep(key: string, value: unknown): void {
  try {
    window.localStorage.setItem(key, JSON.stringify(value))
  } catch {
    // Blocked or full: the text stays in memory and goes to the server.
  }
}

export function drop(key: string): void {
  try {
    window.localStorage.removeItem(key)
  } catch {
    // Nothing was kept.
  }
}
