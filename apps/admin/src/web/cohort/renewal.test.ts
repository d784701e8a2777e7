import { expect, it } from 'vitest'
import { shiftMeetings } from './renewal.ts'

const zone = 'America/New_York'
const meeting = (startsAt: string, minutes = 90) => ({
  title: startsAt,
  startsAt: new Date(startsAt),
  endsAt: new Date(Date.parse(startsAt) + minutes * 60_000),
  place: 'Hall',
  joinUrl: null,
})

it('keeps the distances in days and the hour of the clock across a change of clocks', () => {
  const fall = [meeting('2026-09-08T19:00:00Z'), meeting('2026-09-22T19:00:00Z', 60), meeting('2026-10-06T19:00:00Z')]
  const spring = shiftMeetings(fall, new Date('2027-03-02T20:00:00Z'), zone)
  expect(spring.map(({ startsAt }) => startsAt.toISOString())).toEqual([
    '2027-03-02T20:00:00.000Z',
    '2027-03-16T19:00:00.000Z',
    '2027-03-30T19:00:00.000Z',
  ])
  expect(spring.map(({ startsAt, endsAt }) => (+endsAt - +startsAt) / 60_000)).toEqual([90, 60, 90])
})

it('moves all to another hour with the first', () => {
  const [, second] = shiftMeetings(
    [meeting('2026-09-08T19:00:00Z'), meeting('2026-09-15T19:00:00Z')],
    new Date('2026-10-01T14:30:00Z'),
    zone,
  )
  expect(second!.startsAt.toISOString()).toBe('2026-10-08T14:30:00.000Z')
})

it('has nothing to shift where there is no meeting', () => {
  expect(shiftMeetings([], new Date(), zone)).toEqual([])
})
