import { describe, expect, it } from 'vitest'
import { InstitutionId } from '../kernel/ids.ts'
import { placeFor } from './places-by-campus.ts'
import {
  openRegistration,
  registerForConvening,
  registrationOffered,
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
  const somewhere = InstitutionId.parse('00000000-0000-4000-8000-000000000001')
  const restoreTo = (places: Readonly<{ registered: number }>, waitingEarlier: number) =>
    placeFor({ capacity: 60, ...places, waitlisted: waitingEarlier, campuses: [] }, somewhere)
  it('gives the place back when nobody earlier waits for it', () => {
    expect(restoreTo({ registered: 59 }, 0)).toBe('registered')
  })
  it('returns someone from the middle of the waitlist to the waitlist', () => {
    expect(restoreTo({ registered: 59 }, 2)).toBe('waitlisted')
  })
  it('goes to the waitlist when the place was given away', () => {
    expect(restoreTo({ registered: 60 }, 0)).toBe('waitlisted')
  })
})
it('opens registration once there are dates, until the convening is over', () => {
  expect(openRegistration({ endsAt: null }, closesAt)).toMatchObject({ refusal: { code: 'convening.no_dates' } })
  expect(openRegistration(open, new Date(+open.endsAt - 1))).toMatchObject({ ok: true })
  expect(openRegistration(open, open.endsAt)).toMatchObject({ refusal: { code: 'convening.over' } })
})
