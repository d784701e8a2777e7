import i18next from 'i18next'
import { expect, it } from 'vitest'
import messages from './messages.en.json' with { type: 'json' }
import { sayWould } from './say-would.ts'

it.each([
  [1, 1, 0, '1 row: 1 would be registered, 0 are registered already.'],
  [3, 2, 1, '3 rows: 2 would be registered, 1 is registered already.'],
  [60, 60, 0, '60 rows: 60 would be registered, 0 are registered already.'],
])('counts rows, new and known in their own plurals: %i, %i, %i', async (rows, added, kept, said) => {
  const words = i18next.createInstance()
  const plain = { keySeparator: false, nsSeparator: false } as const
  const t = await words.init({ lng: 'en', resources: { en: { translation: messages } }, ...plain })
  expect(sayWould((key, values) => t(key as string, { ...values }), { rows, added, kept })).toBe(said)
})
