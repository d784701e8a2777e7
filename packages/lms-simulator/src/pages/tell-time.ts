/** "2:31:07 pm" in the reader's zone, or this machine's. */
export function clockTime(at: string, timeZone: string | undefined): string {
  const format = new Intl.DateTimeFormat('en-US', {
    hour: 'numeric',
    minute: '2-digit',
    second: '2-digit',
    ...(timeZone === undefined ? {} : { timeZone }),
  })
  return format.format(new Date(at)).toLowerCase()
}

/** "Tuesday, 17 November 2026, 2:31 pm" on this machine's clock. */
export function fullTime(at: string): string {
  const date = new Date(at)
  const day = new Intl.DateTimeFormat('en-GB', { weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' })
  const time = new Intl.DateTimeFormat('en-US', { hour: 'numeric', minute: '2-digit' })
  return `${day.format(date)}, ${time.format(date).toLowerCase()}`
}
