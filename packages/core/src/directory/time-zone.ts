import * as z from 'zod'

const isKnownZone = (name: string): boolean => {
  try {
    return Intl.DateTimeFormat('en', { timeZone: name }) !== null
  } catch {
    return false
  }
}

/** An IANA time zone such as `America/New_York`. Offsets such as `+05:00` are not zones: they know no summer time. */
export const TimeZone = z
  .string()
  .max(64)
  .refine((name) => /^[A-Z]/i.test(name) && isKnownZone(name), 'is not a time zone we know')
