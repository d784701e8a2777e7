import { globSync, readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import messages from './messages.en.json' with { type: 'json' }

/** What services write into the audit log: `action: 'round.opened'`, `audit('round.closed'`, `noteScoring(…, 'score.checked'`. */
const WRITTEN = /(?:\baction(?: =|:)|\baudit\(|\bnoteScoring\([^'\n]*) ?'([a-z_]+\.[a-z_]+)'/g

it('every act that is written down is told in a sentence', () => {
  const sources = globSync('packages/services/src/**/*.ts', { exclude: ['**/*.test.ts'] })
  const acts = sources.flatMap((file) => [...readFileSync(file, 'utf8').matchAll(WRITTEN)].map(([, act]) => act!))
  expect(acts.length).toBeGreaterThan(60)
  expect([...new Set(acts)].filter((act) => !(`did.${act}` in messages))).toEqual([])
})
