const HOUR = 3_600_000
const DAYS: Readonly<Record<string, string>> = {
  Mon: 'mon',
  Tue: 'tue',
  Wed: 'wed',
  Thu: 'thu',
  Fri: 'fri',
  Sat: 'sat',
  Sun: 'sun',
}
const formats = new Map<string, Intl.DateTimeFormat>()

/** The hour of the week an instant lies in, by the clocks of a zone: `mon-15`. */
function slotAt(at: Date, timeZone: string): string {
  let format = formats.get(timeZone)
  if (!format) {
    format = new Intl.DateTimeFormat('en', { timeZone, weekday: 'short', hour: 'numeric', hourCycle: 'h23' })
    formats.set(timeZone, format)
  }
  const parts = format.formatToParts(at)
  const of = (type: string) => parts.find((part) => part.type === type)!.value
  return `${DAYS[of('weekday')]}-${of('hour').padStart(2, '0')}`
}

/** The hours of the week that a meeting touches, by the clocks of a zone. One that ends at the full hour leaves the next free. */
export function localSlots(startsAt: Date, endsAt: Date, timeZone: string): string[] {
  const slots = new Set<string>()
  for (let at = startsAt.getTime(); at < endsAt.getTime(); at += HOUR / 4) slots.add(slotAt(new Date(at), timeZone))
  return [...slots]
}
