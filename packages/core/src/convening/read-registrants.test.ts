import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { InstitutionId } from '../kernel/ids.ts'
import { isBlank, missingColumns, readRegistrants, REGISTRANT_COLUMNS } from './read-registrants.ts'

const riverside = InstitutionId.parse('00000000-0000-4000-8000-000000000001')
const given = { institutions: [{ id: riverside, name: 'Riverside State' }], registered: new Set(['old@x.example']) }
const row = (change: Record<string, string> = {}) => ({
  name: 'Ana Ruiz',
  email: 'ana@x.example',
  institution: 'Riverside State',
  affiliation: 'faculty',
  ...change,
})
const read = (...rows: Record<string, string>[]) => readRegistrants(rows, given)
const problemsOf = (...rows: Record<string, string>[]) =>
  read(...rows).problems.map(({ row: at, column, problem }) => [at, column, problem])

it('counts blank rows, which are nobody', () => {
  const blank = { name: ' ', email: '', institution: '', affiliation: '' }
  expect(problemsOf(blank, row(), blank, row({ email: 'x' }))).toEqual([[5, 'email', 'not_an_address']])
  expect(read(blank, row()).registrants.map(({ row: at }) => at)).toEqual([3])
})

it.each(['constructor', '__proto__'])('takes %s for neither yes nor no', (text) => {
  expect(problemsOf(row({ can_chair: text }))).toEqual([[2, 'can_chair', 'yes_or_no']])
})

it('reads a row as people write it', () => {
  const told = read(
    row({
      email: ' Ana@X.example ',
      institution: 'riverside  state',
      affiliation: 'Community Partner',
      can_chair: 'Yes',
      interests: 'assessment; equity ;assessment',
      languages: 'EN; es',
      slots: 'Mon-15;thu-09',
      with: 'old@x.example',
    }),
  )
  expect(told.problems).toEqual([])
  expect(told.registrants).toEqual([
    {
      row: 2,
      name: 'Ana Ruiz',
      email: 'ana@x.example',
      institutionId: riverside,
      affiliation: 'community_partner',
      wishes: {
        canChair: true,
        interests: ['assessment', 'equity'],
        languages: ['en', 'es'],
        slots: ['mon-15', 'thu-09'],
        with: ['old@x.example'],
        notWith: [],
      },
    },
  ])
})

describe('says of each cell what is wrong with it', () => {
  it.each([
    [{ name: ' ' }, 'name', 'missing'],
    [{ name: 'x'.repeat(201) }, 'name', 'too_long'],
    [{ email: 'ana at x' }, 'email', 'not_an_address'],
    [{ institution: 'Riverside' }, 'institution', 'institution_unknown'],
    [{ affiliation: 'professor' }, 'affiliation', 'affiliation_unknown'],
    [{ can_chair: 'perhaps' }, 'can_chair', 'yes_or_no'],
    [{ slots: 'mon-15; monday' }, 'slots', 'not_a_slot'],
    [{ slots: 'mon-24' }, 'slots', 'not_a_slot'],
    [{ with: 'nobody@x.example' }, 'with', 'nobody_by_that_address'],
    [{ not_with: 'ana@x.example' }, 'not_with', 'nobody_by_that_address'],
  ] as const)('%o', (change, column, problem) => {
    expect(problemsOf(row(change))).toEqual([[2, column, problem]])
  })
  it('an address that stands twice is told at the second', () => {
    expect(problemsOf(row(), row({ name: 'Other', email: 'ANA@x.example' }))).toEqual([[3, 'email', 'address_twice']])
  })
  it('every problem of a row', () => {
    expect(problemsOf({ interests: 'x' })).toEqual([
      [2, 'name', 'missing'],
      [2, 'email', 'missing'],
      [2, 'institution', 'missing'],
      [2, 'affiliation', 'missing'],
    ])
  })
})

it('names the needed columns that are not there', () => {
  expect(missingColumns(['email', 'name', 'campus'])).toEqual(['institution', 'affiliation'])
})

it('every row is read or complained about, whatever it holds', () => {
  const cell = fc.oneof(fc.string(), fc.constantFrom('yes', 'Riverside State', 'faculty', 'a@x.example', 'mon-15'))
  const anyRow = fc.dictionary(fc.constantFrom(...REGISTRANT_COLUMNS), cell)
  fc.assert(
    fc.property(fc.array(anyRow, { maxLength: 8 }), (rows) => {
      const { registrants, problems } = readRegistrants(rows, given)
      const told = new Set([...registrants, ...problems].map(({ row: at }) => at))
      expect([...told].toSorted((a, b) => a - b)).toEqual(rows.flatMap((one, at) => (isBlank(one) ? [] : [at + 2])))
      for (const { row: at } of registrants) expect(problems.some((one) => one.row === at)).toBe(false)
    }),
  )
})
