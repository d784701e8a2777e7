import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { LAUNCH_REFUSALS, REGISTRATION_REFUSALS } from '@copractice/core/connection'

const read = (file: string) => readFileSync(new URL(`../../docs/${file}`, import.meta.url), 'utf8')
const CODES: readonly string[] = [...LAUNCH_REFUSALS, ...REGISTRATION_REFUSALS]
const codesIn = (text: string) => [...text.matchAll(/`((?:launch|registration)\.\w+)`/g)].map(([, code]) => code!)

describe('what administrators read', () => {
  it('names every code once in the troubleshooting table', () => {
    const table = read('troubleshooting.md')
      .split('\n')
      .filter((line) => line.startsWith('| `'))
    expect(table.flatMap((line) => codesIn(line).slice(0, 1)).sort()).toEqual([...CODES].sort())
  })
  it.each(['canvas.md', 'moodle.md', 'security.md', 'troubleshooting.md'])(
    'names no code in %s that there is not',
    (file) => {
      expect(codesIn(read(file)).filter((code) => !CODES.includes(code))).toEqual([])
    },
  )
  it('says of each of the 50 rows what happens', () => {
    const rows = [...read('security.md').matchAll(/^\| (\d+) +\| (.+?) +\| (.+?) +\|$/gm)]
    expect(rows.map(([, row]) => Number(row))).toEqual(Array.from({ length: 50 }, (_, index) => index + 1))
    for (const [, row, , happens] of rows) expect([row, /accepted|`launch\./.test(happens!)]).toEqual([row, true])
  })
})
