import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { reviewCommand } from './review.ts'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'copractice-cli-'))
})
afterEach(() => {
  rmSync(folder, { recursive: true })
  vi.restoreAllMocks()
  process.exitCode = undefined
})

async function run(command: string, input: unknown) {
  const file = join(folder, 'input.json')
  writeFileSync(file, typeof input === 'string' ? input : JSON.stringify(input))
  const out = vi.spyOn(console, 'log').mockImplementation(() => {})
  const err = vi.spyOn(console, 'error').mockImplementation(() => {})
  await reviewCommand().parseAsync([command, '--input', file], { from: 'user' })
  const told = err.mock.calls.map(([line]) => String(line))
  return { answer: out.mock.calls.map(([line]) => JSON.parse(String(line)) as unknown), told, code: process.exitCode }
}

const criteria = [{ id: 'overall', max: 100 }]
const mark = (submission: string, reviewer: string, score: number) => ({
  submission,
  reviewer,
  round: '1',
  scores: { overall: score },
})

describe('review score', () => {
  const marks = [mark('s1', 'r1', 90), mark('s1', 'r2', 10)]

  it('prints scores, grades and agreement', async () => {
    const { answer, told, code } = await run('score', { criteria, marks, method: 'mean' })
    expect(answer).toEqual([
      {
        submissions: [{ submission: 's1', n: 2, mean: 50, estimate: 50, low: 0, high: 100, flag: 'split' }],
        reviewers: [
          { reviewer: 'r1', n: 1, bias: 80, precision: null, grade: expect.closeTo(20, 8) },
          { reviewer: 'r2', n: 1, bias: -80, precision: null, grade: expect.closeTo(20, 8) },
        ],
        statistics: { icc1: null, icc1k: null, alpha: null },
      },
    ])
    expect([told, code]).toEqual([[], undefined])
  })

  it('uses the model where it is asked for, and says when the mean is safer', async () => {
    const bare = await run('score', { criteria, marks, method: 'model' })
    expect(bare.told).toEqual(['One round without checks: the mean is the safer choice. The model was used, as asked.'])
    const checks = [{ submission: 's1', scores: { overall: 75 } }]
    const checked = await run('score', { criteria, marks, checks, method: 'model' })
    expect(checked.answer.at(-1)).toMatchObject({ submissions: [{ estimate: 75, low: 75, high: 75, flag: null }] })
  })

  it('names each field that does not fit, and ends with 2', async () => {
    const { answer, told, code } = await run('score', { criteria, marks: [mark('s1', 'r1', 101)], metod: 'mean' })
    expect(answer).toEqual([])
    expect(told).toEqual([
      'metod: there is no such field',
      'marks.0.scores.overall: The most this criterion gives is 100',
    ])
    expect(code).toBe(2)
  })

  it('prints 20 fields and counts the rest', async () => {
    const many = Array.from({ length: 25 }, (_, i) => mark(`s${i}`, 'r1', 101))
    const { told } = await run('score', { criteria, marks: many })
    expect([told.length, told.at(-1)]).toEqual([21, 'and 5 more'])
  })

  it('ends with 2 on what is no JSON', async () => {
    const { told, code } = await run('score', '{')
    expect(told[0]).toMatch(/input\.json: not JSON/)
    expect(code).toBe(2)
  })
})

describe('review allocate', () => {
  const people = ['p1', 'p2', 'p3', 'p4']
  const round = {
    seed: 1,
    reviewsPerSubmission: 2,
    submissions: people.map((id) => ({ id: `s${id}`, authors: [id] })),
    reviewers: people.map((id, i) => ({ id, campus: i < 2 ? 'A' : 'B', role: 'faculty' })),
    conflicts: [['p1', 'sp2']],
    sameCampus: 'allow',
  }

  it('prints who reviews what, without own work or a conflict', async () => {
    const { answer, code } = await run('allocate', round)
    expect(answer).toEqual([{ pairs: expect.any(Array), load: { min: 2, max: 2 }, connected: true, refusal: null }])
    const { pairs } = answer[0] as { pairs: [string, string][] }
    expect(pairs).toHaveLength(8)
    expect(pairs.filter(([work, person]) => work === `s${person}`)).toEqual([])
    expect(pairs).not.toContainEqual(['sp2', 'p1'])
    expect(code).toBeUndefined()
  })

  it('keeps authors of one campus apart when told to', async () => {
    const { answer } = await run('allocate', { ...round, sameCampus: 'forbid' })
    const { pairs } = answer[0] as { pairs: [string, string][] }
    expect(pairs.map(([work, person]) => `${work} ${person}`).sort((a, b) => a.localeCompare(b))).toEqual([
      'sp1 p3',
      'sp1 p4',
      'sp2 p3',
      'sp2 p4',
      'sp3 p1',
      'sp3 p2',
      'sp4 p1',
      'sp4 p2',
    ])
  })

  it('says why it cannot be done', async () => {
    const { answer } = await run('allocate', { ...round, reviewsPerSubmission: 4 })
    expect(answer).toMatchObject([{ pairs: [], connected: false, refusal: { code: 'allocation.impossible' } }])
  })

  it.each([
    ['an unknown reviewer', { conflicts: [['p9', 'sp1']] }, 'conflicts.0.0: No reviewer has this id'],
    ['an unknown submission', { conflicts: [['p1', 's9']] }, 'conflicts.0.1: No submission has this id'],
    [
      'a reviewer twice',
      { reviewers: [{ id: 'p1' }, { id: 'p1' }], conflicts: [] },
      'reviewers.1.id: Two reviewers have this id',
    ],
    [
      'a submission twice',
      {
        submissions: [
          { id: 'sp2', authors: [] },
          { id: 'sp2', authors: [] },
        ],
      },
      'submissions.1.id: Two submissions have this id',
    ],
  ])('names %s', async (_name, change, line) => {
    const { told, code } = await run('allocate', { ...round, ...change })
    expect([told, code]).toEqual([[line], 2])
  })
})
