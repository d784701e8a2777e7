import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { CHECK_CODES, LAUNCH_REFUSALS, REGISTRATION_REFUSALS } from '@copractice/core/connection'
import { toolDetails } from '@copractice/lti'

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
  it('names every code of the self-test once, with what to do, and none that there is not', () => {
    const rows = [...read('troubleshooting.md').matchAll(/^\| `(check\.\w+)` +\| (.+?) +\| (.+?) +\|$/gm)]
    expect(rows.map(([, code]) => code)).toEqual(CHECK_CODES)
    const named = ['canvas.md', 'moodle.md', 'security.md', 'operate.md'].flatMap((file) => [
      ...read(file).matchAll(/`(check\.\w+)`/g),
    ])
    expect(named.map(([, code]) => code!).filter((code) => !CHECK_CODES.some((known) => known === code))).toEqual([])
  })
  it.each(['canvas', 'moodle'] as const)(
    'gives the addresses and custom parameters for %s that the tool has',
    (lms) => {
      const { custom, launchUrl, loginUrl, jwksUrl, canvasConfigUrl } = toolDetails('https://space.example.org')
      const text = read(`${lms}.md`)
      for (const line of custom[lms].split('\n')) expect(text.split('\n')).toContain(line)
      for (const address of [launchUrl, loginUrl, jwksUrl, ...(lms === 'canvas' ? [canvasConfigUrl] : [])])
        expect(text).toContain(`\`${address}\``)
    },
  )
  it('says of each of the 50 rows what happens', () => {
    const rows = [...read('security.md').matchAll(/^\| (\d+) +\| (.+?) +\| (.+?) +\|$/gm)]
    expect(rows.map(([, row]) => Number(row))).toEqual(Array.from({ length: 50 }, (_, index) => index + 1))
    for (const [, row, , happens] of rows) expect([row, /accepted|`launch\./.test(happens!)]).toEqual([row, true])
  })
  it('says of each row the very refusals that its test expects', () => {
    const tests = ['lti-launch', 'lti-deep-linking'].flatMap((file) =>
      readFileSync(new URL(`./${file}.test.ts`, import.meta.url), 'utf8').split(/\n(?= {2}it[.(])/),
    )
    const expected = new Map<number, Set<string>>()
    for (const test of tests) {
      const row = /['`](\d{1,2}) (?:rejects|accepts|gives) /.exec(test)?.[1]
      const codes = [...test.matchAll(/'(launch\.\w+)'|Containing\('(launch\.\w+)/g)].map(
        ([, one, other]) => one ?? other!,
      )
      if (row) expected.set(Number(row), new Set([...(expected.get(Number(row)) ?? []), ...codes]))
    }
    const rows = [...read('security.md').matchAll(/^\| (\d+) +\| (.+?) +\| (.+?) +\|$/gm)]
    for (const [, row, , happens] of rows) {
      // Of row 3, what several clients of one issuer get stands in lti-registration.
      const told = codesIn(happens!).filter((code) => code !== 'launch.platform_ambiguous')
      expect([row, told.sort()]).toEqual([row, [...(expected.get(Number(row)) ?? [])].sort()])
    }
    expect(expected.size).toBe(50)
  })
})
