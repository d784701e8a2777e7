import { expect, it } from 'vitest'
import { decideConvening } from './decide-convening.ts'
import { conveningSlug } from './slug.ts'

const details = {
  startsAt: new Date('2027-02-12T15:00:00Z'),
  endsAt: new Date('2027-02-12T22:00:00Z'),
  registrationClosesAt: new Date('2027-02-10T17:00:00Z'),
  place: 'Hillside Hall' as string | null,
  joinUrl: null as string | null,
}

it('accepts a place, an online address or both', () => {
  expect(decideConvening(details).ok).toBe(true)
  expect(decideConvening({ ...details, place: '', joinUrl: 'https://meet.example/1' })).toMatchObject({
    value: { place: null, joinUrl: 'https://meet.example/1' },
  })
})

it.each([
  ['neither place nor online address', { place: '' }, 'convening.place'],
  ['an end at its start', { endsAt: details.startsAt }, 'convening.ends_before_start'],
  ['registration open past its end', { registrationClosesAt: new Date(+details.endsAt + 1) }, 'convening.closes_late'],
])('refuses %s', (_what, change, code) => {
  expect(decideConvening({ ...details, ...change })).toMatchObject({ ok: false, refusal: { code } })
})

it('makes an address of the name that survives accents, signs and length', () => {
  expect(conveningSlug('Encuentro de Primavera: Año 2027', 'k3f9')).toBe('encuentro-de-primavera-ano-2027-k3f9')
  expect(conveningSlug('春の集い', 'k3f9')).toBe('k3f9')
  expect(conveningSlug('x'.repeat(200), 'k3f9')).toHaveLength(53)
})
