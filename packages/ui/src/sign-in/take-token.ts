/** The token of a mailed link follows a `#`, which browsers keep to themselves; taken out of the address as soon as it is read. */
export function takeToken(): string | null {
  const token = window.location.hash.slice(1)
  if (!token) return null
  window.history.replaceState(null, '', window.location.pathname)
  return token
}
