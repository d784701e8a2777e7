import { expect, it } from 'vitest'
import { InstitutionId, RegionId } from '../kernel/ids.ts'
import type { Grant } from './actor.ts'
import { adminReach, mayAdminister } from './may-administer.ts'
import { mayGrant, type RoleGiven } from './may-grant.ts'

const valleys = RegionId.parse('0b7f1a52-6a0e-4c1a-9a55-0f3a2c9d1e11')
const coast = RegionId.parse('1b7f1a52-6a0e-4c1a-9a55-0f3a2c9d1e11')
const riverside = InstitutionId.parse('2b7f1a52-6a0e-4c1a-9a55-0f3a2c9d1e11')
const hillside = InstitutionId.parse('3b7f1a52-6a0e-4c1a-9a55-0f3a2c9d1e11')
const WHO: Record<string, Grant[]> = {
  admin: [{ role: 'network_admin' }],
  coordinator: [{ role: 'coordinator', regionId: valleys }],
  campus: [{ role: 'institution_admin', institutionId: riverside }],
  support: [{ role: 'support' }],
  nobody: [],
}
const WHAT: Record<string, RoleGiven> = {
  network_admin: { role: 'network_admin' },
  support: { role: 'support' },
  'coordinator here': { role: 'coordinator', regionId: valleys },
  'coordinator elsewhere': { role: 'coordinator', regionId: coast },
  'this campus': { role: 'institution_admin', institutionId: riverside, regionId: valleys },
  'a campus of the region': { role: 'institution_admin', institutionId: hillside, regionId: valleys },
  'a campus elsewhere': { role: 'institution_admin', institutionId: hillside, regionId: coast },
}

it.each([
  ['admin', Object.keys(WHAT)],
  ['coordinator', ['coordinator here', 'this campus', 'a campus of the region']],
  ['campus', ['this campus']],
  ['support', []],
  ['nobody', []],
])('%s gives within their reach alone: %j', (who, may) => {
  const given = Object.keys(WHAT).filter((what) => mayGrant({ grants: WHO[who]! }, WHAT[what]!))
  expect(given).toEqual(may)
})

it('support reads everything of the network and changes nothing', () => {
  const support = { grants: WHO['support']! }
  expect(adminReach(support)).toEqual({ regions: 'all', institutions: [] })
  expect(mayAdminister(support, { kind: 'network' })).toBe(false)
  const both = { grants: [...WHO['support']!, ...WHO['coordinator']!] }
  expect(mayAdminister(both, { kind: 'region', regionId: valleys })).toBe(true)
  expect(mayAdminister(both, { kind: 'region', regionId: coast })).toBe(false)
})
