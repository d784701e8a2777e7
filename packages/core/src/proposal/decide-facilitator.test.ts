import { describe, expect, it } from 'vitest'
import {
  answerPairing,
  decideFacilitator,
  decideRest,
  statusAfterApplying,
  withdrawPairing,
} from './decide-facilitator.ts'

describe('an application', () => {
  it('that was declined waits again when it is sent again; who is in the pool stays', () => {
    expect(
      [undefined, 'applied', 'declined', 'in_pool', 'resting'].map((one) => statusAfterApplying(one as never)),
    ).toEqual(['applied', 'applied', 'applied', 'in_pool', 'resting'])
  })

  it('is decided once, and a no has its reason', () => {
    expect(decideFacilitator('applied', 'in_pool', '')).toMatchObject({ value: 'in_pool' })
    expect(decideFacilitator('applied', 'declined', '')).toMatchObject({
      refusal: { code: 'facilitator.needs_reason' },
    })
    expect(decideFacilitator('in_pool', 'declined', 'x')).toMatchObject({
      refusal: { code: 'facilitator.not_waiting' },
    })
  })

  it('rests only where it is in the pool', () => {
    expect(decideRest('in_pool', true)).toMatchObject({ value: 'resting' })
    expect(decideRest('resting', false)).toMatchObject({ value: 'in_pool' })
    expect(decideRest('applied', true)).toMatchObject({ refusal: { code: 'facilitator.not_in_pool' } })
  })
})

describe('consent', () => {
  const open = { status: 'offered', facilitatorAnswer: null, hostsAnswer: null } as const

  it('is both sides’ yes, in either order; one no ends it', () => {
    expect(answerPairing(open, 'facilitator', 'yes')).toMatchObject({ value: { status: 'offered' } })
    expect(answerPairing({ ...open, facilitatorAnswer: 'yes' }, 'hosts', 'yes')).toMatchObject({
      value: { status: 'agreed' },
    })
    expect(answerPairing({ ...open, hostsAnswer: 'yes' }, 'facilitator', 'yes')).toMatchObject({
      value: { status: 'agreed' },
    })
    expect(answerPairing({ ...open, hostsAnswer: 'yes' }, 'facilitator', 'no')).toMatchObject({
      value: { status: 'declined' },
    })
  })

  it('of one side alone, said twice, agrees nothing', () => {
    expect(answerPairing({ ...open, hostsAnswer: 'yes' }, 'hosts', 'yes')).toMatchObject({
      value: { status: 'offered' },
    })
  })

  it('is not given to what is over; what is agreed can be taken back, what was declined not', () => {
    expect(answerPairing({ ...open, status: 'declined' }, 'hosts', 'yes')).toMatchObject({
      refusal: { code: 'pairing.closed' },
    })
    expect(withdrawPairing({ status: 'agreed' }).ok).toBe(true)
    expect(withdrawPairing({ status: 'declined' }).ok).toBe(false)
  })
})
