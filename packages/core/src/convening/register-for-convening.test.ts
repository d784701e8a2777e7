import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  openRegistration,
  placesToGive,
  registerForConvening,
  registrationOffered,
  restoreTo,
  type OpenConvening,
} from './register-for-convening.ts'

const closesAt = new Date('2027-02-10T17:00:00Z')
const open = {
  capacity: 60,
  registered: 10,
  waitlisted: 0,
  status: 'open' as const,
  registrationClosesAt: closesAt,
  endsAt: new Date('2027-02-12T22:00:00Z'),
} satisfies OpenConvening

describe('registerForConvening', () => {
  it('gives a place up to the very moment registration closes', () => {
    expect(registerForConvening(open, closesAt)).toEqual({ ok: true, value: 'registered' })
    expect(registerForConvening(open, new Date(+closesAt + 1))).toMatchObject({
      refusal: { code: 'convening.closed' },
    })
  })
  it.each(['draft', 'closed'] as const)('refuses while the convening is %s', (status) => {
    expect(registerForConvening({ ...open, status }, closesAt)).toMatchObject({ refusal: { code: 'convening.closed' } })
  })
  it('puts the 61st of 60 on the waitlist', () => {
    expect(registrationOffered({ ...open, registered: 59 }, closesAt)).toBe('open')
    expect(registrationOffered({ ...open, registered: 60 }, closesAt)).toBe('waitlist')
  })
  it('does not let a newcomer pass those who wait for a place just freed', () => {
    expect(registrationOffered({ ...open, registered: 59, waitlisted: 1 }, closesAt)).toBe('waitlist')
    expect(registrationOffered({ ...open, registered: 58, waitlisted: 1 }, closesAt)).toBe('open')
  })
  it('never fills up without a capacity', () => {
    expect(registrationOffered({ ...open, capacity: null, registered: 1e6 }, closesAt)).toBe('open')
  })
})

describe('undoing a cancellation', () => {
  it('gives the place back when nobody earlier waits for it', () => {
    expect(restoreTo({ capacity: 60, registered: 59, waitlisted: 3 }, 0)).toBe('registered')
  })
  it('returns someone from the middle of the waitlist to the waitlist', () => {
    expect(restoreTo({ capacity: 60, registered: 59, waitlisted: 3 }, 2)).toBe('waitlisted')
  })
  it('goes to the waitlist when the place was given away', () => {
    expect(restoreTo({ capacity: 60, registered: 60, waitlisted: 2 }, 0)).toBe('waitlisted')
  })
})

it('opens registration until the convening is over', () => {
  expect(openRegistration(open, new Date(+open.endsAt - 1))).toMatchObject({ ok: true })
  expect(openRegistration(open, open.endsAt)).toMatchObject({ refusal: { code: 'convening.over' } })
})

it('never gives out more places than there are, whatever people do', () => {
  const step = fc.constantFrom('come', 'cancel', 'fill' as const)
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 8 }), fc.array(step, { maxLength: 60 }), (capacity, steps) => {
      const now = { ...open, capacity, registered: 0, waitlisted: 0 }
      for (const taken of steps) {
        if (taken === 'cancel' && now.registered) now.registered--
        if (taken === 'come') {
          const given = registerForConvening(now, closesAt)
          if (given.ok) now[given.value]++
        }
        if (taken === 'fill') {
          const given = placesToGive(now)
          now.registered += given
          now.waitlisted -= given
        }
        expect(taken !== 'fill' || now.waitlisted === 0 || now.registered === capacity).toBe(true)
        expect(now.registered).toBeLessThanOrEqual(capacity)
        expect(now.waitlisted).toBeGreaterThanOrEqual(0)
      }
    }),
  )
})
