const spellers = new Map<string, Intl.DateTimeFormat>()

/** The day an instant falls on in a zone, as `YYYY-MM-DD`. */
export function localDay(at: Date, timeZone: string): string {
  let speller = spellers.get(timeZone)
  if (!speller) {
    const parts = { year: 'numeric', month: '2-digit', day: '2-digit' } as const
    speller = new Intl.DateTimeFormat('en-CA', { timeZone, calendar: 'iso8601', numberingSystem: 'latn', ...parts })
    spellers.set(timeZone, speller)
  }
  const part = Object.fromEntries(speller.formatToParts(at).map(({ type, value }) => [type, value]))
  return `${part['year']!.padStart(4, '0')}-${part['month']!}-${part['day']!}`
}
