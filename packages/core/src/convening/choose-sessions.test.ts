import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { ConveningSessionId } from '../kernel/ids.ts'
import { chooseSessions, sessionPlacesToGive, type SessionPlaces } from './choose-sessions.ts'
import { decideSession } from './decide-session.ts'
import { minutesAttended } from './minutes-attended.ts'

const id = (n: number) => ConveningSessionId.parse(`00000000-0000-4000-8000-00000000000${n}`)
const at = (time: string) => new Date(`2027-02-12T${time}:00Z`)
const session = (n: number, [from, until]: [string, string], change: Partial<SessionPlaces> = {}): SessionPlaces => ({
  id: id(n),
  title: `Session ${n}`,
  startsAt: at(from),
  endsAt: at(until),
  capacity: null,
  chosen: 0,
  waitlisted: 0,
  ...change,
})

describe('choosing sessions', () => {
  const sessions = [
    session(1, ['15:00', '16:00'], { capacity: 1, chosen: 1 }),
    session(2, ['15:30', '16:30']),
    session(3, ['16:30', '17:00'], { capacity: 2, chosen: 1, waitlisted: 1 }),
  ]
  it('gives a place, or lets wait where it is full or somebody waits already', () => {
    expect(chooseSessions(sessions, { wanted: [id(2), id(3)], held: [], hasPlace: true })).toEqual({
      ok: true,
      value: [
        { sessionId: id(2), status: 'chosen' },
        { sessionId: id(3), status: 'waitlisted' },
      ],
    })
  })
  it('keeps what somebody holds although it is full by now', () => {
    const held = [{ sessionId: id(1), status: 'chosen' as const }]
    expect(chooseSessions(sessions, { wanted: [id(1)], held, hasPlace: true })).toMatchObject({ value: held })
  })
  it('gives none to whoever waits for a place in the convening', () => {
    expect(chooseSessions(sessions, { wanted: [id(2)], held: [], hasPlace: false })).toMatchObject({
      value: [{ status: 'waitlisted' }],
    })
  })
  it('refuses two at the same time, and takes one that begins as the other ends', () => {
    expect(chooseSessions(sessions, { wanted: [id(2), id(1)], held: [], hasPlace: true })).toMatchObject({
      refusal: { code: 'session.overlap', facts: { first: 'Session 1', second: 'Session 2' } },
    })
  })
  it('refuses a session that is not there', () => {
    expect(chooseSessions(sessions, { wanted: [id(9)], held: [], hasPlace: true })).toMatchObject({
      refusal: { code: 'session.unknown' },
    })
  })
})

it('never gives out more places in a session than it has, whatever people choose, drop and fill', () => {
  type Choice = { person: number; status: 'chosen' | 'waitlisted' }
  const step = fc.record({ act: fc.constantFrom('choose', 'drop', 'fill'), person: fc.nat(12) })
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 5 }), fc.array(step, { maxLength: 60 }), (capacity, steps) => {
      let choices: Choice[] = []
      const count = (status: Choice['status']) => choices.filter((one) => one.status === status).length
      const now = () =>
        session(1, ['15:00', '16:00'], { capacity, chosen: count('chosen'), waitlisted: count('waitlisted') })
      for (const { act, person } of steps) {
        if (act === 'choose' && !choices.some((one) => one.person === person)) {
          const chosen = chooseSessions([now()], { wanted: [id(1)], held: [], hasPlace: true })
          if (chosen.ok) choices.push({ person, status: chosen.value[0]!.status })
        }
        if (act === 'drop') choices = choices.filter((one) => one.person !== person)
        if (act === 'fill') {
          for (let given = sessionPlacesToGive(now()); given > 0; given--) {
            choices.find(({ status }) => status === 'waitlisted')!.status = 'chosen'
          }
        }
        expect(act !== 'fill' || count('waitlisted') === 0 || count('chosen') === capacity).toBe(true)
        expect(count('chosen')).toBeLessThanOrEqual(capacity)
        const firstWaits = choices.findIndex(({ status }) => status === 'waitlisted')
        const passed = firstWaits >= 0 && choices.slice(firstWaits).some(({ status }) => status === 'chosen')
        expect(passed).toBe(false)
      }
    }),
  )
})

describe('a session', () => {
  const plan = {
    startsAt: at('15:00'),
    endsAt: at('16:00'),
    place: 'Room 1' as string | null,
    joinUrl: null as string | null,
  }
  const around = { startsAt: at('14:00'), endsAt: at('22:00'), timeZone: 'America/New_York', window: null }
  it('lies within the convening, up to its very ends', () => {
    expect(decideSession({ ...plan, startsAt: at('14:00'), endsAt: at('22:00') }, around).ok).toBe(true)
  })
  it.each([
    ['that begins before it', { startsAt: at('13:59') }, 'session.outside'],
    ['that ends after it', { endsAt: at('22:01') }, 'session.outside'],
    ['that ends at its start', { endsAt: plan.startsAt }, 'session.times'],
    ['that is nowhere', { place: '' }, 'session.place'],
  ])('is refused %s', (_what, change, code) => {
    expect(decideSession({ ...plan, ...change }, around)).toMatchObject({ refusal: { code } })
  })
  it('is refused while the convening has no dates', () => {
    expect(decideSession(plan, { ...around, startsAt: null, endsAt: null })).toMatchObject({
      refusal: { code: 'session.outside' },
    })
  })
  it('keeps to the days of its series (convening.window)', () => {
    const window = { from: '05-14', until: '08-13' }
    expect(decideSession(plan, { ...around, window })).toMatchObject({ refusal: { code: 'convening.window' } })
  })
})

it('counts minutes that two sessions share once', () => {
  const span = (from: string, until: string) => ({ startsAt: at(from), endsAt: at(until) })
  expect(minutesAttended([])).toBe(0)
  expect(minutesAttended([span('16:00', '17:30'), span('15:00', '16:30'), span('18:00', '18:10')])).toBe(160)
})
