import { Temporal } from 'temporal-polyfill'
import type { MeetingPlan } from '@copractice/core/convening/board'

const DAYS = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun']

/**
 * Meetings at a weekly time such as `mon-15`: on the first such day not before `from` and every few weeks after it, at that
 * hour of the cohort's own zone, whatever its clocks do in between.
 */
export function planMeetings(slot: string, timeZone: string, plan: MeetingPlan) {
  const [day = '', hour = ''] = slot.split('-')
  const from = Temporal.PlainDate.from(plan.from)
  const first = from.add({ days: (DAYS.indexOf(day) + 1 - from.dayOfWeek + 7) % 7 })
  return Array.from({ length: plan.count }, (_, at) => {
    const date = first.add({ weeks: at * plan.everyWeeks })
    const starts = date.toZonedDateTime({ timeZone, plainTime: { hour: Number(hour) } }).epochMilliseconds
    return {
      title: plan.title.replace('{number}', String(at + 1)),
      startsAt: new Date(starts),
      endsAt: new Date(starts + plan.minutes * 60_000),
      place: plan.place || null,
      joinUrl: plan.joinUrl,
    }
  })
}

/** Whether a time of a placement names a day and an hour, so that meetings can be planned from it. */
export const isWeeklyTime = (slot: string): boolean => /^(mon|tue|wed|thu|fri|sat|sun)-([01]?\d|2[0-3])$/.test(slot)
