import { describe, expect, it } from 'vitest'
import { InstitutionId, RegionId } from '../kernel/ids.ts'
import type { Grant } from './actor.ts'
import { adminReach, mayAdminister } from './may-administer.ts'

const valleys = RegionId.parse('0b7f1a52-6a0e-4c1a-9a55-0f3a2c9d1e11')
const coast = RegionId.parse('1b7f1a52-6a0e-4c1a-9a55-0f3a2c9d1e11')
const riverside = InstitutionId.parse('2b7f1a52-6a0e-4c1a-9a55-0f3a2c9d1e11')
const hillside = InstitutionId.parse('3b7f1a52-6a0e-4c1a-9a55-0f3a2c9d1e11')
const who = (...grants: Grant[]) => ({ grants })
const networkAdmin = who({ role: 'network_admin' })
const coordinator = who({ role: 'coordinator', regionId: valleys })
const institutionAdmin = who({ role: 'institution_admin', institutionId: riverside })

describe('mayAdminister', () => {
  it.each([
    ['a network admin', 'the network', networkAdmin, { kind: 'network' }, true],
    ['a network admin', 'a partner outside every region', networkAdmin, institution(hillside, null), true],
    ['a coordinator', 'the network', coordinator, { kind: 'network' }, false],
    ['a coordinator', 'their region', coordinator, { kind: 'region', regionId: valleys }, true],
    ['a coordinator', 'another region', coordinator, { kind: 'region', regionId: coast }, false],
    ['a coordinator', 'an institution of their region', coordinator, institution(hillside, valleys), true],
    ['a coordinator', 'an institution of another region', coordinator, institution(hillside, coast), false],
    ['a coordinator', 'an institution outside every region', coordinator, institution(hillside, null), false],
    ['a coordinator', 'a connection of their region', coordinator, connection(hillside, valleys), true],
    ['an institution admin', 'their connections', institutionAdmin, connection(riverside, valleys), true],
    ['an institution admin', 'their own details', institutionAdmin, institution(riverside, valleys), false],
    ['an institution admin', 'another connection', institutionAdmin, connection(hillside, valleys), false],
    ['an institution admin', 'their region', institutionAdmin, { kind: 'region', regionId: valleys }, false],
    ['someone without a grant', 'anything', who(), connection(riverside, valleys), false],
  ] as const)('%s and %s', (_who, _what, actor, subject, expected) => {
    expect(mayAdminister(actor, subject)).toBe(expected)
  })

  function institution(institutionId: InstitutionId, regionId: RegionId | null) {
    return { kind: 'institution', institutionId, regionId } as const
  }
  function connection(institutionId: InstitutionId, regionId: RegionId | null) {
    return { kind: 'connection', institutionId, regionId } as const
  }
})

it('reach adds up several grants, and is nothing without one', () => {
  expect(adminReach(who(...coordinator.grants, ...institutionAdmin.grants))).toEqual({
    regions: [valleys],
    institutions: [riverside],
  })
  expect(adminReach(networkAdmin)).toEqual({ regions: 'all', institutions: [] })
  expect(adminReach(who())).toBeUndefined()
})
