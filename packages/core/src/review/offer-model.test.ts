import { expect, it } from 'vitest'
import { offerModel } from './offer-model.ts'

it('offers no model on one bare round', () => {
  expect(offerModel({ rounds: 1, exemplars: 0, checks: 0 })).toEqual({ offered: false, because: [] })
})

it.each([
  ['rounds_pooled', { rounds: 2, exemplars: 0, checks: 0 }],
  ['exemplars', { rounds: 1, exemplars: 1, checks: 0 }],
  ['checks', { rounds: 1, exemplars: 0, checks: 1 }],
] as const)('offers the model on the ground of %s', (ground, given) => {
  expect(offerModel(given)).toEqual({ offered: true, because: [ground] })
})
