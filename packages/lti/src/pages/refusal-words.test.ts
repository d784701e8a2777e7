import { expect, it } from 'vitest'
import { LAUNCH_REFUSALS, REGISTRATION_REFUSALS } from '@copractice/core/connection'
import type { RefusalCode } from '../launch/refused.ts'
import { refusalPage } from './refusal-page.ts'
import { REFUSAL_WORDS } from './refusal-words.ts'

it.each([...LAUNCH_REFUSALS, ...REGISTRATION_REFUSALS])(
  '%s has a status of the sender’s kind and words in the house’s voice',
  (code) => {
    const { status, title, lede, administrators } = REFUSAL_WORDS[code]
    expect(status).toBeGreaterThanOrEqual(400)
    expect(status).toBeLessThan(500)
    expect(administrators.length).toBeGreaterThan(0)
    expect([title, lede, ...administrators].join(' ')).not.toMatch(/!|invalid|successfully|please wait|error occurred/i)
  },
)

it('shows code and reference', () => {
  const shown = {
    code: 'launch.nonce_mismatch',
    reference: '7KQ4-MX29',
    at: new Date(0),
    isOurs: true,
    framedBy: 'any',
    isFramed: false,
  } as const
  expect(refusalPage(shown).body.text).toContain('launch.nonce_mismatch')
  expect(refusalPage(shown).body.text).toContain('7KQ4-MX29')
  // And who can look it up: of a visit that named no connection, no administrator of an institution.
  const lookedUp = (isOurs: boolean, code: RefusalCode = shown.code) =>
    />\s*([^>]+) can look the reference up/.exec(refusalPage({ ...shown, code, isOurs }).body.text)?.[1]
  expect(lookedUp(true)).toBe('Your network’s coordinator')
  expect(lookedUp(false)).toContain('who operates Copractice, and nobody else')
  expect(lookedUp(true, 'registration.lms_refused')).toBe('Your network’s coordinator')
  expect(lookedUp(false, 'registration.invite_unknown')).toContain('No invite of ours holds at this address')
})
