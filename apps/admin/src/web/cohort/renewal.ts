import { Temporal } from 'temporal-polyfill'

type Meeting = Readonly<{
  title: string
  startsAt: Date
  endsAt: Date
  place: string | null
  joinUrl: string | null
}>

/**
 * The meetings of one term for the next: the first begins at `first`, the others follow after as many days as before and
 * at the same hours of the zone, whatever the clocks do in between.
 */
export function shiftMeetings(meetings: readonly Meeting[], first: Date, zone: string): Meeting[] {
  const local = (at: Date) =>
    Temporal.Instant.fromEpochMilliseconds(at.getTime()).toZonedDateTimeISO(zone).toPlainDateTime()
  const start = meetings[0]
  if (!start) return []
  const gap = local(start.startsAt).until(local(first), { largestUnit: 'days' })
  const minutesOf = ({ startsAt, endsAt }: Meeting) => endsAt.getTime() - startsAt.getTime()
  return meetings.map((meeting) => {
    const startsAt = new Date(local(meeting.startsAt).add(gap).toZonedDateTime(zone).epochMilliseconds)
    return { ...meeting, startsAt, endsAt: new Date(startsAt.getTime() + minutesOf(meeting)) }
  })
}
