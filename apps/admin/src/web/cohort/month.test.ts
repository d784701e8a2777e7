import { describe, expect, it } from 'vitest'
import { addMonths, byDay, dayAfterKey, dayOf, startOfDay, weeksOf } from './month.ts'

describe('a month', () => {
  it('is whole weeks from a Monday on', () => {
    const weeks = weeksOf('2027-02-14')
    expect([weeks.length, weeks[0]![0], weeks.at(-1)!.at(-1)]).toEqual([4, '2027-02-01', '2027-02-28'])
    expect(weeksOf('2027-05-31')).toHaveLength(6)
  })

  it('keeps to days that the next month has', () => {
    expect(addMonths('2027-01-31', 1)).toBe('2027-02-28')
  })
})

it.each([
  ['ArrowRight', '2027-03-01'],
  ['ArrowUp', '2027-02-21'],
  ['Home', '2027-02-22'],
  ['End', '2027-02-28'],
  ['PageDown', '2027-03-28'],
  ['Enter', undefined],
])('%s leads to %s', (key, day) => {
  expect(dayAfterKey('2027-02-28', key)).toBe(day)
})

it('a day is the reader’s, also where its clocks change', () => {
  expect(dayOf(new Date('2027-03-14T04:30:00Z'), 'America/New_York')).toBe('2027-03-13')
  const [from, until] = ['2027-03-14', '2027-03-15'].map((day) => startOfDay(day, 'America/New_York'))
  expect((+until! - +from!) / 3_600_000).toBe(23)
  const deadline = { kind: 'deadline' as const, at: new Date('2027-03-14T04:30:00Z'), cohorts: [], more: 0 }
  expect([...byDay([deadline], 'America/New_York').keys()]).toEqual(['2027-03-13'])
})
