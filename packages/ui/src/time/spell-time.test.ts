import { describe, expect, it } from 'vitest'
import {
  daysBetween,
  fromLocalField,
  isSameClock,
  spellClock,
  spellDate,
  spellRange,
  spellWhole,
  toLocalField,
  zoneName,
} from './spell-time.ts'

const EASTERN = 'America/New_York'
const CENTRAL = 'America/Chicago'
const at = new Date('2026-11-17T21:00:00Z')
const to = (from: string, until: string) => `${from} to ${until}`

describe('a meeting', () => {
  it('is spelt out, day before month, small am and pm', () => {
    expect(spellDate(at, EASTERN, 'en', at)).toBe('Tuesday 17 November')
    expect(spellClock(at, EASTERN, 'en')).toBe('4:00 pm')
  })

  it('is spelt by the rules of the language of an LMS, where that is not the one of our words', () => {
    const spelt = spellWhole(at, new Date(at.getTime() + 90 * 60_000), EASTERN, 'es')
    expect(spelt).toMatch(/^martes, 17 de noviembre de 2026, 16:00.17:30$/)
  })

  it('says the half of the day once when both ends share it', () => {
    const until = (minutes: number) => new Date(at.getTime() + minutes * 60_000)
    expect(spellRange(at, until(90), EASTERN, 'en', to)).toBe('4:00 to 5:30 pm')
    expect(spellRange(until(-300), until(90), EASTERN, 'en', to)).toBe('11:00 am to 5:30 pm')
  })

  it('names the year only when it is another one', () => {
    expect(spellDate(new Date('2027-01-15T17:00:00Z'), EASTERN, 'en', at)).toBe('Friday 15 January 2027')
  })

  it('names its zone as people do', () => {
    expect(zoneName(EASTERN, 'en', at)).toBe('Eastern')
    expect(zoneName('Europe/Amsterdam', 'en', at)).toBe('Central European')
  })
})

describe('two zones', () => {
  it('need one line when their clocks agree then, two when they do not', () => {
    expect(isSameClock(at, EASTERN, 'America/Toronto')).toBe(true)
    expect(isSameClock(at, EASTERN, CENTRAL)).toBe(false)
  })

  it('count days in the reader’s own calendar', () => {
    const lateEvening = new Date('2026-11-18T03:30:00Z')
    expect(daysBetween(at, lateEvening, EASTERN)).toBe(0)
    expect(daysBetween(at, lateEvening, 'Europe/Amsterdam')).toBe(1)
  })
})

describe('a date field', () => {
  it('means the clock of its zone, on both sides of a change to winter time', () => {
    expect(fromLocalField('2026-10-31T23:59', EASTERN)?.toISOString()).toBe('2026-11-01T03:59:00.000Z')
    expect(fromLocalField('2026-11-20T23:59', EASTERN)?.toISOString()).toBe('2026-11-21T04:59:00.000Z')
  })

  it('comes back as it was written', () => {
    const text = '2026-11-20T23:59'
    expect(toLocalField(fromLocalField(text, CENTRAL)!, CENTRAL)).toBe(text)
  })

  it('is nothing while half filled', () => {
    expect(fromLocalField('', EASTERN)).toBeNull()
    expect(fromLocalField('2026-11-', EASTERN)).toBeNull()
  })
})
