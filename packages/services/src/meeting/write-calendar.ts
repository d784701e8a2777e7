import ical from 'ical-generator'
import { Temporal } from 'temporal-polyfill'
import type { MeetingSeen } from '@copractice/core/meeting'

type Event = Readonly<{ id: string }> &
  Pick<MeetingSeen, 'title' | 'startsAt' | 'endsAt' | 'timeZone' | 'place' | 'joinUrl' | 'bring'>
/** `url`: where to read more, when the event has no address to join. */
export type CalendarEvent = Event & Readonly<{ url?: string; description?: string }>

/** One event in the zone it was set in, with that zone's own rules beside it (RFC 5545, 3.6.5). */
export const writeCalendar = (meeting: Event, now: Date): string => writeEvents([meeting], { now })

/** Events to save or to subscribe to, each in the zone it was set in; `name` is what a calendar shows for all of them. */
export function writeEvents(
  events: readonly CalendarEvent[],
  { name, now }: Readonly<{ name?: string; now: Date }>,
): string {
  const startsIn = Map.groupBy(
    events.map((event) => zonedStart(event)),
    ({ timeZoneId }) => timeZoneId,
  )
  const calendar = ical({
    ...(name && { name, ttl: 3600 }),
    prodId: { company: 'Copractice', product: 'space' },
    // The calendar itself has no zone: with one, DTSTAMP would be written without its Z.
    timezone: { name: null, generator: (zone) => writeTimeZone(startsIn.get(zone) ?? []) },
  })
  for (const event of events) {
    const about = [event.bring && `Bring: ${event.bring}`, event.description].filter(Boolean).join('\n\n')
    const url = event.joinUrl ?? event.url
    calendar.createEvent({
      id: `${event.id}@copractice`,
      stamp: Temporal.Instant.fromEpochMilliseconds(now.getTime()),
      start: zonedStart(event),
      end: Temporal.Instant.fromEpochMilliseconds(event.endsAt.getTime()).toZonedDateTimeISO(event.timeZone),
      timezone: event.timeZone,
      summary: event.title,
      location: [event.place, event.joinUrl].filter(Boolean).join(', '),
      ...(about ? { description: about } : {}),
      ...(url ? { url } : {}),
    })
  }
  return `${calendar.toString()}\r\n`
}

const zonedStart = ({ startsAt, timeZone }: Event) =>
  Temporal.Instant.fromEpochMilliseconds(startsAt.getTime()).toZonedDateTimeISO(timeZone)

const local = (at: Temporal.PlainDateTime) => at.toString({ smallestUnit: 'second' }).replaceAll(/[-:]/g, '')
const offset = (text: string) => text.replace(':', '')

/** The zone as far as these events need it: the change of clocks before each and the one after it. */
function writeTimeZone(starts: readonly Temporal.ZonedDateTime[]): string | null {
  const [start] = starts
  if (!start) return null
  const around = starts
    .flatMap((one) => [one.getTimeZoneTransition('previous'), one.getTimeZoneTransition('next')])
    .filter((change) => change !== null)
  const changes = [...new Map(around.map((change) => [change.epochMilliseconds, change])).values()]
  changes.sort((one, other) => one.epochMilliseconds - other.epochMilliseconds)
  const observances = changes.length
    ? changes.map(observance)
    : [observanceLines('STANDARD', '19700101T000000', start.offset, start.offset)]
  return ['BEGIN:VTIMEZONE', `TZID:${start.timeZoneId}`, ...observances.flat(), 'END:VTIMEZONE'].join('\r\n')
}

/** Clocks that go forward begin daylight time. The moment is told in the time that ends (RFC 5545). */
function observance(change: Temporal.ZonedDateTime): string[] {
  const before = change.subtract({ nanoseconds: 1 })
  const kind = change.offsetNanoseconds > before.offsetNanoseconds ? 'DAYLIGHT' : 'STANDARD'
  const onset = before.toPlainDateTime().add({ nanoseconds: 1 })
  return observanceLines(kind, local(onset), before.offset, change.offset)
}

const observanceLines = (kind: string, onset: string, from: string, to: string): string[] => [
  `BEGIN:${kind}`,
  `DTSTART:${onset}`,
  `TZOFFSETFROM:${offset(from)}`,
  `TZOFFSETTO:${offset(to)}`,
  `END:${kind}`,
]
