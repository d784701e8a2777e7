import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { LAUNCH_REFUSALS, REGISTRATION_REFUSALS } from '@copractice/core/connection'
import { REFUSAL_WORDS } from './refusal-words.ts'

const table = readFileSync(new URL('../../../../docs/troubleshooting.md', import.meta.url), 'utf8').split('\n')

it.each([...LAUNCH_REFUSALS, ...REGISTRATION_REFUSALS])(
  'docs/troubleshooting.md says of %s what the page says',
  (code) => {
    const { status, title, administrators } = REFUSAL_WORDS[code]
    const line = table.find((each) => each.startsWith(`| \`${code}\` `)) ?? ''
    const cells = line.split('|').map((cell) => cell.trim())
    expect(cells.slice(2, 5)).toEqual([String(status), title, administrators.join(' ')])
  },
)
