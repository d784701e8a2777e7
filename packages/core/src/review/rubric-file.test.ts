import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { exportRubric, importRubric } from './rubric-file.ts'
import { Rubric } from './rubric.ts'

const level = (points: number) => ({ points, label: `${points}`, descriptor: '' })
const criterion = (id: string) => ({ id, title: id, description: '', levels: [0, 6].map(level), commentRequired: true })
const made = () =>
  JSON.parse(exportRubric({ title: 'Plan', note: '', rubric: { criteria: ['a', 'b'].map(criterion) } }))
const refusalOf = (text: string) => {
  const read = importRubric(text)
  return read.ok ? null : read.refusal
}
/** What is said of a file after it was spoilt. */
const faultsAfter = (spoil: (file: ReturnType<typeof made>) => void) => {
  const file = made()
  spoil(file)
  const refusal = refusalOf(JSON.stringify(file))
  return refusal?.code === 'rubric.file_not_readable' ? refusal.facts.problems : refusal
}

describe('a file that is no rubric', () => {
  it.each([
    ['is no JSON', '%PDF-1.7', 'rubric.file_not_json', { line: null }],
    ['stops being JSON at a line', '{\n"title": "Plan",\n}', 'rubric.file_not_json', { line: 3 }],
    ['stops being JSON where it speaks of a line', '{"a": line 99}', 'rubric.file_not_json', { line: null }],
    ['is empty', '', 'rubric.file_not_json', { line: null }],
    ['is a list', '[1]', 'rubric.file_other_kind', { format: null }],
    ['is nothing', 'null', 'rubric.file_other_kind', { format: null }],
    ['says another format', '{"format":"copractice-round"}', 'rubric.file_other_kind', { format: 'copractice-round' }],
    [
      'is of a version after ours',
      '{"format":"copractice-rubric","version":2}',
      'rubric.file_other_version',
      { version: 2, reads: 1 },
    ],
  ])('that %s is told so', (_what, text, code, facts) => {
    expect(refusalOf(text)).toEqual({ code, facts })
  })
})

describe('a rubric with faults', () => {
  it('has all of them named at once, as people count, with what each part takes', () => {
    const faults = faultsAfter(({ rubric: { criteria } }) => {
      criteria[0].weight = -1
      criteria[0].levels.push(level(6), 'seven')
      criteria[1].levels[0].points = 'six'
      criteria[1].levels[1].label = 'x'.repeat(81)
      criteria[1].prompts = ['Why?', '']
      criteria[1].id = 'a'
    })
    expect(faults).toEqual([
      { criterion: 1, kind: 'weight', least: 0, most: 100, found: '-1' },
      { criterion: 1, level: 4, kind: 'level', found: '"seven"' },
      { criterion: 1, kind: 'points_twice', found: '6', others: [2, 3] },
      { criterion: 2, prompt: 2, kind: 'prompt', least: 1, most: 300, found: '""' },
      { criterion: 2, level: 1, kind: 'points', least: 0, most: 1000, found: '"six"' },
      { criterion: 2, level: 2, kind: 'label', least: 1, most: 80, count: 81, found: `"${'x'.repeat(38)}…` },
      { kind: 'id_twice', found: 'a', others: [1, 2] },
    ])
  })

  it.each([
    ['no title', (file) => delete file.title, { kind: 'title', least: 1, most: 200, found: null }],
    ['no version', (file) => delete file.version, { kind: 'version', found: null }],
    ['no rubric', (file) => (file.rubric = []), { kind: 'rubric', found: '[]' }],
    ['no criteria', (file) => (file.rubric.criteria = []), { kind: 'criteria', least: 1, most: 20, found: '[]' }],
    [
      'levels in no list',
      (file) => (file.rubric.criteria[1].levels = {}),
      { criterion: 2, kind: 'levels', least: 2, most: 6, found: '{}' },
    ],
    [
      'nothing that counts',
      (file) => file.rubric.criteria.forEach((one: { weight: number }) => (one.weight = 0)),
      { kind: 'nothing_counts' },
    ],
    [
      'a name nothing would keep',
      (file) => (file.rubric.criteria[0].weigth = 3),
      { criterion: 1, kind: 'unknown', found: 'weigth' },
    ],
    ['a character no database keeps', (file) => (file.title = 'A\0B'), { kind: 'characters', found: 'title' }],
    [
      'half a character',
      (file) => (file.rubric.criteria[0].levels[0].label = '\uD83D'),
      { criterion: 1, level: 1, kind: 'characters', found: 'label' },
    ],
  ] as const satisfies readonly (readonly [string, (file: ReturnType<typeof made>) => unknown, object])[])(
    'that has %s is told so',
    (_what, spoil, fault) => {
      expect(faultsAfter(spoil)).toEqual([fault])
    },
  )

  it('whose levels are all worth nothing hears both reasons', () => {
    const faults = faultsAfter(({ rubric }) => (rubric.criteria[0].levels[1].points = 0))
    expect(faults).toMatchObject([
      { kind: 'points_twice', others: [1, 2] },
      { kind: 'worth_nothing', criterion: 1 },
    ])
  })

  it('has at most 100 of them listed, and the rest counted', () => {
    const file = made()
    file.rubric.criteria = Array.from({ length: 20 }, (_, at) => ({
      ...criterion(`c${at}`),
      levels: Array.from({ length: 6 }, () => ({ ...level(1), points: 'one' })),
    }))
    const refusal = refusalOf(JSON.stringify(file))
    const facts = refusal?.code === 'rubric.file_not_readable' ? refusal.facts : null
    // 120 levels, and in each criterion six that say the same.
    expect([facts?.problems.length, facts?.more]).toEqual([100, 40])
  })

  it('has a fault named wherever the schema refuses it, whatever stands in it', () => {
    const spots = [
      [],
      ['rubric'],
      ['rubric', 'criteria'],
      ['rubric', 'criteria', 0],
      ['rubric', 'criteria', 1, 'levels', 0],
    ]
    const keys = [
      'title',
      'id',
      'levels',
      'points',
      'weight',
      'prompts',
      'minimumWords',
      'label',
      'criteria',
      'rubric',
      0,
      1,
    ]
    const change = fc.record({ spot: fc.constantFrom(...spots), key: fc.constantFrom(...keys), value: fc.jsonValue() })
    fc.assert(
      fc.property(fc.array(change, { minLength: 1, maxLength: 3 }), (changes) => {
        const file = made()
        for (const { spot, key, value } of changes) {
          const inside = spot.reduce((at, step) => at?.[step], file)
          if (typeof inside === 'object' && inside !== null) inside[key] = value
        }
        const read = importRubric(JSON.stringify(file))
        const named = !read.ok && read.refusal.code === 'rubric.file_not_readable' ? read.refusal.facts.problems : []
        // What the schema refuses has its faults named, and what has none is taken.
        expect([Rubric.safeParse(file.rubric).success || named.length > 0, read.ok]).toEqual([true, named.length === 0])
      }),
    )
  })
})
