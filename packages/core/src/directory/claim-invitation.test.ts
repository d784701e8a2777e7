import { describe, expect, it } from 'vitest'
import type { CourseLinkId, RegionId } from '../kernel/ids.ts'
import { ClaimCode } from './claim-contract.ts'
import { decideClaim, mayClaim, type ClaimSide } from './claim-invitation.ts'

const courseLinkId = '6f0e5d1c-8a52-4a39-9b1e-2d3c4b5a6978' as CourseLinkId
const codeOf = (result: ReturnType<typeof mayClaim> | ReturnType<typeof decideClaim>) =>
  result.ok ? 'ok' : result.refusal.code

describe('who may say that an invitation was theirs', () => {
  const regionId = courseLinkId as string as RegionId
  it.each([
    ['a person whom a course sent', {}, courseLinkId, 'ok'],
    ['somebody signed in by mail', {}, null, 'claim.not_launched'],
    ['a test student', { isTest: true }, courseLinkId, 'claim.test_person'],
    ['a visitor without a name', { isAnonymous: true }, courseLinkId, 'claim.test_person'],
    ['a coordinator', { grants: [{ role: 'coordinator' as const, regionId }] }, courseLinkId, 'claim.own_role'],
    ['support', { grants: [{ role: 'support' as const }] }, courseLinkId, 'claim.own_role'],
  ])('%s', (_who, more, link, expected) => {
    expect(codeOf(mayClaim({ actor: { grants: [], ...more }, courseLinkId: link }))).toBe(expected)
  })
})

describe('two proven accounts', () => {
  const canvas = { issuer: 'https://canvas.example', clientId: '1' }
  const moodle = { issuer: 'https://moodle.example', clientId: '1' }
  const side = (more: Partial<ClaimSide> = {}): ClaimSide => ({ roles: 0, lmss: [], ...more })

  it('become one when the other is known by mail alone', () => {
    expect(codeOf(decideClaim({ asker: side({ lmss: [canvas] }), invited: side() }))).toBe('ok')
  })
  it('become one across two LMSs, also where these gave us the same client id', () => {
    expect(codeOf(decideClaim({ asker: side({ lmss: [canvas] }), invited: side({ lmss: [moodle] }) }))).toBe('ok')
    const other = { ...canvas, clientId: '2' }
    expect(codeOf(decideClaim({ asker: side({ lmss: [canvas] }), invited: side({ lmss: [other] }) }))).toBe('ok')
  })
  it('stay two where one LMS knows both', () => {
    const invited = side({ lmss: [moodle, canvas] })
    expect(codeOf(decideClaim({ asker: side({ lmss: [canvas] }), invited }))).toBe('claim.same_lms')
  })
  it('stay two where either holds a role', () => {
    expect(codeOf(decideClaim({ asker: side(), invited: side({ roles: 1 }) }))).toBe('claim.holds_role')
    expect(codeOf(decideClaim({ asker: side({ roles: 1 }), invited: side() }))).toBe('claim.own_role')
  })
})

it('a code is eight digits, spaces between them or not', () => {
  expect(ClaimCode.parse(' 1234 5678')).toBe('12345678')
  expect(ClaimCode.safeParse('1234567').success).toBe(false)
  expect(ClaimCode.safeParse('1234567a').success).toBe(false)
})
