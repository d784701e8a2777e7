import ical, { ICalEventTransparency } from 'ical-generator'
import { Temporal } from 'temporal-polyfill'
import type { SeasonEntry } from '@copractice/core/meeting'

type Entry = SeasonEntry & Readonly<{ joinUrl?: string | null }>

const at = (date: Date) => Temporal.Instant.fromEpochMilliseconds(date.getTime())

/** A region's season as one iCalendar (RFC 5545), all times in UTC: its events stand in many zones. */
export function writeSeason(entries: readonly Entry[], now: Date): string {
  const calendar = ical({
    prodId: { company: 'Copractice', product: 'season' },
    name: 'Copractice season',
    ttl: 60 * 60,
  })
  const stamp = at(now)
  for (const entry of entries) {
    if (entry.kind === 'deadline') {
      const names = entry.cohorts.map(({ name }) => name).join(', ')
      calendar.createEvent({
        id: `deadline-${entry.at.getTime()}-${entry.cohorts[0]?.id ?? ''}@copractice`,
        stamp,
        start: at(entry.at),
        end: at(entry.at),
        // A deadline takes nobody's time.
        transparency: ICalEventTransparency.TRANSPARENT,
        summary: `Submission deadline: ${names}${entry.more ? ` and ${entry.more} more` : ''}`,
      })
      continue
    }
    const isMeeting = entry.kind === 'meeting'
    calendar.createEvent({
      id: `${entry.id}@copractice`,
      stamp,
      start: at(entry.startsAt),
      end: at(entry.endsAt),
      summary: isMeeting ? `${entry.cohort.name}: ${entry.title}` : entry.title,
      location: isMeeting ? [entry.place, entry.joinUrl].filter(Boolean).join(', ') : '',
    })
  }
  return `${calendar.toString()}\r\n`
}
