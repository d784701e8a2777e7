import { expect, it } from 'vitest'
import { createSealer, SealBroken } from './sealer.ts'

const first = 'the first secret, long enough to be one'
const second = 'the second secret, also long enough to be one'

it('opens what it sealed, and seals the same text differently each time', () => {
  const sealer = createSealer([first])
  const sealed = sealer.seal('a private key', 'key:1')
  expect(sealed).not.toContain('private')
  expect(sealer.seal('a private key', 'key:1')).not.toBe(sealed)
  expect(sealer.open(sealed, 'key:1')).toBe('a private key')
})

it('opens what an older secret sealed, while the new one seals', () => {
  const sealed = createSealer([first]).seal('text', 'p')
  const both = createSealer([second, first])
  expect(both.open(sealed, 'p')).toBe('text')
  expect(createSealer([second]).open(both.seal('text', 'p'), 'p')).toBe('text')
})

it('does not open for another purpose, after a change, or with another secret', () => {
  const sealer = createSealer([first])
  const sealed = sealer.seal('text', 'key:1')
  const changed = sealed.slice(0, -2) + (sealed.endsWith('AA') ? 'BB' : 'AA')
  expect(() => sealer.open(sealed, 'key:2')).toThrow(SealBroken)
  expect(() => sealer.open(changed, 'key:1')).toThrow(SealBroken)
  expect(() => sealer.open('', 'key:1')).toThrow(SealBroken)
  expect(() => createSealer([second]).open(sealed, 'key:1')).toThrow(SealBroken)
})

it('refuses a secret that can be guessed', () => {
  expect(() => createSealer(['short'])).toThrow(/at least 32/)
})
