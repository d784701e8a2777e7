import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { InstitutionId } from '../kernel/ids.ts'
import { dealPlaces, placeFor, type PlacesOfAll } from './places-by-campus.ts'

const campus = (n: number) => InstitutionId.parse(`00000000-0000-4000-8000-00000000000${n}`)
const places = (change: Partial<PlacesOfAll> = {}): PlacesOfAll => ({
  capacity: 10,
  registered: 0,
  waitlisted: 0,
  campuses: [],
  ...change,
})

describe('places by campus', () => {
  it('puts the third of a campus with two places on the waitlist while the room is half empty', () => {
    const full = places({
      registered: 2,
      campuses: [{ institutionId: campus(1), places: 2, registered: 2, waitlisted: 0 }],
    })
    expect(placeFor(full, campus(1))).toBe('waitlisted')
    expect(placeFor(full, campus(2))).toBe('registered')
  })

  it('lets nobody be held back by people of a campus that has had its places', () => {
    const full = places({
      registered: 2,
      waitlisted: 5,
      campuses: [{ institutionId: campus(1), places: 2, registered: 2, waitlisted: 5 }],
    })
    expect(placeFor(full, campus(2))).toBe('registered')
    expect(placeFor({ ...full, waitlisted: 6, capacity: 3 }, campus(2))).toBe('waitlisted')
  })
})

type Person = { campus: number; status: 'registered' | 'waitlisted' | 'cancelled' }

it('never gives more than there is, here or at a campus, and leaves no place free that somebody waits for after a filling', () => {
  const come = fc.record({ act: fc.constant('come' as const), n: fc.integer({ min: 0, max: 2 }) })
  const cancel = fc.record({ act: fc.constant('cancel' as const), n: fc.nat(40) })
  const fill = fc.record({ act: fc.constant('fill' as const), n: fc.constant(0) })
  const caps = fc.array(fc.option(fc.integer({ min: 0, max: 4 })), { minLength: 3, maxLength: 3 })
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 8 }),
      caps,
      fc.array(fc.oneof(come, cancel, fill), { maxLength: 60 }),
      (capacity, most, steps) => {
        const people: Person[] = []
        const count = (status: Person['status'], at?: number) =>
          people.filter((one) => one.status === status && (at === undefined || one.campus === at)).length
        const now = (): PlacesOfAll => ({
          capacity,
          registered: count('registered'),
          waitlisted: count('waitlisted'),
          campuses: most.flatMap((limit, at) =>
            limit === null
              ? []
              : [
                  {
                    institutionId: campus(at),
                    places: limit,
                    registered: count('registered', at),
                    waitlisted: count('waitlisted', at),
                  },
                ],
          ),
        })
        for (const { act, n } of steps) {
          if (act === 'come') people.push({ campus: n, status: placeFor(now(), campus(n)) })
          const held = people.filter(({ status }) => status !== 'cancelled')
          if (act === 'cancel' && held.length) held[n % held.length]!.status = 'cancelled'
          const waiting = people.filter(({ status }) => status === 'waitlisted')
          const given = dealPlaces(
            now(),
            waiting.map((one) => ({ institutionId: campus(one.campus) })),
          )
          if (act === 'fill') waiting.forEach((one, at) => given[at] && (one.status = 'registered'))
          const couldHave = people.filter(
            (one) => one.status === 'waitlisted' && (most[one.campus] ?? Infinity) > count('registered', one.campus),
          )
          expect(act !== 'fill' || couldHave.length === 0 || count('registered') === capacity).toBe(true)
          // Whoever came and got a place passed nobody who could have had it.
          const isGiven = act === 'come' && people.at(-1)!.status === 'registered'
          expect(!isGiven || couldHave.length === 0 || count('registered') < capacity).toBe(true)
          expect(count('registered')).toBeLessThanOrEqual(capacity)
          most.forEach((limit, at) => expect(count('registered', at)).toBeLessThanOrEqual(limit ?? Infinity))
        }
      },
    ),
  )
})
