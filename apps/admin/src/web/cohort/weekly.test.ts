import { expect, it } from 'vitest'
import { fromLocalField } from '@copractice/ui'
import { weekly } from './weekly.ts'

it('keeps four o’clock at four o’clock across a change of clocks', () => {
  const zone = 'America/New_York'
  const days = weekly('2027-03-09T16:00', 2)
  expect(days).toEqual(['2027-03-09T16:00', '2027-03-16T16:00'])
  // Clocks go forward on 14 March 2027: an hour less than a week lies between.
  const [before, after] = days.map((day) => fromLocalField(day, zone)!)
  expect(+after! - +before!).toBe((7 * 24 - 1) * 3_600_000)
})

it('counts weeks over the end of a year', () => {
  expect(weekly('2026-12-29T09:30', 3)).toEqual(['2026-12-29T09:30', '2027-01-05T09:30', '2027-01-12T09:30'])
})

it('makes nothing of half a date', () => {
  expect(weekly('2026-12', 6)).toEqual([])
  expect(weekly('', 6)).toEqual([])
})
