import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { markReview } from './aggregate-marks.ts'
import { compareRubrics, sameRubric } from './compare-rubrics.ts'
import { exportRubric, importRubric } from './rubric-file.ts'
import { rubricTemplates } from './rubric-templates.ts'
import { Rubric } from './rubric.ts'

const level = (points: number) => ({ points, label: `${points}`, descriptor: '' })
const voice = { id: 'voice', title: 'Voice', description: '', levels: [1, 2, 3].map(level), commentRequired: true }
const steps = { id: 'steps', title: 'Steps', description: '', levels: [0, 6].map(level), commentRequired: false }
const rubric: Rubric = { criteria: [voice, steps] }
const kinds = (after: Rubric) => compareRubrics(rubric, after).changes.map(({ kind }) => kind)

describe('compareRubrics', () => {
  it.each([
    ['nothing', rubric, [], false],
    ['a word', { criteria: [{ ...voice, description: 'Whose?' }, steps] }, ['reworded'], false],
    ['a title', { criteria: [{ ...voice, title: 'Voices' }, steps] }, ['renamed'], false],
    ['a weight', { criteria: [{ ...voice, weight: 2 }, steps] }, ['weight'], true],
    ['a weight of 1 written out', { criteria: [{ ...voice, weight: 1 }, steps] }, [], false],
    ['a level’s points', { criteria: [voice, { ...steps, levels: [0, 5].map(level) }] }, ['points', 'reworded'], true],
    ['a level more', { criteria: [voice, { ...steps, levels: [0, 3, 6].map(level) }] }, ['levels'], true],
    ['a criterion less', { criteria: [voice] }, ['removed'], true],
    ['the order', { criteria: [steps, voice] }, ['order'], false],
    [
      'what a comment needs',
      { criteria: [{ ...voice, commentRequired: false, minimumWords: 20 }, steps] },
      ['comment_free', 'words'],
      false,
    ],
    ['a prompt', { criteria: [{ ...voice, prompts: ['Who decided?'] }, steps] }, ['prompts'], false],
  ] as const)('sees %s', (_what, after, expected, countsOtherwise) => {
    expect(kinds(after as Rubric)).toEqual(expected)
    expect(compareRubrics(rubric, after as Rubric).countsOtherwise).toBe(countsOtherwise)
    expect(sameRubric(rubric, after as Rubric)).toBe(expected.length === 0)
  })

  const anyRubric = fc
    .tuple(fc.integer({ min: 1, max: 5 }), fc.integer({ min: 1, max: 9 }), fc.boolean())
    .map(([weight, top, both]): Rubric => ({
      criteria: [{ ...voice, weight, levels: [0, top].map(level) }, ...(both ? [steps] : [])],
    }))

  it('says that nothing counts otherwise only where the best and the least choices give the same', () => {
    fc.assert(
      fc.property(anyRubric, anyRubric, (before, after) => {
        if (compareRubrics(before, after).countsOtherwise) return
        const marks = [
          { criterionId: 'voice', points: 0, comment: '' },
          { criterionId: 'steps', points: 6, comment: '' },
        ]
        expect(markReview(after, marks).percent).toBe(markReview(before, marks).percent)
      }),
    )
  })

  it('mirrors: what one way adds, the other way removes', () => {
    fc.assert(
      fc.property(anyRubric, anyRubric, (one, other) => {
        const count = (a: Rubric, b: Rubric, kind: string) =>
          compareRubrics(a, b).changes.filter((change) => change.kind === kind).length
        expect(count(one, other, 'added')).toBe(count(other, one, 'removed'))
      }),
    )
  })
})

describe('a rubric as a file', () => {
  it('comes back as it was', () => {
    const given = { title: 'Action plan', note: 'Second', rubric: { criteria: [{ ...voice, weight: 2 }, steps] } }
    expect(importRubric(exportRubric(given))).toEqual({ ok: true, value: given })
    expect(importRubric(`\uFEFF${exportRubric(given)}`).ok).toBe(true)
  })

  it('never throws, whatever it is given', () => {
    fc.assert(fc.property(fc.oneof(fc.string(), fc.json()), (text) => void importRubric(text)))
  })
})

it('each template is a rubric a round can take, with a key of its own', () => {
  for (const { rubric: one } of rubricTemplates) expect(Rubric.safeParse(one).error).toBeUndefined()
  expect(new Set(rubricTemplates.map(({ key }) => key)).size).toBe(rubricTemplates.length)
})
