import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { placementCommand } from './placement.ts'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'copractice-cli-'))
})
afterEach(() => {
  rmSync(folder, { recursive: true })
  vi.restoreAllMocks()
  process.exitCode = undefined
})

async function run(command: string, files: Record<string, unknown>) {
  const given = Object.entries(files).flatMap(([option, content]) => {
    const file = join(folder, `${option}.json`)
    writeFileSync(file, JSON.stringify(content))
    return [`--${option}`, file]
  })
  const out = vi.spyOn(console, 'log').mockImplementation(() => {})
  const err = vi.spyOn(console, 'error').mockImplementation(() => {})
  await placementCommand().parseAsync([command, ...given], { from: 'user' })
  const told = err.mock.calls.map(([line]) => String(line))
  const printed = JSON.parse(String(out.mock.lastCall?.[0] ?? 'null')) as Record<string, unknown>
  return { printed, told, code: process.exitCode }
}

const slots = ['mon-15', 'tue-15']
const person = (id: string, change: object = {}) => ({
  id,
  campus: 'Hillside',
  affiliation: 'faculty',
  canChair: id === 'ana',
  languages: ['en'],
  slots,
  ...change,
})
const problem = (...more: object[]) => ({
  seed: 1,
  policy: { seats: 3, minimum: 2, commonSlots: 2 },
  registrants: [person('ana'), person('ben'), ...more],
})
const solved = {
  cohorts: [{ chair: 'ana', members: ['ana', 'ben'], slots }],
  unplaced: [{ id: 'cy', why: 'Offers 1 weekly time; a cohort shares 2. Ask for 1 more.' }],
  objective: 2040,
  bound: 2040,
}

describe('placement solve', () => {
  it('prints cohorts, reasons in words, the objective and its bound', async () => {
    const { printed, told, code } = await run('solve', { input: problem(person('cy', { slots: ['mon-15'] })) })
    expect(printed).toEqual(solved)
    expect([told, code]).toEqual([[], undefined])
  })

  it('explains an input in which nobody can be placed', async () => {
    const { printed, code } = await run('solve', {
      input: { ...problem(), registrants: [person('ben'), person('cy')] },
    })
    const why = 'Nobody among the registrants can chair. A cohort needs somebody who can.'
    const unplaced = ['ben', 'cy'].map((id) => ({ id, why }))
    expect(printed).toEqual({ cohorts: [], unplaced, objective: 0, bound: 0 })
    expect(code).toBeUndefined()
  })

  it('names each field that does not fit, and ends with 2', async () => {
    const { told, code } = await run('solve', { input: problem({ ...person('cy'), slots: 'mon-15', slot: [] }) })
    expect(told).toEqual([
      'registrants.2.slots: expected array, received string',
      'registrants.2.slot: there is no such field',
    ])
    expect(code).toBe(2)
  })
})

describe('placement late', () => {
  it('seats a newcomer and moves nobody', async () => {
    const { printed } = await run('late', { input: problem(person('cy'), person('dee')), answer: solved })
    expect(printed).toMatchObject({
      cohorts: [{ chair: 'ana', members: ['ana', 'ben', 'cy'] }],
      unplaced: [{ id: 'dee', why: 'Fits cohort 1, which is full at 3 seats. A seat, or one more chair, would do.' }],
    })
  })
})

describe('placement check', () => {
  it('ends with 1 and names the rule an answer breaks', async () => {
    const input = problem(person('cy'))
    expect(await run('check', { input, answer: solved })).toMatchObject({
      printed: { violations: [] },
      code: undefined,
    })
    const { printed, code } = await run('check', { input, answer: { ...solved, unplaced: [] } })
    expect(printed).toEqual({ violations: [{ code: 'placement.missing', facts: { people: ['cy'] } }] })
    expect(code).toBe(1)
  })
})
