import ical from 'ical-generator'
import { Temporal } from 'temporal-polyfill'
import type { MeetingSeen } from '@copractice/core/meeting'

type Event = Pick<MeetingSeen, 'id' | 'title' | 'startsAt' | 'endsAt' | 'timeZone' | 'place' | 'joinUrl' | 'bring'>

/** One event in the zone it was set in, with that zone's own rules beside it (RFC 5545, 3.6.5). */
export function writeCalendar(meeting: Event, now: Date): string {
  const at = (date: Date) => Temporal.Instant.fromEpochMilliseconds(date.getTime()).toZonedDateTimeISO(meeting.timeZone)
  const start = at(meeting.startsAt)
  const calendar = ical({
    prodId: { company: 'Copractice', product: 'space' },
    // The calendar itself has no zone: with one, DTSTAMP would be written without its Z.
    timezone: { name: null, generator: (zone) => (zone === meeting.timeZone ? writeTimeZone(start) : null) },
  })
  calendar.createEvent({
    id: `${meeting.id}@copractice`,
    stamp: Temporal.Instant.fromEpochMilliseconds(now.getTime()),
    start,
    end: at(meeting.endsAt),
    timezone: meeting.timeZone,
    summary: meeting.title,
    location: [meeting.place, meeting.joinUrl].filter(Boolean).join(', '),
    ...(meeting.bring ? { description: `Bring: ${meeting.bring}` } : {}),
    ...(meeting.joinUrl ? { url: meeting.joinUrl } : {}),
  })
  return `${calendar.toString()}\r\n`
}

const local = (at: Temporal.PlainDateTime) => at.toString({ smallestUnit: 'second' }).replaceAll(/[-:]/g, '')
const offset = (text: string) => text.replace(':', '')

/** The zone as far as this event needs it: the change of clocks before it and the one after it. */
function writeTimeZone(start: Temporal.ZonedDateTime): string {
  const changes = [start.getTimeZoneTransition('previous'), start.getTimeZoneTransition('next')].filter(
    (change) => change !== null,
  )
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
